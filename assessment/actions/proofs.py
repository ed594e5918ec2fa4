"""Signed results taken back."""

from collections.abc import Iterable

from assessment.models import Company, Result, Withdrawal


def withdraw(*, result: Result) -> None:
    """From now on the check page says so of every signed file of this result. Twice is as once."""
    _withdraw([result], reason=Withdrawal.Reason.COMPANY)


def withdraw_all(*, company: Company) -> None:
    results = Result.objects.filter(company=company).only("assessment_id", "number")
    _withdraw(results, reason=Withdrawal.Reason.ERASED)


def _withdraw(results: Iterable[Result], *, reason: str) -> None:
    rows = [Withdrawal(proof_id=result.proof_id, reason=reason) for result in results]
    Withdrawal.objects.bulk_create(rows, ignore_conflicts=True)
