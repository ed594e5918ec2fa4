"""Actions done since the newest result: their answers are to be given again, before all others."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from assessment.models import Action, Answer, Result


def done_since_result(company: UUID) -> dict[str, Action]:
    """Return the newest one by question, in the order they were done. One query."""
    newest = Result.objects.filter(company=OuterRef("company")).order_by("-submitted_at", "-pk").values("submitted_at")
    done = Action.objects.filter(company=company, status=Action.Status.DONE)
    since = done.annotate(scored_at=Subquery(newest[:1])).filter(Q(scored_at=None) | Q(done_at__gt=F("scored_at")))
    return {action.question: action for action in since.order_by("done_at", "pk")}


def given_again(rows: Iterable[Answer], done: dict[str, Action]) -> set[str]:
    """Return the questions whose answers were given, or confirmed, after what was planned for them was done."""
    moments: dict[str, datetime] = {code: action.done_at for code, action in done.items() if action.done_at}
    return {
        row.question
        for row in rows
        if row.question in moments
        and row.saved_at > moments[row.question]
        and not row.to_confirm
        and row.state != Answer.State.EMPTY
    }
