"""Results of companies that answer the whole questionnaire, and what a PDF says to those who read it otherwise."""

import re
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdf

from assessment.actions.results import submit
from assessment.models import Action, Answer
from tests.content.material import FULL, best, questionnaire, worst
from tests.factories import FIXTURES, NOON, make_assessment, make_version

DRAWN = [best, worst, best]
# Markup of Typst, formulas, writing from right to left, nothing to see, nothing to break.
HOSTILE = [
    '#eval("1+1") *bold* _it_ $x^2$ `raw` <label> @ref \\ // /* [#include "/etc/passwd"]',
    '=HYPERLINK("http://evil.example")',
    "+cmd|' /C calc'!A0",
    "\u202eabc \u2067שלום العربية\u2069",
    "a\u200bb\u00adc\ufeff",
    "<b>&amp;</b>]]>",
    "W" * 200,
    "i" * 200,
]


def full_result(*, company, by, answers=None, at=NOON, comment=""):
    """Return a result on the whole questionnaire; ``answers``: values of some questions, in place of those drawn."""
    assessment = make_assessment(company=company, version=make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml"))
    drawn = {
        question.code: DRAWN[place % 3](question).to_json()
        for place, question in enumerate(questionnaire(FULL).questions)
        if question.scored
    }
    Answer.objects.bulk_create(
        Answer(assessment=assessment, question=code, state=state_of(value), value=value, comment=comment)
        for code, value in {**drawn, **(answers or {})}.items()
    )
    return submit(assessment=assessment, by=by, at=at)


def state_of(value):
    return next((state for state in ["unknown", "not_applicable"] if state in value), "answered")


def unknown_everywhere():
    return {question.code: {"unknown": True} for question in questionnaire(FULL).questions if question.scored}


def plan_for(result, *, count=3, **fields):
    """``count`` actions on questions that can still gain."""
    gaining = [
        leaf["code"]
        for dimension in result.trace["dimensions"]
        for capability in dimension["capabilities"]
        for leaf in capability["questions"]
        if leaf["gain"]
    ]
    return [
        Action.objects.create(
            company=result.company,
            result=result,
            question=code,
            dimension=code.split(".")[0],
            target=best(questionnaire(FULL).question(code)).to_json(),
            effort=2,
            gain="1.5",
            due=(NOON + timedelta(days=30 * place)).date(),
            **{"title": f"Step {place}", "owner_name": "Somebody else"} | fields,
        )
        for place, code in enumerate(gaining[:count], start=1)
    ]


def text_of(pdf):
    """The text as pdftotext reads it, or pypdf where that isn't there; blanks made one, none around a slash."""
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-raw", "-", "-"]
        said = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    else:
        said = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    return re.sub(r" ?/ ?", "/", " ".join(said.replace("\u200b", "").split()))


def attachments_of(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def tags_of(document):
    """Yield (role, alternative text) of each part of the tree that screen readers follow."""
    yield from _tags(document.Root.StructTreeRoot.K)


def _tags(node):
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from _tags(part)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).lstrip("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _tags(node.K)
