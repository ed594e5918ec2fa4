"""A company's plan as a page shows it: actions by due date, by status, with what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from assessment.maturity.answers import Answer
from assessment.maturity.definition import Questionnaire
from assessment.maturity.figures import published
from assessment.maturity.plans import PlannedStep
from assessment.models import Action, ActionChange, Company, Result, User
from assessment.reports.plans.basis import Basis
from assessment.reports.plans.steps import added_words
from assessment.rules.words import in_language


@dataclass(frozen=True, slots=True)
class Column:
    status: Action.Status
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    label: str
    before: str
    after: str
    at: datetime
    by: User | None


def actions_of(company: Company) -> list[Action]:
    """One query."""
    return list(company.actions.select_related("owner").by_due_date())


def put_aside(company: Company) -> dict[str, str]:
    """Return why by question: its newest action was dropped. One query."""
    return put_aside_among(company.actions.all())


def put_aside_among(actions: Iterable[Action]) -> dict[str, str]:
    newest = {action.question: action for action in sorted(actions, key=lambda action: (action.created_at, action.pk))}
    return {code: action.reason for code, action in newest.items() if action.status == Action.Status.DROPPED}


def done_between(before: Result, after: Result) -> list[Action]:
    """One query."""
    done = Action.objects.filter(company=after.company_id, status=Action.Status.DONE)
    return list(done.filter(done_at__gt=before.submitted_at, done_at__lte=after.submitted_at).order_by("done_at", "pk"))


def board(actions: list[Action]) -> list[Column]:
    return [Column(status, [action for action in actions if action.status == status]) for status in Action.Status]


def overdue(actions: list[Action], today: date | None = None) -> set[UUID]:
    today = today or timezone.localdate()
    return {action.pk for action in actions if action.is_live and action.due and action.due < today}


def gone_questions(actions: list[Action], questionnaire: Questionnaire) -> set[UUID]:
    """Actions whose question the newest version no longer puts."""
    return {action.pk for action in actions if not questionnaire.has_question(action.question)}


def step_actions(basis: Basis, changes: Iterable[PlannedStep]) -> Iterable[Action]:
    """Yield an unsaved action for each changed answer: its title is the step's words, a number's after its question."""
    by_code = {
        question.code: dimension for dimension in basis.questionnaire.dimensions for question in dimension.questions
    }
    for line in changes:
        question = basis.questionnaire.question(line.question)
        words = added_words(question, basis.answers[line.question], line.answer)
        if line.answer.number is not None:
            words = f"{in_language(question.text)} – {words}"
        yield Action(
            question=line.question,
            dimension=by_code[line.question].code,
            target=_stored(line.answer),
            effort=line.effort,
            gain=None if line.gain is None else published(line.gain),
            title=words[: Action._meta.get_field("title").max_length],
        )


def _stored(answer: Answer) -> dict[str, Any]:
    if answer.number is not None:
        return {"number": str(answer.number)}
    return {"choices": list(answer.choices or ())}


def changes_of(action: Action) -> list[ChangeLine]:
    """Return the action's history in words, the newest first; two queries."""
    changes = list(action.changes.select_related("by"))
    keys = {value for change in changes if change.field == "owner" for value in (change.before, change.after) if value}
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}
    return [_in_words(action, change, names) for change in changes]


def _in_words(action: Action, change: ActionChange, names: dict[str, str]) -> ChangeLine:
    field: Any = action._meta.get_field(change.field)

    def said(value: str) -> str:
        if change.field == "owner":
            return names.get(value, "–") if value else ""
        return dict(field.choices).get(value, value) if field.choices else value

    return ChangeLine(str(field.verbose_name), said(change.before), said(change.after), change.at, change.by)
