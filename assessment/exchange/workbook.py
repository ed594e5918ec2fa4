"""The questionnaire as a workbook to fill in together: a sheet for each dimension, a drop-down for each answer."""

import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import cast

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from assessment.exchange.answer_cells import (
    Cells,
    apart_labels,
    cells_of,
    choice_label,
    choice_labels,
    yes_label,
)
from assessment.maturity.canonical import checksum
from assessment.maturity.definition import Question
from assessment.maturity.figures import decimal_text
from assessment.models import Answer, Assessment
from assessment.reports.questionnaire.preview import Item, Part, Preview
from assessment.rules.tops import figure, what_is_enough
from assessment.rules.words import in_language
from language.texts import Text
from spreadsheets.cells import Value
from spreadsheets.workbooks import XLSX_DIGITS, XLSX_TEXT, fitting

FORMAT = 1
ABOUT, LISTS = "_questionnaire", "_lists"  # hidden sheets: what this workbook is; what drop-downs offer
HEADER_ROW = 2  # under the dimension's title and description; rows and columns count from 0 here
COLUMNS = ["code", "question", "help", "possible", "answer", "comment", "evidence", "reason"]
WIDTHS = [12, 34, 40, 52, 30, 24, 24, 20]
PLACE = {name: place for place, name in enumerate(COLUMNS)}
ACCENT, SOFT, LINE = "#0B5D66", "#E2F0F0", "#A9CFD0"
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
LINE_HEIGHT, HIGHEST_ROW = 13.5, 409  # points; the second is a spreadsheet's own limit


def header() -> list[str]:
    return [
        _("Code"),
        _("Question"),
        _("What is meant, what counts as evidence"),
        _("Possible answers"),
        _("Answer"),
        _("Comment"),
        _("Evidence: where it can be seen"),
        _("Why it is not applicable"),
    ]


