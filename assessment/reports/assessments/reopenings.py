"""A submitted assessment since: its other results, and whether it may be opened again."""

from dataclasses import dataclass

from assessment.models import Membership, Reopening, Result


@dataclass(frozen=True, slots=True)
class Since:
    result: Result
    results: list[Result]  # of the assessment, each with its number, date and score alone
    reopening: Reopening | None  # the newest request
    role: str

    @property
    def newest(self) -> Result:
        return self.results[-1]

    @property
    def is_newest(self) -> bool:
        return self.result.number == self.newest.number

    @property
    def says_something(self) -> bool:
        return len(self.results) > 1 or self.result.assessment.is_open or bool(self.reopening) or self.may_ask

    @property
    def may_ask(self) -> bool:
        waits = self.reopening is not None and self.reopening.is_waiting
        manages = self.role == Membership.Role.MANAGER
        return manages and self.is_newest and not self.result.assessment.is_open and not waits


def since(result: Result, *, role: str) -> Since:
    """Two queries."""
    results = Result.objects.filter(assessment=result.assessment_id).order_by("number")
    reopening = result.assessment.reopenings.select_related("asked_by").first()
    return Since(result, list(results.only("assessment_id", "number", "submitted_at", "score")), reopening, role)
