"""The questionnaire file: load it with every problem at once, dump its canonical form."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from assessment.maturity.canonical import checksum, dump
from assessment.maturity.definition import Questionnaire
from assessment.maturity.file.building import build
from assessment.maturity.file.checks import check
from assessment.maturity.file.explaining import explained
from assessment.maturity.file.problems import FormatError, Problem, in_order
from assessment.maturity.file.schema import QuestionnaireShape
from assessment.maturity.file.yaml_reader import read

__all__ = ["FormatError", "Problem", "checksum", "dump", "load", "load_document"]


def load(text: str) -> Questionnaire:
    """Read a questionnaire file; FormatError carries every problem found, each with its place."""
    return load_document(*read(text))


def load_document(document: Any, unreadable: Sequence[Problem] = ()) -> Questionnaire:
    """Read the same content as plain data: dicts, lists, texts, int and Decimal."""
    shape, misshapen = _shaped(document)
    said = {problem.place for problem in unreadable}
    further = [problem for problem in (*misshapen, *check(document)) if problem.place not in said]
    if shape is None or unreadable or further:
        raise FormatError(in_order([*unreadable, *further]))
    return build(shape)


def _shaped(document: Any) -> tuple[QuestionnaireShape | None, list[Problem]]:
    try:
        return QuestionnaireShape.model_validate(document), []
    except ValidationError as error:
        return None, [explained(detail) for detail in error.errors(include_url=False)]
