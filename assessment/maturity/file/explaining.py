"""Turns what pydantic says of a file's shape into a place in the file and what to do there."""

from collections.abc import Iterator

from pydantic_core import ErrorDetails

from assessment.maturity.file.problems import Problem, Steps, place_of
from assessment.maturity.file.schema import CODE, LANGUAGE

WHAT_TO_DO = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a key of this format here: remove it, or correct its spelling",
    "string_type": "must be text: put it in quotes",
    "int_type": "must be a whole number, without quotes or decimals",
    "bool_type": "must be true or false, without quotes",
    "is_instance_of": "must be a number, without quotes",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "literal_error": "must be {expected}",
    "too_short": "is empty: give at least one",
    "list_type": "must be a list",
    "dict_type": "must be a text by language, such as fr: …",
}
PATTERNS = {
    CODE: "must be a code: 40 letters, digits, dots, hyphens or underscores at most, the first a letter or a digit",
    LANGUAGE: "must be the code of a language, such as fr or en",
}


def explained(error: ErrorDetails) -> Problem:
    kind, context, steps = error["type"], error.get("ctx", {}), tuple(_in_file(error["loc"]))
    if kind == "problem":
        return Problem(place_of(steps), context["message"])
    if kind == "string_pattern_mismatch":
        return Problem(place_of(steps), PATTERNS.get(context["pattern"], "is empty or holds a NUL: write a text"))
    if kind == "union_tag_not_found" and context["discriminator"] != "'kind'":
        return Problem(place_of(steps), "must be a condition: give exactly one of all, any, not, profile and answer")
    if kind.startswith("union_tag"):
        return Problem(place_of((*steps, "kind")), "must be choice, multiple, number or text")
    message = WHAT_TO_DO.get(kind, "must be a mapping of keys to values")
    return Problem(place_of(steps), message.format(**context))


def _in_file(steps: Steps) -> Iterator[str | int]:
    """Leave out what is pydantic's, not the file's: the kind of a question or condition, the mark of a key."""
    in_condition = is_kind = False
    for previous, step in zip(("", *steps), steps, strict=False):
        if is_kind or step == "[key]":
            is_kind = False
            continue
        yield step
        in_condition = in_condition or step == "applies_when"
        listed = isinstance(step, int) and (previous == "questions" or in_condition and previous in ("all", "any"))
        is_kind = listed or step == "applies_when" or in_condition and step == "not"
