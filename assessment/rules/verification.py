"""Stored results recomputed from their stored answers."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessment.maturity.conditions import Profile
from assessment.maturity.fingerprints import fingerprint_of
from assessment.maturity.scoring import score
from assessment.models import Assessment, Result
from assessment.models.compiled import compiled
from assessment.rules.answers import COUNTED, engine_answer
from assessment.rules.results import figures, node_figures, stored_answers


def verify_all(*, chunk_size: int = 500) -> Iterator[tuple[Result, list[str]]]:
    """Yield (result, list of differences in words) for every stored result; memory holds one chunk."""
    results = (
        Result.objects.order_by("pk")
        .select_related("version__questionnaire", "assessment")
        .prefetch_related("node_scores", "assessment__answers", "assessment__results")
    )
    for result in results.iterator(chunk_size=chunk_size):
        yield result, list(differences(result))


def differences(result: Result) -> Iterator[str]:
    if fingerprint_of(result.answers) != result.answers_sha256:
        yield "the stored answers do not match their fingerprint"
    trace = recomputed(result)
    if trace != result.trace:
        yield "the stored trace is not what the stored answers give"
    for column, value in figures(trace).items():
        if getattr(result, column) != value:
            yield f"{column} is {getattr(result, column)}, computed {value}"
    yield from _node_differences(result, trace)
    if _is_current(result) and stored_answers(result.assessment.answers.all()) != result.answers:
        yield "the assessment's answers are no longer those that were submitted"


def recomputed(result: Result) -> dict[str, Any]:
    profile = result.profile
    answers = {code: engine_answer(kept["value"]) for code, kept in result.answers.items() if kept["state"] in COUNTED}
    of_company = Profile(profile["sub_sector"], profile["size"], frozenset(profile["activities"]))
    return score(compiled(result.version), of_company, answers).to_json()


def _node_differences(result: Result, trace: Mapping[str, Any]) -> Iterator[str]:
    columns = ["kind", "code", "score", "low", "high", "level"]
    stored = {
        (row.kind, row.code): {column: getattr(row, column) for column in columns} for row in result.node_scores.all()
    }
    computed = {(node["kind"], node["code"]): node for node in node_figures(trace)}
    for key in sorted(stored.keys() | computed.keys()):
        if stored.get(key) != computed.get(key):
            yield f"the score stored for {key[1]} is not what the stored answers give"


def _is_current(result: Result) -> bool:
    # Whether the assessment still stands as this result left it: submitted, and not again since.
    newest = max(other.number for other in result.assessment.results.all())
    return result.assessment.status == Assessment.Status.SUBMITTED and result.number == newest
