"""A result as a signed file: what it states, with the answers or without."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from assessment.maturity.signed import FORMAT, KIND, sign
from assessment.models import Result
from assessment.rules.answers import COUNTED, engine_answer
from assessment.rules.signing import signing_key


def signed_result(result: Result, *, with_answers: bool, at: datetime) -> bytes:
    """Return the file, signed now; the same for the same second."""
    statement = statement_of(result, at=at)
    statement |= answered(result) if with_answers else {"result": without_questions(result.trace)}
    return sign(statement, signing_key())


def statement_of(result: Result, *, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": KIND,
        "issuer": settings.SITE_URL,
        "id": str(result.proof_id),
        "company": company_of(result),
        "fictional": result.company.fictional,
        "number": result.number,
        "submitted_at": second(result.submitted_at),
        "signed_at": second(at),
        "result": result.trace,
    }


def company_of(result: Result) -> dict[str, str | None]:
    company = result.company
    return {"name": company.name, "siren": company.siren or None, "entity": company.entity or None}


def answered(result: Result) -> dict[str, Any]:
    """Return the profile and the answers, in the form of the answers file: with reasons, without comments."""
    kept = {code: kept["value"] for code, kept in result.answers.items() if kept["state"] in COUNTED}
    return {
        "profile": result.profile,
        "answers": {code: engine_answer(value).to_json() for code, value in kept.items()},
    }


def without_questions(trace: dict[str, Any]) -> dict[str, Any]:
    def without(part: dict[str, Any], key: str) -> dict[str, Any]:
        return {name: value for name, value in part.items() if name != key}

    dimensions = [
        {**dimension, "capabilities": [without(part, "questions") for part in dimension["capabilities"]]}
        for dimension in trace["dimensions"]
    ]
    return {**trace, "dimensions": dimensions}


def file_name(result: Result) -> str:
    """Return it without its ending, for every file of the result; in ASCII, since it goes into a header."""
    subject, company = _("digital-maturity"), slugify(result.company.name)[:60].strip("-")
    return "-".join(filter(None, [subject, company, str(localdate(result.submitted_at))]))


def second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
