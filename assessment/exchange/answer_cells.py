"""An answer as the cells of a workbook, and cells as an answer: one vocabulary for writing and for reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from assessment.maturity.definition import Choice, Question
from assessment.models import Answer, AnswerChange
from assessment.rules.typed import CHOICE, LONGEST, NOT_APPLICABLE, UNKNOWN, read
from spreadsheets.cells import Formula, UnseenError, Value, as_seen
from spreadsheets.strings import as_kept

YES = {"yes", "oui", "x", "y", "o", "1", "true", "vrai"}
BETWEEN = " – "  # a choice's code and its text; no code holds a blank
NO = {"", "no", "non", "n", "0", "false", "faux"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a workbook says of one question, in the form in which answers are stored."""

    state: str = Answer.State.EMPTY
    value: Mapping = field(default_factory=dict)
    comment: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands in the rows of one question; ``ticks`` by choice, for a question of several choices."""

    answer: Value = None
    ticks: Mapping[str, Value] = field(default_factory=dict)
    comment: Value = None
    evidence: Value = None
    reason: Value = None


@dataclass(frozen=True, slots=True)
class BadCell:
    """``part`` is a field of Cells; ``choice`` the code of the one whose own row it is."""

    part: str
    message: str
    choice: str | None = None


def unknown_label() -> str:
    return _("I don’t know")


def not_applicable_label() -> str:
    return _("Not applicable")


def yes_label() -> str:
    return _("yes")


def choice_label(choice: Choice, language: str) -> str:
    return f"{choice.code}{BETWEEN}{choice.text[language]}"


def apart_labels(question: Question) -> list[str]:
    labels = [unknown_label()] if question.allow_unknown else []
    return [*labels, not_applicable_label()] if question.allow_not_applicable else labels


def choice_labels(question: Question, language: str) -> list[str]:
    return [choice_label(choice, language) for choice in question.choices] if question.kind == "choice" else []


# --- From what is stored ----------------------------------------------------------------------------------------------


def cells_of(question: Question, row: Answer | AnswerChange | None, language: str) -> Cells:
    """Return the cells that show a stored answer; a draft, which is no answer yet, leaves its cell empty."""
    if row is None:
        return Cells()
    value = row.value
    chosen = [choice for choice in question.choices if choice.code in value.get("choices", [])]
    ticks = {choice.code: yes_label() for choice in chosen} if question.kind == "multiple" else {}
    return Cells(
        answer=_answer(question, value, chosen, language),
        ticks=ticks,
        comment=_lines(row.comment) or None,
        evidence=_lines(row.evidence) or None,
        reason=_lines(value["not_applicable"]) if "not_applicable" in value else None,
    )


def _answer(question: Question, value: Mapping, chosen: list[Choice], language: str) -> Value:
    if "unknown" in value:
        return unknown_label()
    if "not_applicable" in value:
        return not_applicable_label()
    if "number" in value:
        return Decimal(value["number"])
    if question.kind == "choice" and chosen:
        return choice_label(chosen[0], language)
    return _lines(value["text"]) if "text" in value else None


def _lines(text: str) -> str:
    """Return the text with its lines ended in the one way that every spreadsheet keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def entry_of_row(question: Question, row: Answer | AnswerChange | None) -> Entry:
    """Return the entry that an untouched workbook gives back for a stored answer."""
    language = next(iter(question.text))
    return entry_of(question, cells_of(question, row, language))[0]


def kept(entry: Entry) -> tuple:
    """Return what every spreadsheet keeps of an entry: untouched cells say the same, whichever program saved them."""
    value = {name: as_kept(part).strip() if isinstance(part, str) else part for name, part in entry.value.items()}
    return entry.state, value, as_kept(entry.comment).strip(), as_kept(entry.evidence).strip()


# --- From what was filled in ------------------------------------------------------------------------------------------


