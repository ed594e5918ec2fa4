"""Columns of a result, read off its answers and its trace: the same for storing and for checking."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from assessment.models import Answer, NodeScore
from assessment.models.results import summary_of


def figures(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return a result's own columns."""
    overall = trace["overall"]
    return {
        "checksum": trace["checksum"],
        "engine": trace["engine"],
        "score": _decimal(overall["score"]),
        "low": _decimal(overall["low"]),
        "high": _decimal(overall["high"]),
        "level": overall["level"],
        "summary": summary_of(trace),
    }


def node_figures(trace: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of a result's node scores, dimensions and capabilities in the questionnaire's order."""
    scores = []
    for dimension in trace["dimensions"]:
        scores.append(_node(NodeScore.Kind.DIMENSION, dimension))
        scores.extend(_node(NodeScore.Kind.CAPABILITY, capability) for capability in dimension["capabilities"])
    return scores


def _node(kind: NodeScore.Kind, node: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "code": node["code"],
        "score": _decimal(node["score"]),
        "low": _decimal(node["low"]),
        "high": _decimal(node["high"]),
        "level": node.get("level"),
    }


def _decimal(published: str | None) -> Decimal | None:
    return None if published is None else Decimal(published)


def stored_answers(rows: Iterable[Answer]) -> dict[str, dict[str, Any]]:
    """Return {question: {value, state, comment, evidence}} as it goes into the result, by question code."""
    kept = [row for row in rows if row.state != Answer.State.EMPTY]
    return {
        row.question: {"value": row.value, "state": row.state, "comment": row.comment, "evidence": row.evidence}
        for row in sorted(kept, key=lambda row: row.question)
    }
