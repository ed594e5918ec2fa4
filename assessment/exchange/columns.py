"""The columns of the table of scores: header, codebook and rows read this one list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from assessment.exchange.cells import Cell, Code, Figure, Flag, Moment, Named, Text, Whole, literal
from assessment.maturity.definition import Capability, Dimension, Questionnaire
from assessment.models import Activity, Assessment, Region, Size, SubSector
from assessment.rules.words import in_language
from spreadsheets.cells import Recurring, Value

# Every score there is, from "0.0" to "100.0".
FIGURES: dict[str | None, Recurring | None] = {
    f"{tenths // 10}.{tenths % 10}": Recurring(f"{tenths // 10}.{tenths % 10}") for tenths in range(1001)
}
FIGURES[None] = None


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the same in every language and every format: programs read it. ``value`` reads a row of scores;
    ``cell`` is the same as PostgreSQL writes it into a line of CSV."""

    name: str
    kind: str
    meaning: str
    value: Callable[[Mapping[str, Any]], Value]
    cell: Cell
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
        *result_columns(),
        *assessment_columns(),
        *overall_scores(),
        *overall_levels(questionnaires),
        *coverage_columns(),
        *(dimension_score(dimension) for dimension in dimensions),
        *(dimension_level(dimension) for dimension in dimensions),
        *(capability_score(capability) for capability in capabilities),
    ]


def nodes(questionnaires: Sequence[Questionnaire]) -> tuple[list[Dimension], list[Capability]]:
    """Return each dimension and each capability once, by code."""
    dimensions: dict[str, Dimension] = {}
    capabilities: dict[str, Capability] = {}
    for questionnaire in questionnaires:
        for dimension in questionnaire.dimensions:
            dimensions.setdefault(dimension.code, dimension)
            for capability in dimension.capabilities:
                capabilities.setdefault(capability.code, capability)
    return list(dimensions.values()), list(capabilities.values())


def company_columns() -> list[Column]:
    text, yes_or_no = _("text"), _("1 or 0")
    return [
        Column(
            "company_id",
            text,
            _("Identifier of the company, the same in every export."),
            lambda row: str(row["company_id"]),
            Code("company_id"),
        ),
        Column(
            "company_name",
            text,
            _("Name of the company, as it is today."),
            itemgetter("company_name"),
            Text("company_name"),
        ),
        Column(
            "siren",
            text,
            _("SIREN of the company: nine digits, or empty where it is not given."),
            itemgetter("siren"),
            Text("siren"),
        ),
        Column(
            "fictional",
            yes_or_no,
            _("1 for a company made for the demonstration, 0 for a real one."),
            lambda row: int(row["fictional"]),
            Flag("fictional"),
        ),
    ]


def profile_columns() -> list[Column]:
    text = _("text")
    return [
        Column(
            "sub_sector",
            text,
            _("Sub-sector of the company when it submitted."),
            itemgetter("sub_sector"),
            Text("sub_sector"),
            labels(SubSector.choices),
        ),
        Column(
            "size",
            text,
            _("Size of the company when it submitted."),
            itemgetter("size"),
            Text("size"),
            labels(Size.choices),
        ),
        Column(
            "region",
            text,
            _("Region of the company when it submitted."),
            itemgetter("region"),
            Text("region"),
            labels(Region.choices),
        ),
        *map(activity_column, Activity),
    ]


def activity_column(activity: Activity) -> Column:
    meaning = _("1 where the company had this activity when it submitted: %(activity)s.")
    return Column(
        f"activity_{activity.value}",
        _("1 or 0"),
        meaning % {"activity": activity.label},
        lambda row: int(activity.value in row["profile"]["activities"]),
        Flag(f"profile->'activities' ? {literal(activity.value)}"),
    )


def result_columns() -> list[Column]:
    text, whole = _("text"), _("whole number")
    return [
        Column(
            "assessment_id",
            text,
            _("Identifier of the assessment."),
            lambda row: str(row["assessment_id"]),
            Code("assessment_id"),
        ),
        Column(
            "result_number",
            whole,
            _("1 for the first submission of the assessment, 2 for the second…"),
            itemgetter("number"),
            Whole("number"),
        ),
        Column(
            "questionnaire",
            text,
            _("Code of the questionnaire."),
            lambda row: row["questionnaire"].code,
            of_version("code"),
        ),
        Column(
            "version",
            text,
            _("Version of the questionnaire."),
            lambda row: row["questionnaire"].version,
            of_version("version"),
        ),
        Column(
            "checksum",
            text,
            _("Checksum of the version: all in it that can change a score."),
            itemgetter("checksum"),
            Text("checksum"),
        ),
        Column("engine", whole, _("Version of the rules of computation."), itemgetter("engine"), Whole("engine")),
    ]