def entry_of(question: Question, cells: Cells, *, mark: str | None = None) -> tuple[Entry, list[BadCell]]:
    """Read the cells of one question; with bad cells the entry says nothing.

    ``mark``: what stands before decimals where a figure is a text, as for ``rules.typed.read``.
    """
    problems = _computed(question, cells)
    if problems:
        return Entry(), problems
    pick, typed = _picked(question, cells, problems)
    texts = {name: _text(name, getattr(cells, name), problems) for name in ["comment", "evidence", "reason"]}
    problems += [BadCell(name, _too_long()) for name, text in texts.items() if len(text) > LONGEST]
    if texts["reason"] and NOT_APPLICABLE not in pick:
        problems.append(BadCell("reason", _("Empty this cell, or answer “Not applicable”.")))
    typed_answer = read(question, pick, typed, texts["reason"], mark="." if _is_number(cells.answer) else mark)
    problems += [BadCell("answer", str(message)) for message in typed_answer.problems if not problems]
    if problems:
        return Entry(), problems
    return Entry(typed_answer.state, typed_answer.value, texts["comment"], texts["evidence"]), []


def _picked(question: Question, cells: Cells, problems: list[BadCell]) -> tuple[list[str], str]:
    """Return what the page’s own form would have posted: the boxes ticked and the text typed."""
    pick = [CHOICE + choice.code for choice in question.choices if _ticked(choice.code, cells, problems)]
    if question.kind == "text":
        typed = _text("answer", cells.answer, problems)
    else:
        typed = _figure(cells.answer) if question.kind == "number" else _mark(cells.answer)
    special = _apart().get(_plain(typed))
    if special:
        return [*pick, special], ""
    if question.kind in ("number", "text") or not typed:
        return pick, typed if len(typed) <= LONGEST else _refuse("answer", _too_long(), problems)
    code = typed.partition(BETWEEN)[0].strip()  # whatever follows: a text may be corrected while a workbook is out
    if question.kind != "choice" or not question.has_choice(code):
        return pick, _refuse("answer", _("Choose one of the answers in the drop-down list."), problems)
    return [CHOICE + code], ""


def _ticked(code: str, cells: Cells, problems: list[BadCell]) -> bool:
    mark = _plain(_mark(cells.ticks.get(code)))
    if mark not in YES | NO:
        message = _("Write “yes” where it applies; leave the cell empty elsewhere.")
        problems.append(BadCell("answer", message, choice=code))
    return mark in YES


def _refuse(part: str, message: str, problems: list[BadCell]) -> str:
    problems.append(BadCell(part, message))
    return ""


def _too_long() -> str:
    return _("Shorten this text: at most %(limit)s characters.") % {"limit": LONGEST}


def _computed(question: Question, cells: Cells) -> list[BadCell]:
    message = _("Question %(question)s: this cell holds a formula. Paste its value instead.")
    told = message % {"question": question.code}
    parts = [part for part in ["answer", "comment", "evidence", "reason"] if isinstance(getattr(cells, part), Formula)]
    ticks = [code for code, value in cells.ticks.items() if isinstance(value, Formula)]
    return [*(BadCell(part, told) for part in parts), *(BadCell("answer", told, choice=code) for code in ticks)]


def _text(part: str, value: Value, problems: list[BadCell]) -> str:
    """Return a cell as its reader saw it; where a spreadsheet made something else of it, say so."""
    try:
        return _lines(as_seen(value)).strip()
    except UnseenError:
        message = _(
            "Your spreadsheet made a number or a date of this text. "
            "Set the format of the cell to Text, then write it again."
        )
        return _refuse(part, message, problems)


def _mark(value: Value) -> str:
    """Return a cell that says which: one that holds no text names no choice."""
    return str(value) if isinstance(value, bool) else _text("answer", value, [])


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _figure(value: Value) -> str:
    """Return the figure of a cell with a point before decimals, and the per cent sign that its format shows."""
    if not _is_number(value):
        return str(value if value is not None else "").strip()
    return f"{value:f} %" if "%" in (getattr(value, "seen", None) or "") else f"{value:f}"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _apart() -> dict[str, str]:
    """Return the words that stand apart from choices, in every language of the site."""
    cells: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            cells |= {_plain(unknown_label()): UNKNOWN, _plain(not_applicable_label()): NOT_APPLICABLE}
    return cells