def questionnaire_workbook(
    preview: Preview,
    *,
    labels: Iterable[Text] = (),
    assessment: Assessment | None = None,
    answers: Iterable[Answer] = (),
) -> bytes:
    """Return the workbook; with an assessment it shows the stored answers and remembers which ones it showed."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _Writer(book, preview, {row.question: row for row in answers}).write(list(map(str, labels)), assessment)
    return target.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, preview: Preview, rows: Mapping[str, Answer]) -> None:
        self.book, self.preview, self.rows = book, preview, rows
        self.language = get_language()
        self.styles = styles(book)
        self.listed = 0  # rows of the hidden sheet of lists

    def write(self, labels: list[str], assessment: Assessment | None) -> None:
        instructions = self.book.add_worksheet(sheet_name(_("Read me"), 0))
        sheets = [(part, self.book.add_worksheet(part_name(part, place))) for place, part in self.parts()]
        self.lists = self.book.add_worksheet(LISTS)
        about = self.book.add_worksheet(ABOUT)
        self.write_instructions(instructions, labels, assessment)
        for part, sheet in sheets:
            self.write_part(sheet, part)
        self.write_about(about, assessment)
        self.lists.very_hidden()
        about.very_hidden()

    def parts(self) -> list[tuple[int, Part]]:
        return [(place, part) for place, part in enumerate(self.preview.parts, start=1) if part.count]

    # --- Sheets -------------------------------------------------------------------------------------------------------

    def write_instructions(self, sheet: Worksheet, labels: Iterable[Text], assessment: Assessment | None) -> None:
        questionnaire = self.preview.questionnaire
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 110)
        named = [str(assessment.company)] if assessment else []
        version = _("Version %(version)s") % {"version": questionnaire.version}
        lines = [
            (in_language(questionnaire.title), "title"),
            (" · ".join([*named, version, *map(str, labels)]), "aside"),
            *((line, "text") for line in instructions(assessment)),
        ]
        for row, (text, style) in enumerate(lines):
            sheet.set_row(row, 24 if style == "title" else 18)
            self.write_text(sheet, row, 0, text, style)
        sheet.protect("", PROTECTION)

    def write_about(self, sheet: Worksheet, assessment: Assessment | None) -> None:
        questionnaire = self.preview.questionnaire
        facts = [
            ("format", str(FORMAT)),
            ("questionnaire", questionnaire.code),
            ("version", questionnaire.version),
            ("checksum", checksum(questionnaire)),
            ("language", self.language),
            ("assessment", str(assessment.pk) if assessment else ""),
            *((f"column {place}", title) for place, title in enumerate(header())),
        ]
        for row, fact in enumerate(facts):
            sheet.write_row(row, 0, fact)
        shown = sorted(self.rows.items()) if assessment else []
        for row, (code, answer) in enumerate(shown, start=len(facts)):
            sheet.write_row(row, 0, ["revision", code, str(answer.revision)])

    def write_part(self, sheet: Worksheet, part: Part) -> None:
        self.prepare(sheet)
        sheet.set_row(0, 24)
        self.write_text(sheet, 0, 0, in_language(part.dimension.title), "title")
        self.write_text(sheet, 1, 0, in_language(part.dimension.description), "aside")
        sheet.set_row(HEADER_ROW, 30)
        for column, title in enumerate(header()):
            self.write_text(sheet, HEADER_ROW, column, title, "header")
        row = HEADER_ROW + 1
        for section in part.sections:
            for column in range(len(COLUMNS)):
                sheet.write_blank(row, column, None, self.styles["band"])
            sheet.set_row(row, 20)
            self.write_text(sheet, row, PLACE["question"], in_language(section.capability.title), "band")
            row += 1
            for item in section.items:
                row = self.write_question(sheet, row, item)

    def prepare(self, sheet: Worksheet) -> None:
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(HEADER_ROW + 1, PLACE["help"])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        sheet.protect("", PROTECTION)

    # --- Questions ----------------------------------------------------------------------------------------------------

    def write_question(self, sheet: Worksheet, row: int, item: Item) -> int:
        """Write the question at ``row``, its several choices below it; return the row after."""
        question = item.question
        texts = {
            "code": (question.code, "code"),
            "question": (question_text(item), "question"),
            "help": (in_language(question.help), "quiet"),
            "possible": (possible_answers(question, self.language), "text"),
        }
        self.write_row(sheet, row, texts)
        cells = cells_of(question, self.rows.get(question.code), self.language)
        self.write_notes(sheet, row, question, cells)
        self.write_value(sheet, row, PLACE["answer"], cells.answer, "figure" if question.kind == "number" else "answer")
        self.offer(sheet, row, question)
        if question.kind != "multiple":
            return row + 1
        for place, choice in enumerate(question.choices, start=row + 1):
            code = f"{question.code}/{choice.code}"
            self.write_row(sheet, place, {"code": (code, "code"), "possible": (choice.text[self.language], "text")})
            self.write_value(sheet, place, PLACE["answer"], cells.ticks.get(choice.code))
            self.drop_down(sheet, place, [yes_label()])
        return row + 1 + len(question.choices)

    def write_row(self, sheet: Worksheet, row: int, texts: Mapping[str, tuple[str, str]]) -> None:
        # Write texts by column, in a row high enough for them: not every spreadsheet works that out on opening.
        sheet.set_row(row, height([(text, WIDTHS[PLACE[name]]) for name, (text, _style) in texts.items()]))
        for name, (text, style) in texts.items():
            self.write_text(sheet, row, PLACE[name], text, style)

    def write_notes(self, sheet: Worksheet, row: int, question: Question, cells: Cells) -> None:
        self.write_value(sheet, row, PLACE["comment"], cells.comment)
        self.write_value(sheet, row, PLACE["evidence"], cells.evidence)
        if question.allow_not_applicable:
            self.write_value(sheet, row, PLACE["reason"], cells.reason)

    def offer(self, sheet: Worksheet, row: int, question: Question) -> None:
        # Let the spreadsheet itself offer what may be answered, and refuse the rest.
        if question.kind == "number":
            self.accept_figures(sheet, row, question)
        elif question.kind != "text":
            self.drop_down(sheet, row, choice_labels(question, self.language) + apart_labels(question))

    def accept_figures(self, sheet: Worksheet, row: int, question: Question) -> None:
        cell = xlsxwriter.utility.xl_rowcol_to_cell(row, PLACE["answer"])
        low, high = (
            decimal_text(cast(Fraction, end)) for end in [question.minimum, question.maximum]
        )  # a formula's own form
        figure = f"AND(ISNUMBER({cell}),{cell}>={low},{cell}<={high})"
        others = [f"{cell}={place}" for place in self.list_of(apart_labels(question))]
        sheet.data_validation(
            row,
            PLACE["answer"],
            row,
            PLACE["answer"],
            {"validate": "custom", "value": f"=OR({','.join([figure, *others])})", "error_message": not_possible()},
        )

    def drop_down(self, sheet: Worksheet, row: int, options: list[str]) -> None:
        if not options:
            return
        places = self.list_of(options)
        sheet.data_validation(
            row,
            PLACE["answer"],
            row,
            PLACE["answer"],
            {"validate": "list", "source": f"={places[0]}:{places[-1].split('!')[1]}", "error_message": not_possible()},
        )

    def list_of(self, options: list[str]) -> list[str]:
        first = self.listed
        for row, option in enumerate(options, start=first):
            self.lists.write_string(row, 0, fitting(option, LISTS, row, 0))
        self.listed += len(options)
        return [f"'{LISTS}'!$A${row + 1}" for row in range(first, self.listed)]

    # --- Cells --------------------------------------------------------------------------------------------------------

    def write_text(self, sheet: Worksheet, row: int, column: int, text: str, style: str) -> None:
        sheet.write_string(row, column, fitting(text, sheet.name, row, column), self.styles[style])

    def write_value(self, sheet: Worksheet, row: int, column: int, value: Value, style_name: str = "answer") -> None:
        # Write a cell that is to be filled in; a figure as a number where a workbook keeps every digit of it.
        style = self.styles[style_name]
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= XLSX_DIGITS:
            sheet.write_number(row, column, value, style)
        else:
            text = f"{value:f}" if isinstance(value, Decimal) else str(value)
            sheet.write_string(row, column, fitting(text, sheet.name, row, column), style)


# Only what is to be filled in can be changed; no password, since the protection only guards against slips.
PROTECTION = {"format_columns": True, "format_rows": True, "autofilter": True}


def styles(book: xlsxwriter.Workbook) -> dict:
    wrapped = {"text_wrap": True, "valign": "top", "font_size": 10}
    to_fill_in = wrapped | {"bg_color": "#FFFBEA", "border": 1, "border_color": LINE, "locked": False}
    formats = {
        "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
        "quiet": wrapped | {"font_color": "#4F6166", "font_size": 9},
        "aside": {"font_color": "#4F6166", "font_size": 10},
        "text": wrapped,
        "header": wrapped | {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT},
        "band": wrapped | {"bold": True, "font_color": ACCENT, "bg_color": SOFT, "text_wrap": False},
        "code": wrapped | {"font_color": "#4F6166", "font_size": 8},
        "question": wrapped | {"bold": True},
        "answer": to_fill_in | {"num_format": "@"},  # what is typed stays as it was typed
        "figure": to_fill_in,
    }
    return {name: book.add_format(properties) for name, properties in formats.items()}


def height(cells: Iterable[tuple[str, int]]) -> float:
    """Return the height of a row of texts, each in a column that holds so many characters."""
    lines = max(sum(len(line) // (width * 1.1) + 1 for line in text.split("\n")) for text, width in cells)
    return min(lines * LINE_HEIGHT + 4, HIGHEST_ROW)


def sheet_name(title: str, place: int) -> str:
    """Return a name that every spreadsheet takes: its place keeps it apart from the others."""
    name = " ".join(NOT_IN_A_NAME.sub(" ", f"{place} {title}" if place else title).split())
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rpartition(" ")[0] or name[:LONGEST_NAME]
    return name.strip(" ,;–-")


def part_name(part: Part, place: int) -> str:
    return sheet_name(in_language(part.dimension.title), place)


def question_text(item: Item) -> str:
    text = in_language(item.question.text)
    if not item.asked_if:
        return text
    return "\n".join([text, _("Asked if %(condition)s.") % {"condition": item.asked_if}])


def possible_answers(question: Question, language: str) -> str:
    """Return what may be answered, a line for each answer."""
    if question.kind == "multiple":
        how = _("Several answers possible: “yes” on each line below that applies.")
        return "\n".join([how, *what_is_enough(question)])
    if question.kind == "text":
        return _("In your words.")
    if question.kind == "number":
        bounds = {"low": figure(question.minimum), "high": figure(question.maximum)}
        limits = _("A number from %(low)s to %(high)s, without a unit.") % bounds
        return "\n".join([in_language(question.unit), limits, *what_is_enough(question)])
    lines = "\n".join(choice_label(choice, language) for choice in question.choices)
    return lines if len(lines) < XLSX_TEXT else _("Choose one of the answers in the drop-down list.")


def not_possible() -> str:
    return _("This answer is not possible here: see the column of possible answers.")


def instructions(assessment: Assessment | None) -> list[str]:
    lines = [
        _("1. Share the sheets among the people who know: one sheet for each dimension."),
        _("2. Fill in the cells with a coloured ground only. The drop-down list of a cell offers its answers."),
        _(
            "3. Choose what one could see in the company today, not what is planned. "
            "A level is reached when everything it describes is true; otherwise take the one below."
        ),
        _("4. “I don’t know” is an answer too. “Not applicable” asks for a reason, in the last column."),
        _("5. Comments and evidence are optional: a document’s name, a link. No personal or health data."),
    ]
    if assessment:
        return [*lines, _("6. Send the workbook on the page of the assessment: it shows what would change, then asks.")]
    return [
        *lines,
        _("6. Start an assessment on the site, then send the workbook there: it shows what would change, then asks."),
    ]
