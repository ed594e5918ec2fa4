"""A new assessment that begins with the answers of the last one, and the confirmation that they still hold."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from assessment.actions.answers import ClosedError, save_answers, start_assessment
from assessment.models import Answer, Assessment
from assessment.models.compiled import compiled
from assessment.rules.moves import outcomes_of


def start(*, company, answers_of=None, **begun):
    """Return the company's open assessment, made now where there is none: empty, or with the answers of a result."""
    if answers_of is None:
        return start_assessment(company=company, **begun)
    return start_from(result=answers_of, **begun)


def start_from(*, result, version, by, path=Assessment.Path.FULL, campaign=None, at=None):
    """Return the company's open assessment, made now with the result's answers where there is none."""
    try:
        with transaction.atomic():
            return _start_from(result, version, by, path, campaign, at or timezone.now())
    except IntegrityError:
        return Assessment.objects.open().get(company=result.company_id, campaign=campaign)


def _start_from(result, version, by, path, campaign, at):
    assessment = Assessment.objects.create(
        company=result.company,
        version=version,
        campaign=campaign,
        path=path,
        started_by=by,
        started_at=at,
        carried_from=result,
    )
    rows = [
        Answer(assessment=assessment, question=code, saved_by=by, saved_at=at, to_confirm=True, **kept)
        for code, kept in result.answers.items()
    ]
    outcomes = outcomes_of(rows, compiled(result.version), compiled(version))
    Answer.objects.bulk_create([row for row in rows if not outcomes[row.question].is_put_away])
    return assessment


@transaction.atomic
def save_page(*, assessment, savings, confirmed, by):
    """Store what was changed on a page and confirm what was not, all or nothing; ``confirmed`` as revisions below."""
    save_answers(assessment=assessment, savings=savings, by=by)
    confirm_answers(assessment=assessment, revisions=confirmed)


@transaction.atomic
def confirm_answers(*, assessment, revisions):
    """Say that carried answers still hold, each at the revision that was read; return how many it was for.

    The values stay as they are, so that no new revision is written. ``revisions`` by question code.
    """
    if not revisions:
        return 0
    if not Assessment.objects.select_for_update().get(pk=assessment.pk).is_open:
        raise ClosedError
    read = Q()
    for question, revision in revisions.items():
        read |= Q(question=question, revision=revision)
    return Answer.objects.filter(read, assessment=assessment, to_confirm=True).update(to_confirm=False)
