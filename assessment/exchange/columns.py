"""The columns of the table of scores and what each means: the header and the codebook are one list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.maturity.definition import Capability, Dimension, Questionnaire
from assessment.models import Activity, Assessment, Region, Size, SubSector
from assessment.rules.words import in_language


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the same in every language and every format: programs read it."""

    name: str
    kind: str
    meaning: str
    values: str = ""


def codebook(columns: Sequence[Column]) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of the table that explains the columns."""
    header = [_("column"), _("kind"), _("meaning"), _("values")]
    return header, [[column.name, column.kind, column.meaning, column.values] for column in columns]


def columns(questionnaires: Sequence[Questionnaire]) -> list[Column]:
    """Return every column, in order; those of scores follow the first questionnaire, then the others' further nodes."""
    dimensions, capabilities = nodes(questionnaires)
    return [
        *company_columns(),
        *profile_columns(),
        *assessment_columns(),
        *overall_columns(questionnaires),
        *coverage_columns(),
        *(dimension_score(dimension) for dimension in dimensions),
        *(dimension_level(dimension) for dimension in dimensions),
        *(capability_score(capability) for capability in capabilities),
    ]


def nodes(questionnaires: Sequence[Questionnaire]) -> tuple[list[Dimension], list[Capability]]:
    """Return each dimension and each capability once, by code."""
    dimensions = {}
    capabilities = {}
    for questionnaire in questionnaires:
        for dimension in questionnaire.dimensions:
            dimensions.setdefault(dimension.code, dimension)
            for capability in dimension.capabilities:
                capabilities.setdefault(capability.code, capability)
    return list(dimensions.values()), list(capabilities.values())


def company_columns():
    text, yes_or_no = _("text"), _("1 or 0")
    return [
        Column("company_id", text, _("Identifier of the company, the same in every export.")),
        Column("company_name", text, _("Name of the company, as it is today.")),
        Column("siren", text, _("SIREN of the company: nine digits, or empty where it is not given.")),
        Column("fictional", yes_or_no, _("1 for a company made for the demonstration, 0 for a real one.")),
    ]


def profile_columns():
    text, yes_or_no = _("text"), _("1 or 0")
    return [
        Column("sub_sector", text, _("Sub-sector of the company when it submitted."), labels(SubSector.choices)),
        Column("size", text, _("Size of the company when it submitted."), labels(Size.choices)),
        Column("region", text, _("Region of the company when it submitted."), labels(Region.choices)),
        *(
            Column(
                f"activity_{activity.value}",
                yes_or_no,
                _("1 where the company had this activity when it submitted: %(activity)s.")
                % {"activity": activity.label},
            )
            for activity in Activity
        ),
    ]


def assessment_columns():
    text, whole, moment = _("text"), _("whole number"), _("date and time")
    return [
        Column("assessment_id", text, _("Identifier of the assessment.")),
        Column("result_number", whole, _("1 for the first submission of the assessment, 2 for the second…")),
        Column("questionnaire", text, _("Code of the questionnaire.")),
        Column("version", text, _("Version of the questionnaire.")),
        Column("checksum", text, _("Checksum of the version: all in it that can change a score.")),
        Column("engine", whole, _("Version of the rules of computation.")),
        Column("campaign", text, _("Campaign in which the company answered; empty outside any campaign.")),
        Column("path", text, _("Path that the company chose."), labels(Assessment.Path.choices)),
        Column("started_at", moment, _("When the assessment was started.")),
        Column("submitted_at", moment, _("When the result was submitted.")),
    ]


def overall_columns(questionnaires):
    score, whole = _("number, 0.0 to 100.0"), _("whole number")
    levels = "; ".join(
        f"{questionnaire.version}: {labels((level.number, in_language(level.title)) for level in questionnaire.levels)}"
        for questionnaire in questionnaires
    )
    return [
        Column("overall_score", score, _("Overall score; empty where there is nothing to score.")),
        Column("overall_low", score, _("Overall score if every “I don’t know” turned out at the lowest.")),
        Column("overall_high", score, _("Overall score if every “I don’t know” turned out at the highest.")),
        Column("overall_level", whole, _("Overall level, after the conditions on each dimension."), levels),
        Column("overall_level_by_score", whole, _("Level by the overall score alone."), levels),
        Column("held_back_by", _("text"), _("Codes of the dimensions that hold the overall level back.")),
    ]


def coverage_columns():
    whole = _("whole number")
    return [
        Column("questions_applicable", whole, _("Scored questions put to the company.")),
        Column("questions_answered", whole, _("Of these, questions answered.")),
        Column("questions_unknown", whole, _("Of these, questions answered by “I don’t know”.")),
        Column("questions_not_applicable", whole, _("Of these, questions answered by “not applicable”.")),
        Column("questions_hidden", whole, _("Scored questions that do not concern the company.")),
        Column("questions_unanswered", whole, _("Scored questions left without an answer.")),
    ]


def dimension_score(dimension):
    meaning = _("Score of the dimension “%(title)s”; empty where there is nothing to score.")
    return Column(
        f"dimension_{dimension.code}", _("number, 0.0 to 100.0"), meaning % {"title": in_language(dimension.title)}
    )


def dimension_level(dimension):
    meaning = _("Level of the dimension “%(title)s”; empty where there is nothing to score.")
    return Column(f"level_{dimension.code}", _("whole number"), meaning % {"title": in_language(dimension.title)})


def capability_score(capability):
    meaning = _("Score of the capability “%(title)s”; empty where there is nothing to score.")
    return Column(
        f"capability_{capability.code}", _("number, 0.0 to 100.0"), meaning % {"title": in_language(capability.title)}
    )


def labels(choices):
    """Return "code = label; …", as the codebook writes a list of values."""
    return "; ".join(f"{code} = {label}" for code, label in choices)
