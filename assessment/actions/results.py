"""Submission: once, whole, with everything needed to compute the result again."""

import hashlib
import json
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from assessment.maturity.scoring import score
from assessment.maturity.states import is_complete, states
from assessment.models import Answer, Assessment, NodeScore, Result
from assessment.models.compiled import compiled
from assessment.models.results import summary_of
from assessment.reports.answers import engine_answers, profile_of


class Incomplete(Exception):
    """A question that must be answered is not."""


@transaction.atomic
def submit(*, assessment, by, at=None):
    """Score the open assessment and store its result; submitted already, return the result it has."""
    at = at or timezone.now()
    locked = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("company", "version__questionnaire")
        .get(pk=assessment.pk)
    )
    if not locked.is_open:
        return locked.results.latest("number")
    rows = list(locked.answers.all())
    questionnaire = compiled(locked.version)
    if not is_complete(questionnaire, states(questionnaire, profile_of(locked.company), engine_answers(rows))):
        raise Incomplete
    number = locked.results.count() + 1
    result, node_scores = build_result(
        assessment=locked, questionnaire=questionnaire, answers=rows, at=at, by=by, number=number
    )
    result.save(force_insert=True)
    NodeScore.objects.bulk_create(node_scores)
    locked.status, locked.submitted_at, locked.submitted_by = Assessment.Status.SUBMITTED, at, by
    locked.save(update_fields=["status", "submitted_at", "submitted_by"])
    return result


def build_result(*, assessment, questionnaire, answers, at, by, number=1):
    """Return the result and its node scores, not yet stored."""
    company = assessment.company
    trace = score(questionnaire, profile_of(company), engine_answers(answers)).to_json()
    stored = stored_answers(answers)
    overall = trace["overall"]
    result = Result(
        assessment=assessment,
        number=number,
        company=company,
        version_id=assessment.version_id,
        checksum=trace["checksum"],
        engine=trace["engine"],
        profile={"sub_sector": company.sub_sector, "size": company.size, "activities": sorted(company.activities)},
        sub_sector=company.sub_sector,
        size=company.size,
        region=company.region,
        answers=stored,
        answers_sha256=fingerprint(stored),
        trace=trace,
        summary=summary_of(trace),
        score=_decimal(overall["score"]),
        low=_decimal(overall["low"]),
        high=_decimal(overall["high"]),
        level=overall["level"],
        submitted_at=at,
        submitted_by=by,
    )
    return result, [_node_score(result, kind, node) for kind, node in _nodes(trace)]


def stored_answers(rows):
    """Return {question: {value, state, comment, evidence}} as it goes into the result, by question code."""
    kept = [row for row in rows if row.state != Answer.State.EMPTY]
    return {
        row.question: {"value": row.value, "state": row.state, "comment": row.comment, "evidence": row.evidence}
        for row in sorted(kept, key=lambda row: row.question)
    }


def fingerprint(stored):
    """Return "sha256:…" of the stored answers in canonical JSON: the receipt a company can keep."""
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _nodes(trace):
    for dimension in trace["dimensions"]:
        yield NodeScore.Kind.DIMENSION, dimension
        for capability in dimension["capabilities"]:
            yield NodeScore.Kind.CAPABILITY, capability


def _node_score(result, kind, node):
    return NodeScore(
        result=result,
        kind=kind,
        code=node["code"],
        score=_decimal(node["score"]),
        low=_decimal(node["low"]),
        high=_decimal(node["high"]),
        level=node.get("level"),
    )


def _decimal(published):
    return None if published is None else Decimal(published)
