"""Turns what pydantic says of a file's shape into a place in the file and what to do there."""

from collections.abc import Iterator

from pydantic_core import ErrorDetails

from assessment.maturity.file.problems import Problem, Steps, gettext_noop, place_of, problem
from assessment.maturity.file.schema import CODE, LANGUAGE

WHAT_TO_DO = {
    "missing": gettext_noop("is missing: add it"),
    "extra_forbidden": gettext_noop("is not a key of this format here: remove it, or correct its spelling"),
    "string_type": gettext_noop("must be text: put it in quotes"),
    "int_type": gettext_noop("must be a whole number, without quotes or decimals"),
    "bool_type": gettext_noop("must be true or false, without quotes"),
    "is_instance_of": gettext_noop("must be a number, without quotes"),
    "greater_than_equal": gettext_noop("must be %(ge)s or more"),
    "less_than_equal": gettext_noop("must be %(le)s or less"),
    "literal_error": gettext_noop("must be %(expected)s"),
    "too_short": gettext_noop("is empty: give at least one"),
    "list_type": gettext_noop("must be a list"),
    "dict_type": gettext_noop("must be a text by language, such as fr: …"),
}
PATTERNS = {
    CODE: gettext_noop(
        "must be a code: 40 letters, digits, dots, hyphens or underscores at most, the first a letter or a digit"
    ),
    LANGUAGE: gettext_noop("must be the code of a language, such as fr or en"),
}


EMPTY = gettext_noop("is empty or holds a NUL: write a text")
CONDITION = gettext_noop("must be a condition: give exactly one of all, any, not, profile and answer")
KIND = gettext_noop("must be choice, multiple, number or text")
MAPPING = gettext_noop("must be a mapping of keys to values")


def explained(error: ErrorDetails) -> Problem:
    kind, context, steps = error["type"], error.get("ctx", {}), tuple(_in_file(error["loc"]))
    if kind == "problem":
        return problem(place_of(steps), context.pop("text"), **context)
    if kind == "string_pattern_mismatch":
        return problem(place_of(steps), PATTERNS.get(context["pattern"], EMPTY))
    if kind == "union_tag_not_found" and context["discriminator"] != "'kind'":
        return problem(place_of(steps), CONDITION)
    if kind.startswith("union_tag"):
        return problem(place_of((*steps, "kind")), KIND)
    text = WHAT_TO_DO.get(kind, MAPPING)
    return problem(place_of(steps), text, **{key: value for key, value in context.items() if f"%({key})s" in text})


def _in_file(steps: Steps) -> Iterator[str | int]:
    # Leave out what is pydantic's, not the file's: the kind of a question or condition, the mark of a key.
    in_condition = is_kind = False
    for previous, step in zip(("", *steps), steps, strict=False):
        if is_kind or step == "[key]":
            is_kind = False
            continue
        yield step
        in_condition = in_condition or step == "applies_when"
        listed = isinstance(step, int) and (previous == "questions" or in_condition and previous in ("all", "any"))
        is_kind = listed or step == "applies_when" or in_condition and step == "not"
