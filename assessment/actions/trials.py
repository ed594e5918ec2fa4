"""Trials: begun by anybody, saved, claimed once into a company's assessment, forgotten after a week."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from assessment.actions.answers import save_answers, start_assessment
from assessment.actions.errors import AnswerError
from assessment.models import Answer, Assessment, Company, Trial, TrialAnswer, User, Version
from assessment.rules.answers import Saving


class TrialGoneError(AnswerError):
    """It was claimed or forgotten meanwhile."""


class AssessmentOpenError(AnswerError):
    """The company has an open assessment: its answers and those of a trial would be mixed."""


@transaction.atomic
def begin(*, version: Version, profile: dict[str, Any], trial: Trial | None = None) -> Trial:
    """Return a new trial or, where the visitor has one, that one with another profile: its answers stay."""
    if trial is None:
        return Trial.objects.create(version=version, **profile)
    for name, value in profile.items():
        setattr(trial, name, value)
    trial.save(update_fields=list(profile))
    return trial


@transaction.atomic
def save_trial(*, trial: Trial, savings: Iterable[Saving]) -> None:
    # A row that was claimed meanwhile takes no answer any more.
    if not Trial.objects.select_for_update().filter(pk=trial.pk).exists():
        raise TrialGoneError
    TrialAnswer.objects.bulk_create(
        [TrialAnswer(trial=trial, question=one.question, state=one.state, value=one.value) for one in savings],
        update_conflicts=True,
        unique_fields=["trial", "question"],
        update_fields=["state", "value"],
    )


@transaction.atomic
def claim(*, trial_pk: uuid.UUID, company: Company, by: User, at: datetime | None = None) -> Assessment:
    """Return the company's new assessment with the trial's answers; the trial is gone then, so that it serves once."""
    trial = Trial.objects.live(at).select_for_update().filter(pk=trial_pk).first()
    if trial is None:
        raise TrialGoneError
    Company.objects.select_for_update().get(pk=company.pk)
    if Assessment.objects.open().filter(company=company, campaign=None).exists():
        raise AssessmentOpenError
    assessment = start_assessment(company=company, by=by, path=Assessment.Path.EXPRESS, version=trial.version)
    rows = trial.answers.exclude(state=Answer.State.EMPTY)
    save_answers(
        assessment=assessment,
        savings=[Saving(question=row.question, state=row.state, value=row.value, request=uuid.uuid4()) for row in rows],
        by=by,
    )
    trial.delete()
    return assessment


def forget_trials(*, at: datetime | None = None) -> int:
    """Return how many were deleted."""
    count = Trial.objects.over(at).count()
    Trial.objects.over(at).delete()
    return count
