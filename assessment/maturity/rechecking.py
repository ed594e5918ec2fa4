"""A signed result scored again: which of its figures follow from its answers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.maturity.definition import Questionnaire
from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.scoring import score


@dataclass(frozen=True, slots=True)
class Difference:
    """``place`` as in ``dimensions.OPS.score``; None where one side has nothing there."""

    place: str
    stated: Any
    computed: Any


def recheck(document: Mapping[str, Any], questionnaire: Questionnaire) -> list[Difference]:
    """Score the answers of a signed file again. FormatError where they can't be read."""
    given = {"profile": document["profile"], "answers": document["answers"]}
    profile, answers = load_answers(json.dumps(given), questionnaire)
    return list(differences(document["result"], score(questionnaire, profile, answers).to_json()))


def differences(stated: Any, computed: Any, place: str = "") -> Iterator[Difference]:
    """Yield each figure that differs, in the order of the computed ones, then what is stated beyond them."""
    if isinstance(stated, Mapping) and isinstance(computed, Mapping):
        for key in [*computed, *(key for key in stated if key not in computed)]:
            yield from differences(stated.get(key), computed.get(key), f"{place}.{key}".lstrip("."))
    elif _are_parts(stated) and _are_parts(computed):
        yield from differences(_by_code(stated), _by_code(computed), place)
    elif stated != computed or isinstance(stated, bool) != isinstance(computed, bool):
        yield Difference(place, stated, computed)


def _are_parts(value: Any) -> bool:
    """Whether these are dimensions, capabilities or questions, each with a code of its own."""
    codes = [part.get("code") for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []
    are_texts = all(isinstance(code, str) for code in codes)
    return bool(codes) and are_texts and len(codes) == len(value) == len(set(codes))


def _by_code(parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {part["code"]: part for part in parts}
