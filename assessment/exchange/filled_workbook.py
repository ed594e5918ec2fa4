"""A workbook that came back: what it says of each question, or each cell that can’t be read and what to do there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment.exchange.answer_cells import BadCell, Cells, Entry, entry_of
from assessment.exchange.workbook import ABOUT, FORMAT, HEADER_ROW, PLACE
from assessment.maturity.canonical import checksum
from assessment.maturity.definition import Question, Questionnaire
from spreadsheets.cells import Value
from spreadsheets.uploads import UploadRefusedError, cell_name, read_sheets

SEPARATOR = "/"  # between a question and one of its choices; no code holds it


class WorkbookRefusedError(Exception):
    """The workbook can’t be used at all; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``question``: the code of the one it is about, "" where rows aren't where they belong: then nothing is sure."""

    place: str  # "3 Data!E12"
    message: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """``revisions``: the answers that the workbook showed when it was made, of the assessment with this key.

    A question with a problem has no entry: what stands on the site stays.
    """

    entries: dict[str, Entry]
    problems: list[Problem] = field(default_factory=list)
    assessment: str = ""
    revisions: dict[str, int] = field(default_factory=dict)


def read_workbook(content: bytes, *, name: str, questionnaire: Questionnaire) -> Filled:
    """Read an uploaded file, in a process of its own and within limits.

    Raises WorkbookRefusedError where it is not one of ours.
    """
    try:
        sheets = read_sheets(content, name=name, language=get_language(), with_formulas=True)
    except UploadRefusedError as refusal:
        raise WorkbookRefusedError(_(refusal.text) % refusal.details) from None
    facts, revisions = _about(sheets.pop(ABOUT, []))
    _refuse_another(facts, questionnaire)
    header = [facts.get(f"column {place}", "") for place in range(len(PLACE))]
    reader = _Reader(questionnaire, header, None if facts.get("language") == get_language() else "")
    for title, rows in sheets.items():
        reader.read(title, rows)
    if not reader.recognised:
        raise WorkbookRefusedError(
            _("No question was found in this workbook. Download it again, and fill in that one.")
        )
    return Filled(*reader.result(), assessment=facts.get("assessment", ""), revisions=revisions)


def _about(rows: Iterable[Sequence[Value]]) -> tuple[dict[str, str], dict[str, int]]:
    facts, revisions = {}, {}
    for row in rows:
        name, value, number = (str(cell if cell is not None else "") for cell in [*row, None, None, None][:3])
        if name == "revision" and number.isdecimal() and len(number) < 10:
            revisions[value] = int(number)
        else:
            facts[name] = value
    return facts, revisions


def _refuse_another(facts: Mapping[str, str], questionnaire: Questionnaire) -> None:
    if facts.get("format") != str(FORMAT):
        raise WorkbookRefusedError(
            _("This is not a workbook of this questionnaire. Download it here, fill it in and send it back.")
        )
    ours = {"questionnaire": questionnaire.code, "version": questionnaire.version, "checksum": checksum(questionnaire)}
    if any(facts.get(name) != value for name, value in ours.items()):
        said = {"theirs": _named(facts), "ours": _named(ours)}
        raise WorkbookRefusedError(
            _("This workbook is of %(theirs)s; the assessment is of %(ours)s. Download it again and copy your answers.")
            % said
        )


def _named(facts: Mapping[str, str]) -> str:
    named = {name: str(facts.get(name, "–"))[:40] for name in ["questionnaire", "version"]}
    return _("questionnaire %(questionnaire)s, version %(version)s") % named


@dataclass(slots=True)
class _Found:
    """The rows of one question: where each of its cells stands, and what it holds."""

    sheet: str
    row: int
    cells: dict[str, Value] = field(default_factory=dict)
    ticks: dict[str, tuple[int, Value]] = field(default_factory=dict)

    def place(self, bad: BadCell) -> str:
        row = self.row if bad.choice is None else self.ticks[bad.choice][0]
        return cell_name(sheet=self.sheet, row=row, column=PLACE[bad.part] + 1)


class _Reader:
    def __init__(self, questionnaire: Questionnaire, header: list[str], mark: str | None) -> None:
        """``header``: the columns' titles when the workbook was made, which may have been translated anew since.

        ``mark``: what stands before decimals, as for ``entry_of``; a workbook in another language may have either.
        """
        self.questionnaire, self.header, self.mark = questionnaire, header, mark
        self.found: dict[str, _Found] = {}
        self.problems: list[Problem] = []
        self.recognised = False

    def read(self, title: str, rows: list[list[Value]]) -> None:
        # Take the rows that begin with the code of a question or of one of its choices; other sheets have none.
        keyed = [(number, row) for number, row in enumerate(rows, start=1) if row and self._is_ours(row[0])]
        self.recognised = self.recognised or bool(keyed)
        if keyed and _trimmed(rows[HEADER_ROW : HEADER_ROW + 1]) != self.header:
            message = _(
                "The columns of this sheet were moved or renamed. Put them back, or download the workbook again."
            )
            self.problems.append(Problem(cell_name(sheet=title, row=HEADER_ROW + 1, column=1), message))
            return
        for number, row in keyed:
            self._take(title, number, [*row, *[None] * len(PLACE)])

    def _is_ours(self, key: Value) -> bool:
        return isinstance(key, str) and self.questionnaire.has_question(key.partition(SEPARATOR)[0])

    def _take(self, title: str, number: int, row: list[Value]) -> None:
        code, _separator, choice = cast(str, row[0]).partition(SEPARATOR)
        if choice:
            self._take_choice(title, number, code, choice, row[PLACE["answer"]])
        elif code in self.found:
            self._repeated(title, number)
        else:
            parts = ["answer", "comment", "evidence", "reason"]
            self.found[code] = _Found(title, number, {part: row[PLACE[part]] for part in parts})

    def _take_choice(self, title: str, number: int, code: str, choice: str, value: Value) -> None:
        rows = self.found.get(code)
        if rows is None or not self.questionnaire.question(code).has_choice(choice):
            message = _("This row is not where it belongs. Put it back, or download the workbook again.")
            self.problems.append(Problem(cell_name(sheet=title, row=number, column=1), message))
        elif choice in rows.ticks or rows.sheet != title:
            self._repeated(title, number)
        else:
            rows.ticks[choice] = (number, value)

    def _repeated(self, title: str, number: int) -> None:
        message = _("This row appears twice in the workbook: keep one.")
        self.problems.append(Problem(cell_name(sheet=title, row=number, column=1), message))

    def result(self) -> tuple[dict[str, Entry], list[Problem]]:
        entries = {}
        for question in self.questionnaire.questions:
            if question.code in self.found:
                entries[question.code] = self._entry(question, self.found[question.code])
        bad = {problem.question for problem in self.problems}
        return {code: entry for code, entry in entries.items() if code not in bad}, self.problems

    def _entry(self, question: Question, found: _Found) -> Entry:
        ticks = {choice: value for choice, (_row, value) in found.ticks.items()}
        entry, bad = entry_of(question, Cells(ticks=ticks, **found.cells), mark=self.mark)
        self.problems += [Problem(found.place(cell), cell.message, question.code) for cell in bad]
        return entry


def _trimmed(rows: Iterable[Sequence[Value]]) -> list[str]:
    return [str(cell or "").strip() for row in rows for cell in row[: len(PLACE)]]
