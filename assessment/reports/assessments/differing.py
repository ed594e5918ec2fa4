"""Who answers a question otherwise than the others, and by how much, in words."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.maturity.answers import Answer as EngineAnswer
from assessment.maturity.answers import points as worth
from assessment.maturity.definition import Question
from assessment.models import IndividualAnswer
from assessment.rules.answers import engine_answer
from assessment.rules.words import in_language, listed, points

Said = tuple[str, dict[str, Any]]  # a sentence, and what it says apart from names


def differing(question: Question, rows: Sequence[IndividualAnswer]) -> list[str]:
    """Return a sentence for each person whose answer isn't that of most, compared with these; none for one answer."""
    groups = grouped(question, rows)
    if len(groups) < 2:
        return []
    most = max(groups, key=lambda group: (has_value(answer_of(group[0])), len(group), -place(question, group[0])))
    others = listed([name(row) for row in most])
    return [said(question, row, most[0], others) for group in groups if group is not most for row in group]


def grouped(question: Question, rows: Iterable[IndividualAnswer]) -> list[list[IndividualAnswer]]:
    # Those who say the same, the lowest first; reasons for "not applicable" are words, not a difference.
    def key(row: IndividualAnswer) -> tuple[Fraction, str]:
        return place(question, row), same(row)

    return [list(group) for _key, group in groupby(sorted(rows, key=key), key=key)]


def same(row: IndividualAnswer) -> str:
    answer = answer_of(row)
    if answer.not_applicable is not None:
        return "not applicable"
    return str((sorted(answer.choices or ()), answer.number, answer.text, answer.unknown))


def answer_of(row: IndividualAnswer) -> EngineAnswer:
    return engine_answer(row.value)


def has_value(answer: EngineAnswer) -> bool:
    return not answer.unknown and answer.not_applicable is None


def name(row: IndividualAnswer) -> str:
    return str(row.user) if row.user else _("somebody who left")


def place(question: Question, row: IndividualAnswer) -> Fraction:
    """Of an answer on the question's own scale: its level, its figure, how much was ticked; 0 for none."""
    answer = answer_of(row)
    if not has_value(answer):
        return Fraction(0)
    if question.kind == "number":
        return Fraction(answer.number or 0)
    if question.kind == "choice":
        return Fraction([choice.code for choice in question.choices].index((answer.choices or ("",))[0]))
    return Fraction(worth(question, answer) if question.scored else 0)


def said(question: Question, row: IndividualAnswer, most: IndividualAnswer, others: str) -> str:
    answer, theirs, person = answer_of(row), answer_of(most), name(row)
    if answer.unknown:
        return _("%(person)s doesn’t know.") % {"person": person}
    if answer.not_applicable is not None:
        return _("%(person)s finds it not applicable.") % {"person": person}
    if not has_value(theirs):
        return _("%(person)s gives an answer, %(others)s none.") % {"person": person, "others": others}
    text, figures = IN_WORDS[question.kind](question, row, most)
    return text % (figures | {"person": person, "others": others})


def by_levels(question: Question, row: IndividualAnswer, most: IndividualAnswer) -> Said:
    steps = int(place(question, row) - place(question, most))
    if steps > 0:
        text = ngettext(
            "%(person)s: %(number)s level above %(others)s.", "%(person)s: %(number)s levels above %(others)s.", steps
        )
    else:
        text = ngettext(
            "%(person)s: %(number)s level below %(others)s.", "%(person)s: %(number)s levels below %(others)s.", -steps
        )
    return text, {"number": abs(steps)}


def by_figures(question: Question, row: IndividualAnswer, most: IndividualAnswer) -> Said:
    difference = place(question, row) - place(question, most)
    text = _("%(person)s: %(figure)s more than %(others)s.")
    if difference < 0:
        text = _("%(person)s: %(figure)s less than %(others)s.")
    figure = points(f"{float(abs(difference)):.2f}".rstrip("0").rstrip("."))
    return text, {"figure": f"{figure} {in_language(question.unit)}".strip()}


def by_ticks(question: Question, row: IndividualAnswer, most: IndividualAnswer) -> Said:
    mine, theirs = set(answer_of(row).choices or ()), set(answer_of(most).choices or ())
    counts = {"more": len(mine - theirs), "less": len(theirs - mine)}
    if all(counts.values()):
        return _("%(person)s ticks %(more)s that %(others)s left out, and leaves out %(less)s."), counts
    if counts["more"]:
        return _("%(person)s ticks %(more)s that %(others)s left out."), counts
    return _("%(person)s leaves out %(less)s that %(others)s ticked."), counts


def by_words(question: Question, row: IndividualAnswer, most: IndividualAnswer) -> Said:
    return _("%(person)s says it in other words than %(others)s."), {}


IN_WORDS = {"choice": by_levels, "number": by_figures, "multiple": by_ticks, "text": by_words}
