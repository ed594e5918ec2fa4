"""The answers file: a profile and answers in JSON, checked against the questionnaire they belong to."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from assessment.maturity.answers import Answer, check_answer
from assessment.maturity.canonical import checksum
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import ProfileSpec, Questionnaire
from assessment.maturity.file.problems import FormatError, Problem
from assessment.maturity.file.yaml_reader import LARGEST
from assessment.maturity.signed import KIND


def load_answers(text: str, questionnaire: Questionnaire) -> tuple[Profile, dict[str, Answer]]:
    """Read an answers file, or the answers in a signed result.

    FormatError carries every problem, its place a key or the code of a question.
    """
    document = _document(text)
    if document.get("kind") == KIND:
        document = _of_signed_file(document, questionnaire)
    problems = list(_strange(document, ("profile", "answers"), "is not a key of an answers file: remove it"))
    profile, given = _mapping(document, "profile", problems), _mapping(document, "answers", problems)
    if "answers" not in document:
        problems.append(Problem("answers", "is missing: add it, {} where nothing is answered"))
    problems += _profile_problems(profile, questionnaire.profile or ProfileSpec())
    answers = _answers(given, questionnaire, problems)
    if problems:
        raise FormatError(dict.fromkeys(problems))
    activities = frozenset(profile.get("activities", ()))
    return Profile(profile.get("sub_sector"), profile.get("size"), activities), answers


def _document(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise FormatError([Problem("the file", f"is larger than {LARGEST:,} characters: shorten it")])
    try:
        document = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FormatError([Problem(place, f"is not JSON ({error.msg}): correct it there")]) from None
    except RecursionError:
        raise FormatError([Problem("the file", "is nested too deeply: an answer is one object")]) from None
    if not isinstance(document, dict):
        raise FormatError([Problem("the file", 'must be an object: {"profile": {…}, "answers": {…}}')])
    return document


def _of_signed_file(document: dict[str, Any], questionnaire: Questionnaire) -> dict[str, Any]:
    # Whether it is genuine is another question, which verify_result answers.
    if "answers" not in document:
        raise FormatError([Problem("answers", "are not in this signed file: ask the company for the one with answers")])
    result = document.get("result")
    stated = result.get("checksum") if isinstance(result, dict) else None
    if stated != checksum(questionnaire):
        text = "is that of another questionnaire, or of another version: give the file of the one that was answered"
        raise FormatError([Problem("result.checksum", text)])
    return {key: document[key] for key in ("profile", "answers") if key in document}


class _Repeating(dict[str, Any]):
    """An object that gives these keys more than once."""

    repeated: list[str]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) == len(pairs):
        return dict(pairs)
    mapping = _Repeating(pairs)
    mapping.repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    return mapping


def _number(digits: str) -> Decimal:
    # Keep every digit; what no number can hold is no number, which the answer's own check then refuses.
    try:
        return Decimal(digits)
    except ArithmeticError:
        return Decimal("NaN")


def _strange(mapping: dict[str, Any], known: Collection[str], complaint: str, above: str = "") -> Iterator[Problem]:
    for key in mapping:
        if key not in known:
            yield Problem(above + key, complaint)
    for key in getattr(mapping, "repeated", ()):
        yield Problem(above + key, "is given twice: keep one")


def _mapping(document: dict[str, Any], key: str, problems: list[Problem]) -> dict[str, Any]:
    value = document.get(key, {})
    if isinstance(value, dict):
        return value
    problems.append(Problem(key, "must be an object: {…}"))
    return {}


def _profile_problems(profile: dict[str, Any], spec: ProfileSpec) -> Iterator[Problem]:
    lists = {"sub_sector": spec.sub_sector, "size": spec.size, "activities": spec.activities}
    yield from _strange(profile, lists, "is not a key of a profile: remove it", "profile.")
    for key in ("sub_sector", "size"):
        if profile.get(key) is not None:
            yield from _value_problems(f"profile.{key}", profile[key], lists[key])
    activities = profile.get("activities", [])
    if not isinstance(activities, list):
        yield Problem("profile.activities", 'must be a list of texts, such as ["research"]')
        return
    for index, value in enumerate(activities):
        yield from _value_problems(f"profile.activities[{index}]", value, lists["activities"])


def _value_problems(place: str, value: Any, known: tuple[str, ...]) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(place, "must be a text in quotes")
    elif known and value not in known:  # where the questionnaire lists nothing, no condition reads it either
        yield Problem(place, f"{value} is not in the questionnaire's list: choose among {', '.join(known)}")


def _answers(given: dict[str, Any], questionnaire: Questionnaire, problems: list[Problem]) -> dict[str, Answer]:
    codes = {question.code for question in questionnaire.questions}
    name = f"{questionnaire.code} {questionnaire.version}"
    problems += _strange(given, codes, f"is not the code of a question of {name}: correct it, or remove the answer")
    answers: dict[str, Answer] = {}
    for code in (code for code in given if code in codes):
        for key in getattr(given[code], "repeated", ()):
            problems.append(Problem(code, f"gives {key} twice: keep one"))
        try:
            answers[code] = Answer.from_json(given[code])
        except ValueError as error:
            problems.append(Problem(code, str(error)))
        else:
            problems_of_answer = check_answer(questionnaire.question(code), answers[code])
            problems += [Problem(code, message) for _, message in problems_of_answer]
    return answers
