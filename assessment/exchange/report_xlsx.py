"""A report as a workbook: each figure a number, each date a date, a sheet that explains every column."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessment.models import Action
from assessment.reports.plans.priorities import Aim
from assessment.reports.results.page import CapabilityLine, DimensionLine, QuestionLine
from assessment.reports.results.report import Report
from assessment.reports.results.report_annexes import given
from assessment.rules.words import in_language
from spreadsheets.cells import Value
from spreadsheets.kinds import KINDS
from spreadsheets.writers import Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the same in every language; ``value`` reads what a row of its sheet stands for."""

    name: str
    kind: str
    meaning: str
    value: Callable[[Any], Value]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    def sheet(self) -> Sheet:
        header = [column.name for column in self.columns]
        return Sheet(self.title, header, [[column.value(row) for column in self.columns] for row in self.rows])


def report_xlsx(report: Report) -> bytes:
    parts = [summary(report), dimensions(report), capabilities(report), *answers(report), plan(report)]
    return b"".join(KINDS["xlsx"].pieces([*(part.sheet() for part in parts), codebook(parts)]))


def codebook(parts: Sequence[Part]) -> Sheet:
    rows = [[part.title, column.name, column.kind, column.meaning] for part in parts for column in part.columns]
    return Sheet(_("Codebook"), [_("sheet"), _("column"), _("kind"), _("meaning")], rows)