def assessment_columns() -> list[Column]:
    text, moment = _("text"), _("date and time")
    return [
        Column(
            "campaign",
            text,
            _("Campaign in which the company answered; empty outside any campaign."),
            itemgetter("campaign"),
            Named("campaign_id", lambda table: table.campaigns),
        ),
        Column(
            "path",
            text,
            _("Path that the company chose."),
            itemgetter("path"),
            Text("path"),
            labels(Assessment.Path.choices),
        ),
        Column(
            "started_at", moment, _("When the assessment was started."), itemgetter("started"), Moment("started_at")
        ),
        Column(
            "submitted_at", moment, _("When the result was submitted."), itemgetter("submitted"), Moment("submitted_at")
        ),
    ]


def overall_scores() -> list[Column]:
    score = _("number, 0.0 to 100.0")
    return [
        Column(
            "overall_score",
            score,
            _("Overall score; empty where there is nothing to score."),
            itemgetter("score"),
            Figure("score"),
        ),
        Column(
            "overall_low",
            score,
            _("Overall score if every “I don’t know” turned out at the lowest."),
            itemgetter("low"),
            Figure("low"),
        ),
        Column(
            "overall_high",
            score,
            _("Overall score if every “I don’t know” turned out at the highest."),
            itemgetter("high"),
            Figure("high"),
        ),
    ]


def overall_levels(questionnaires: Sequence[Questionnaire]) -> list[Column]:
    whole = _("whole number")
    levels = _("; ").join(
        _("{label}: {value}").format(
            label=questionnaire.version,
            value=labels((level.number, in_language(level.title)) for level in questionnaire.levels),
        )
        for questionnaire in questionnaires
    )
    return [
        Column(
            "overall_level",
            whole,
            _("Overall level, after the conditions on each dimension."),
            itemgetter("level"),
            Whole("level"),
            levels,
        ),
        Column(
            "overall_level_by_score",
            whole,
            _("Level by the overall score alone."),
            lambda row: row["level_by_score"],
            Whole("level_by_score"),
            levels,
        ),
        Column(
            "held_back_by",
            _("text"),
            _("Codes of the dimensions that hold the overall level back."),
            lambda row: ", ".join(row["held_back_by"]),
            Text("held_back_by"),
        ),
    ]


def coverage_columns() -> list[Column]:
    meanings = {
        "applicable": _("Scored questions put to the company."),
        "answered": _("Of these, questions answered."),
        "unknown": _("Of these, questions answered by “I don’t know”."),
        "not_applicable": _("Of these, questions answered by “not applicable”."),
        "hidden": _("Scored questions that do not concern the company."),
        "unanswered": _("Scored questions left without an answer."),
    }
    return [coverage_column(state, meaning) for state, meaning in meanings.items()]


def coverage_column(state: str, meaning: str) -> Column:
    return Column(
        f"questions_{state}",
        _("whole number"),
        meaning,
        lambda row: row["coverage"][state],
        Whole(f"coverage->>{literal(state)}"),
    )


def dimension_score(dimension: Dimension) -> Column:
    meaning = _("Score of the dimension “%(title)s”; empty where there is nothing to score.")
    return Column(
        f"dimension_{dimension.code}",
        _("number, 0.0 to 100.0"),
        meaning % {"title": in_language(dimension.title)},
        lambda row: FIGURES[row["dimensions"].get(dimension.code)],
        Figure(f"dimensions->>{literal(dimension.code)}"),
    )


def dimension_level(dimension: Dimension) -> Column:
    meaning = _("Level of the dimension “%(title)s”; empty where there is nothing to score.")
    return Column(
        f"level_{dimension.code}",
        _("whole number"),
        meaning % {"title": in_language(dimension.title)},
        lambda row: row["levels"].get(dimension.code),
        Whole(f"levels->>{literal(dimension.code)}"),
    )


def capability_score(capability: Capability) -> Column:
    meaning = _("Score of the capability “%(title)s”; empty where there is nothing to score.")
    return Column(
        f"capability_{capability.code}",
        _("number, 0.0 to 100.0"),
        meaning % {"title": in_language(capability.title)},
        lambda row: FIGURES[row["capabilities"].get(capability.code)],
        Figure(f"capabilities->>{literal(capability.code)}"),
    )


def of_version(name: str) -> Named:
    return Named(
        "version_id", lambda table: {pk: getattr(version, name) for pk, version in table.questionnaires.items()}
    )


def labels(choices: Iterable[tuple[Any, Any]]) -> str:
    """Return "code = label; …", as the codebook writes a list of values."""
    return _("; ").join(f"{code} = {label}" for code, label in choices)
