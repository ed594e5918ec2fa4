"""A company's plan: steps taken into it, actions changed, each change on record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessment.models import Action, ActionChange, Company, Result, Target, User

RECORDED = ["title", "owner", "owner_name", "due", "status", "reason", "note"]


@transaction.atomic
def plan_steps(*, result: Result, steps: Sequence[Action], by: User, at: datetime | None = None) -> int:
    """Take the steps into the plan that aren't in it yet; return how many. ``steps``: unsaved actions.

    Two people at once wait for each other on the company's row.
    """
    Company.objects.select_for_update().get(pk=result.company_id)
    planned = set(Action.objects.live().filter(company=result.company_id).values_list("question", flat=True))
    new = [step for step in steps if step.question not in planned]
    at = at or timezone.now()
    for action in new:
        action.company_id, action.result, action.created_at = result.company_id, result, at
    Action.objects.bulk_create(new)
    ActionChange.objects.bulk_create(
        ActionChange(action=action, field="status", after=action.status, by=by, at=at) for action in new
    )
    return len(new)


def change_action(*, action: Action, before: dict[str, str], by: User, at: datetime | None = None) -> None:
    """Store an action that its form has changed, and what it was ``before``; to be called with its row locked."""
    at = at or timezone.now()
    action.save()
    after = recorded(action)
    ActionChange.objects.bulk_create(
        ActionChange(action=action, field=field, before=before[field], after=after[field], by=by, at=at)
        for field in RECORDED
        if before[field] != after[field]
    )


def recorded(action: Action) -> dict[str, str]:
    """Return the values that changes are told by; an owner as a key: the name may be erased one day."""
    values = {field: getattr(action, field) for field in RECORDED if field != "owner"} | {"owner": action.owner_id}
    return {field: "" if value is None else str(value) for field, value in values.items()}


@transaction.atomic
def set_targets(*, company: Company, scores: Mapping[str, int | None]) -> None:
    """Store what a company aims at by dimension; None: at what is proposed."""
    company.targets.filter(dimension__in=[code for code, score in scores.items() if score is None]).delete()
    Target.objects.bulk_create(
        [Target(company=company, dimension=code, score=score) for code, score in scores.items() if score is not None],
        update_conflicts=True,
        unique_fields=["company", "dimension"],
        update_fields=["score"],
    )


@transaction.atomic
def forsake_actions(*, company: UUID, user: int, at: datetime | None = None) -> None:
    """A member who is gone owns nothing here any more; the actions stay, with a line that says so."""
    at = at or timezone.now()
    owned = list(Action.objects.select_for_update().filter(company_id=company, owner_id=user).order_by("pk"))
    ActionChange.objects.bulk_create(
        ActionChange(action=action, field="owner", before=str(user), at=at) for action in owned
    )
    Action.objects.filter(pk__in=[action.pk for action in owned]).update(owner=None)