def figure(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- The whole --------------------------------------------------------------------------------------------------------


def summary(report: Report) -> Part:
    coverage = report.page.coverage
    counted_ones = [counted(state, meaning, coverage) for state, meaning in counts()]
    return Part(_("Summary"), [*about_result(report), *overall_figures(report), *counted_ones], [report])


def about_result(report: Report) -> list[Column]:
    text, result, company = _("text"), report.result, report.result.company
    return [
        Column("company_name", text, _("Name of the company, as it is today."), lambda _row: company.name),
        Column(
            "siren",
            text,
            _("SIREN of the company: nine digits, or empty where it is not given."),
            lambda _row: company.siren,
        ),
        Column(
            "fictional",
            _("1 or 0"),
            _("1 for a company made for the demonstration, 0 for a real one."),
            lambda _row: int(company.fictional),
        ),
        Column(
            "submitted_at",
            _("date and time"),
            _("When the result was submitted."),
            lambda _row: localtime(result.submitted_at),
        ),
        Column("questionnaire", text, _("Code of the questionnaire."), lambda _row: result.version.questionnaire.code),
        Column("version", text, _("Version of the questionnaire."), lambda _row: result.version.number),
        Column(
            "checksum",
            text,
            _("Checksum of the version: all in it that can change a score."),
            lambda _row: result.checksum,
        ),
        Column("engine", _("whole number"), _("Version of the rules of computation."), lambda _row: result.engine),
        Column("proof_id", text, _("What names the result in signed files."), lambda _row: str(result.proof_id)),
    ]


def overall_figures(report: Report) -> list[Column]:
    text, whole, score = _("text"), _("whole number"), _("number, 0.0 to 100.0")
    overall, level = report.page.overall, report.page.level
    held_back = ", ".join(line.dimension.code for line in report.page.held_back_by)
    return [
        Column(
            "overall_score",
            score,
            _("Overall score; empty where there is nothing to score."),
            lambda _row: figure(overall["score"]),
        ),
        Column(
            "overall_low",
            score,
            _("Overall score if every “I don’t know” turned out at the lowest."),
            lambda _row: figure(overall["low"]),
        ),
        Column(
            "overall_high",
            score,
            _("Overall score if every “I don’t know” turned out at the highest."),
            lambda _row: figure(overall["high"]),
        ),
        Column(
            "overall_level",
            whole,
            _("Overall level, after the conditions on each dimension."),
            lambda _row: overall["level"],
        ),
        Column(
            "overall_level_title",
            text,
            _("The level in words."),
            lambda _row: in_language(level.title) if level else None,
        ),
        Column(
            "held_back_by", text, _("Codes of the dimensions that hold the overall level back."), lambda _row: held_back
        ),
    ]


def counts() -> list[tuple[str, str]]:
    return [
        ("applicable", _("Scored questions put to the company.")),
        ("answered", _("Of these, questions answered.")),
        ("unknown", _("Of these, questions answered by “I don’t know”.")),
        ("not_applicable", _("Of these, questions answered by “not applicable”.")),
        ("hidden", _("Scored questions that do not concern the company.")),
    ]


def counted(state: str, meaning: str, coverage: dict[str, Any]) -> Column:
    return Column(f"questions_{state}", _("whole number"), meaning, lambda _row: coverage[state])


# --- Its parts --------------------------------------------------------------------------------------------------------


def dimensions(report: Report) -> Part:
    text, whole = _("text"), _("whole number")
    columns = [
        Column("dimension", text, _("Code of the dimension."), lambda row: row[0].dimension.code),
        Column("title", text, _("Its title."), lambda row: in_language(row[0].dimension.title)),
        *figures_of(lambda row: row[0].figures),
        Column("level", whole, _("Its level by its score."), lambda row: row[0].figures["level"]),
        Column(
            "target",
            whole,
            _("Score that the company aims at, its own or the proposed one."),
            lambda row: row[1].target,
        ),
        Column(
            "missing",
            _("number, 0.0 to 100.0"),
            _("Points to that target; empty where it is reached."),
            lambda row: figure(row[1].gap),
        ),
    ]
    rows: list[tuple[DimensionLine, Aim]] = list(zip(report.page.dimensions, report.aims.aims, strict=True))
    return Part(_("Dimensions"), columns, rows)


def figures_of(read: Callable[[Any], dict[str, Any]]) -> list[Column]:
    score = _("number, 0.0 to 100.0")
    return [
        Column(
            "score", score, _("Score; empty where there is nothing to score."), lambda row: figure(read(row)["score"])
        ),
        Column(
            "low",
            score,
            _("Score if every “I don’t know” turned out at the lowest."),
            lambda row: figure(read(row)["low"]),
        ),
        Column(
            "high",
            score,
            _("Score if every “I don’t know” turned out at the highest."),
            lambda row: figure(read(row)["high"]),
        ),
        Column("weight", _("whole number"), _("Weight among its neighbours."), lambda row: read(row)["weight"]),
    ]


def capabilities(report: Report) -> Part:
    text = _("text")
    columns = [
        Column("dimension", text, _("Code of the dimension."), lambda row: row[0].dimension.code),
        Column("capability", text, _("Code of the capability."), lambda row: row[1].capability.code),
        Column("title", text, _("Its title."), lambda row: in_language(row[1].capability.title)),
        *figures_of(lambda row: row[1].figures),
    ]
    rows: list[tuple[DimensionLine, CapabilityLine]] = [
        (line, part) for line in report.page.dimensions for part in line.capabilities
    ]
    return Part(_("Capabilities"), columns, rows)


def answers(report: Report) -> Iterator[Part]:
    if report.with_answers:
        columns = [*answer_columns(), *(said_columns() if report.with_comments else [])]
        rows = [line for part in report.page.dimensions for line in part.questions if line.state != "hidden"]
        yield Part(_("Answers"), columns, rows)


def answer_columns() -> list[Column]:
    text, whole, score = _("text"), _("whole number"), _("number, 0.0 to 100.0")
    return [
        Column("question", text, _("Code of the question."), lambda line: line.question.code),
        Column("text", text, _("The question."), lambda line: in_language(line.question.text)),
        Column("state", text, _("answered, unknown, not_applicable or unanswered."), lambda line: line.state),
        Column("answer", text, _("The answer in words."), given),
        Column(
            "number",
            _("number"),
            _("The figure given; empty for other kinds of questions."),
            lambda line: figure(line.number),
        ),
        Column(
            "points",
            whole,
            _("Points of the answer; empty where it doesn’t count."),
            lambda line: line.figures["points"],
        ),
        Column(
            "max_points", whole, _("The most points that the question gives."), lambda line: line.figures["max_points"]
        ),
        Column("weight", whole, _("Weight among its neighbours."), lambda line: line.figures["weight"]),
        Column(
            "score",
            score,
            _("Score; empty where there is nothing to score."),
            lambda line: figure(line.figures["score"]),
        ),
        Column(
            "share",
            score,
            _("Part of the overall score, in points, that comes from here."),
            lambda line: figure(line.share),
        ),
        Column("gain", score, _("What the next better answer adds to the overall score."), gain_of),
    ]


def gain_of(line: QuestionLine) -> Decimal | None:
    return figure(line.figures["gain"])


def said_columns() -> list[Column]:
    return [
        Column("comment", _("text"), _("Comment noted beside the answer."), lambda line: noted(line, "comment")),
        Column("evidence", _("text"), _("Evidence noted beside the answer."), lambda line: noted(line, "evidence")),
    ]


def noted(line: QuestionLine, name: str) -> str | None:
    return line.answer[name] if line.answer else None


def plan(report: Report) -> Part:
    text, whole = _("text"), _("whole number")
    columns = [
        Column("action", text, _("What is to be done."), lambda action: action.title),
        Column("question", text, _("Code of the question."), lambda action: action.question),
        Column("dimension", text, _("Code of the dimension."), lambda action: action.dimension),
        Column("owner", text, _("Who does it; empty where nobody is named."), lambda action: action.owned_by or None),
        Column("due", _("date"), _("By when."), lambda action: action.due),
        Column("status", text, _("to_do, under_way, done or dropped."), status_of),
        Column("effort", whole, _("Effort, 1 to 5 a step."), lambda action: action.effort),
        Column(
            "gain",
            _("number"),
            _("Points that it adds alone, as foreseen; empty where nobody knows."),
            lambda action: action.gain,
        ),
    ]
    return Part(_("Plan"), columns, report.actions)


def status_of(action: Action) -> str:
    return str(action.status)
