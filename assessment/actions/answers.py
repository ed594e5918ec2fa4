"""Starting an assessment, and saving one answer so that it can't be lost or silently overwritten."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from assessment.actions.errors import AnswerError, ClosedError
from assessment.models import Answer, AnswerChange, Assessment, Campaign, Company, User, Version
from assessment.rules.answers import Saving


class NothingPublishedError(AnswerError):
    """No questionnaire can be answered yet."""


class ConflictError(AnswerError):
    """Somebody else saved the same answer meanwhile: ``current`` is theirs."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__(current)


class MovedError(ClosedError):
    """The assessment was moved to another version meanwhile: the value was read with questions no longer put."""


class RequestReusedError(AnswerError):
    """The id of this save is that of another one: another answer, or another person's."""


class NoRightError(AnswerError):
    """The person may not answer for this company, or no longer."""


def start_assessment(
    *,
    company: Company,
    by: User,
    path: str = Assessment.Path.FULL,
    version: Version | None = None,
    campaign: Campaign | None = None,
) -> Assessment:
    """Return the company's open assessment, made now where there is none: opening it again resumes it."""
    version = version or (campaign.version if campaign else Version.objects.current().first())
    if version is None:
        raise NothingPublishedError
    try:
        with transaction.atomic():
            return Assessment.objects.create(
                company=company, version=version, campaign=campaign, path=path, started_by=by
            )
    except IntegrityError:
        return Assessment.objects.open().get(company=company, campaign=campaign)


# One statement, so that no transaction has to be opened. It writes only for who may answer, by the door's own SQL;
# only while the assessment is open and on the version that the value was read with; over the revision the person saw,
# or over the person's own last save (two tabs of one person are not two people). A save that arrives again, late and
# out of order, finds its id in the history and changes nothing.
# The history row is written by the table's trigger, within the same statement.
SAVE = """
INSERT INTO assessment_answer AS kept
    (assessment_id, question, state, value, comment, evidence, revision, request, saved_at, saved_by_id)
SELECT a.id, %s, %s, {json}, %s, %s, 1, %s, %s, %s
FROM assessment_assessment a
WHERE a.id = %s AND a.status = 'open' AND a.version_id = %s AND a.id IN ({door})
    AND NOT EXISTS (SELECT 1 FROM assessment_answerchange c WHERE c.assessment_id = a.id AND c.request = %s) {lock}
ON CONFLICT (assessment_id, question) DO UPDATE SET
    state = excluded.state, value = excluded.value, comment = excluded.comment, evidence = excluded.evidence,
    revision = kept.revision + 1, request = excluded.request, saved_at = excluded.saved_at,
    saved_by_id = excluded.saved_by_id, to_confirm = false
WHERE kept.request <> excluded.request
    AND (kept.revision = %s OR kept.saved_by_id = excluded.saved_by_id AND NOT ({late}))
RETURNING revision
"""
# A page numbers its saves by UUID version 7, which sort by time: a person's own older save that a slow network brings
# after a newer one doesn't take its place. Ids of another version say nothing of order.
LATE = {
    "postgresql": "substr(kept.request::text, 15, 1) = '7' AND substr(excluded.request::text, 15, 1) = '7' "
    "AND excluded.request < kept.request",
    "sqlite": "substr(kept.request, 13, 1) = '7' AND substr(excluded.request, 13, 1) = '7' "
    "AND excluded.request < kept.request",
}
SOMEBODY = User(pk=-1)  # in the statement, stands for who saves


@cache
def door() -> tuple[str, Sequence[Any]]:
    """The assessments that SOMEBODY may answer, as SQL with its parameters: the ORM takes 0.5 ms to write it."""
    return Assessment.objects.answerable_by(SOMEBODY).order_by().values("pk").query.sql_with_params()


def save_answer(*, assessment: Assessment, saving: Saving, by: User, at: datetime | None = None) -> int:
    """Store the value and return its new revision; the same request again returns what it returned first.

    One query; of ``assessment`` no more is read than its key and its version's. Raises NoRightError, ConflictError
    where somebody else's newer value stands, ClosedError where the assessment was submitted, MovedError where it is on
    another version than ``assessment`` says, RequestReusedError where the request's id belongs to another save.
    """
    allowed, given = door()
    postgresql = connection.vendor == "postgresql"
    statement = SAVE.format(
        json="%s::jsonb" if postgresql else "%s",
        door=allowed,
        # A submission under way is waited for: an answer is either in it or refused, never lost between.
        lock="FOR SHARE OF a" if postgresql else "",
        late=LATE[connection.vendor],
    )
    request = prepared(Answer, "request", saving.request)
    parameters = [
        saving.question,
        saving.state,
        json.dumps(saving.value, ensure_ascii=False),
        saving.comment,
        saving.evidence,
        request,
        prepared(Answer, "saved_at", at or timezone.now()),
        by.pk,
        prepared(Assessment, "id", assessment.pk),
        assessment.version_id,
        *[by.pk if value == SOMEBODY.pk else value for value in given],
        request,
        saving.revision,
    ]
    return _written(statement, parameters) or _why_not(assessment, saving, by)


def _written(statement: str, parameters: Sequence[Any]) -> int | None:
    """Return the new revision, None where nothing was written."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            row = cursor.fetchone()
    except IntegrityError as error:
        # The same save at the same moment and another one between: neither was there when the statement looked
        if "answerchange_request_unique" not in str(error):
            raise
        return None
    return row[0] if row else None


def prepared(model: type[Model], field: str, value: Any) -> Any:
    # As the driver takes it: an id is text on SQLite.
    return cast(Any, model._meta.get_field(field)).get_db_prep_value(value, connection)


def _why_not(assessment: Assessment, saving: Saving, by: User) -> int:
    # Nothing was written: no right, the request was served already, the assessment is closed, or who was faster.
    mine = Assessment.objects.answerable_by(by).filter(pk=assessment.pk).values_list("status", "version").first()
    if mine is None:
        raise NoRightError
    served = AnswerChange.objects.filter(assessment=assessment, request=saving.request).first()
    if served:
        if not _is_of(served, saving, by):
            raise RequestReusedError
        return served.revision
    if mine[0] != Assessment.Status.OPEN:
        raise ClosedError(assessment)
    if mine[1] != assessment.version_id:
        raise MovedError(assessment)
    raise ConflictError(Answer.objects.select_related("saved_by").get(assessment=assessment, question=saving.question))


def _is_of(served: AnswerChange, saving: Saving, by: User) -> bool:
    return served.saved_by_id == by.pk and all(
        getattr(served, name) == getattr(saving, name) for name in ["question", "state", "value", "comment", "evidence"]
    )


@transaction.atomic
def save_answers(*, assessment: Assessment, savings: Iterable[Saving], by: User, at: datetime | None = None) -> None:
    # Store a whole page of answers or, where one of them can't be, none.
    for saving in savings:
        save_answer(assessment=assessment, saving=saving, by=by, at=at)
