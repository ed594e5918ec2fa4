"""The questionnaire to print: a tagged PDF (PDF/UA-1) of what a profile may be asked, in the reader’s language."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessment.reports.questionnaire.preview import Item, Part, Preview, Section, Step
from assessment.rules.tops import asked_for
from assessment.rules.typeset import typeset_all
from assessment.rules.words import in_language
from assessment.rules.words import points as localised
from language.texts import Text

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "typst" / "questionnaire.typ"
STANDARDS: list[Literal["ua-1"]] = ["ua-1"]
KEPT = 16  # printed readings kept by each process: most people print one of the examples


def questionnaire_pdf(preview: Preview, *, labels: Iterable[Text], at: datetime) -> bytes:
    """Return the document; ``labels`` say the profile in words, ``at`` dates it, so that the same is printed twice."""
    content = json.dumps(typeset_all(document(preview, labels=labels)), ensure_ascii=False, sort_keys=True)
    return compiled_pdf(content, int(at.timestamp()))


@lru_cache(maxsize=KEPT)
def compiled_pdf(content: str, timestamp: int) -> bytes:
    # Typst’s own fonts only: the same pages on every machine.
    return typst.compile(  # type: ignore[call-overload]  # which takes seconds as well
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=STANDARDS,
        ignore_system_fonts=True,
        font_paths=[],
        timestamp=timestamp,
        sys_inputs={"data": content},
    )


def document(preview: Preview, *, labels: Iterable[Text]) -> dict:
    """Return every word of the document; the template only lays them out."""
    questionnaire = preview.questionnaire
    title = in_language(questionnaire.title)
    return {
        "language": get_language(),
        "title": title,
        "author": _("Digital maturity ITS"),
        "description": in_language(questionnaire.introduction),
        "footer": title,
        "version": _("Version %(version)s, %(count)s")
        % {
            "version": questionnaire.version,
            "count": ngettext("%(count)s question", "%(count)s questions", preview.count) % {"count": preview.count},
        },
        "profile": list(map(str, labels)),
        "introduction": in_language(questionnaire.introduction),
        "how": how_to(),
        "words": {
            "how": _("How to use these pages"),
            "contents": _("Dimensions"),
            "profile": _("As seen by:"),
            "help": _("What is meant, what counts as evidence:"),
        },
        "dimensions": [_dimension(part) for part in preview.parts if part.count],
    }


def how_to() -> list[str]:
    return [
        _("Read each question with the people who know: tick what one could see in the company today."),
        _(
            "A level is reached when everything it describes is true. Otherwise take the one below. "
            "Not sure? “I don’t know” is an answer too."
        ),
        _("The points beside an answer are what it is worth; how they become a score is explained on the site."),
        _("Then enter the answers on the site, or fill in the Excel workbook and send it there."),
    ]


def _dimension(part: Part) -> dict:
    return {
        "title": in_language(part.dimension.title),
        "description": in_language(part.dimension.description),
        "capabilities": [_capability(section) for section in part.sections],
    }


def _capability(section: Section) -> dict:
    return {
        "title": in_language(section.capability.title),
        "description": in_language(section.capability.description),
        "questions": [_question(item) for item in section.items],
    }


def _question(item: Item) -> dict:
    question = item.question
    return {
        "label": _("Question %(number)s") % {"number": item.number},
        "tags": tags(item),
        "text": in_language(question.text),
        "condition": _("Asked if %(condition)s.") % {"condition": item.asked_if} if item.asked_if else "",
        "unit": in_language(question.unit),
        "options": [*_choices(item), *_figures(item), *_apart(item)],
        "note": " ".join([*([] if item.most is None else [_at_most(item.most)]), *asked_for(question)]),
        "help": in_language(question.help),
    }


def tags(item: Item) -> list[str]:
    question = item.question
    named = [
        (question.express, _("Express")),
        (question.kind == "multiple", _("Several answers possible")),
        (question.kind == "number", _("A figure")),
        (question.kind == "text", _("In your words")),
        (not question.required, _("Optional")),
        (question.scored and question.weight != 1, _("weight %(weight)s") % {"weight": question.weight}),
    ]
    return [name for holds, name in named if holds]


def _choices(item: Item) -> list[dict]:
    return [{"text": in_language(choice.text), "points": _points(choice.points)} for choice in item.question.choices]


def _figures(item: Item) -> list[dict]:
    return [{"text": range_of(step), "points": _points(step.points)} for step in item.steps]


def range_of(step: Step) -> str:
    start = localised(step.start)
    if step.end is None:
        return _("%(start)s and more") % {"start": start}
    return _("from %(start)s to under %(end)s") % {"start": start, "end": localised(step.end)}


def _apart(item: Item) -> list[dict]:
    apart = [
        (item.question.allow_unknown, _("I don’t know")),
        (item.question.allow_not_applicable, _("Not applicable")),
    ]
    return [{"text": text, "points": ""} for allowed, text in apart if allowed]


def _points(points: int) -> str:
    return ngettext("%(points)s point", "%(points)s points", points) % {"points": points}


def _at_most(points: int) -> str:
    return ngettext("At most %(most)s point.", "At most %(most)s points.", points) % {"most": points}
