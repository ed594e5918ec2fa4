"""The annexes of a report: every figure, every answer, the method, the proof; as headings, texts and tables."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessment.maturity.definition import Questionnaire
from assessment.models import Action
from assessment.reports.results.frames import FrameReading
from assessment.reports.results.page import CapabilityLine, DimensionLine, QuestionLine
from assessment.reports.results.report import Report
from assessment.reports.results.report_blocks import Block, day, facts, heading, items, row, signed, table, text
from assessment.rules.words import in_language, labelled, points

MOST_ACTIONS = 6  # on the board's pages; where there are more, an annex has them all


def annexes(report: Report) -> list[dict[str, Any]]:
    """Return {title, blocks} of each; a block is a text, a list, a heading, facts or a table."""
    every = [
        annex(_("Dimensions and capabilities"), [figures_table(report)]),
        annex(_("The company’s plan"), whole_plan(report)),
        annex(_("Required anyway"), duties(report)),
        annex(_("The answers and their points"), list(answers(report)) if report.with_answers else []),
        annex(_("Method and limits"), method(report)),
        *(annex(title_of(reading), frame(reading)) for reading in report.readings),
        annex(_("Proof"), proof(report)),
    ]
    return [each for each in every if each["blocks"]]


def annex(title: str, blocks: list[Block]) -> dict[str, Any]:
    return {"title": title, "blocks": blocks}


def whole_plan(report: Report) -> list[Block]:
    return [plan_table(report.live, report.page.questionnaire)] if len(report.live) > MOST_ACTIONS else []


def plan_table(actions: list[Action], questionnaire: Questionnaire) -> Block:
    headers = [_("Action"), _("Owner"), _("Due"), _("Effort"), _("Gain")]
    return table("", headers, [action_row(action, questionnaire) for action in actions], numbers=[3, 4])


def action_row(action: Action, questionnaire: Questionnaire) -> dict[str, Any]:
    gain = None if action.gain is None else str(action.gain)
    due = day(action.due) if action.due else "–"
    cells = [action.title, action.owned_by or "–", due, str(action.effort), signed(gain)]
    return row(cells, under=[asked_of(action, questionnaire)])


def asked_of(action: Action, questionnaire: Questionnaire) -> str:
    """Return the question where the title alone says a threshold only, "at least 6"; "" elsewhere."""
    if not questionnaire.has_question(action.question):
        return ""
    question = questionnaire.question(action.question)
    return in_language(question.text) if question.kind == "number" else ""


# --- Figures ----------------------------------------------------------------------------------------------------------


def figures_table(report: Report) -> Block:
    headers = [_("Dimension and capability"), _("Score"), _("At most"), _("Weight"), _("Level")]
    rows = [row for line in report.page.dimensions for row in dimension_rows(line)]
    return table("", headers, rows, numbers=[1, 2, 3])


def dimension_rows(line: DimensionLine) -> list[dict[str, Any]]:
    level: Any = line.level
    reached = f"{level.number} {in_language(level.title)}" if level else "–"
    return [
        row([in_language(line.dimension.title), *scores(line), reached], strong=True, bar=bar(line)),
        *(row([in_language(part.capability.title), *scores(part), ""], bar=bar(part)) for part in line.capabilities),
    ]


def scores(line: DimensionLine | CapabilityLine) -> list[str]:
    return [points(line.figures["score"]), points(line.figures["high"]), str(line.figures["weight"])]


def bar(line: DimensionLine | CapabilityLine) -> float | None:
    return None if line.figures["score"] is None else float(line.figures["score"])


def duties(report: Report) -> list[Block]:
    if not report.duties:
        return []
    rows = [
        row([in_language(line.question.text), in_language(line.question.obligation)], under=[given(line)])
        for line in report.duties
    ]
    return [
        text(
            _(
                "A law or a rule asks for something here, whatever the points. Whether it concerns your company is for "
                "your advisers to say."
            )
        ),
        table("", [_("Question and answer"), _("What is asked")], rows),
    ]


# --- Answers ----------------------------------------------------------------------------------------------------------


def answers(report: Report) -> Iterator[Block]:
    headers = [
        _("Question and answer"),
        _("Points"),
        _("Weight"),
        _("Score"),
        _("Part of the overall score"),
        _("Next step brings"),
    ]
    for line in report.page.dimensions:
        if line.is_asked:
            yield heading(labelled(in_language(line.dimension.title), points(line.figures["score"])))
            yield table("", headers, list(answer_rows(line, report)), numbers=[1, 2, 3, 4, 5])


def answer_rows(dimension: DimensionLine, report: Report) -> Iterator[dict[str, Any]]:
    for part in dimension.capabilities:
        asked = [line for line in part.questions if line.state != "hidden"]
        if asked:
            weight, score = str(part.figures["weight"]), points(part.figures["score"])
            yield row([in_language(part.capability.title), "", weight, score, "", ""], strong=True)
            yield from (answer_row(line, report) for line in asked)


def answer_row(line: QuestionLine, report: Report) -> dict[str, Any]:
    figures = line.figures
    counted = figures["max_points"] is not None and figures["points"] is not None
    cells = [
        in_language(line.question.text),
        f"{figures['points']} / {figures['max_points']}" if counted else "–",
        str(figures["weight"]),
        points(figures["score"]),
        points(line.share),
        f"+{points(figures['gain'])}" if line.gain else "–",
    ]
    return row(cells, under=[given(line), *(said(line) if report.with_comments else [])])


def given(line: QuestionLine) -> str:
    if line.state == "unknown":
        return _("I don’t know")
    if line.state == "not_applicable":
        return f"{_('Not applicable')} – {line.reason}"
    if line.state == "unanswered":
        return _("no answer")
    if line.number:
        return f"{points(line.number)} {in_language(line.question.unit)}".strip()
    return line.text or " · ".join(in_language(choice.text) for choice in line.chosen)


def said(line: QuestionLine) -> list[str]:
    if line.answer is None:
        return []
    noted = [(_("Comment"), line.answer["comment"]), (_("Evidence"), line.answer["evidence"])]
    return [labelled(label, words) for label, words in noted if words]


# --- Method, readings, proof ------------------------------------------------------------------------------------------


def method(report: Report) -> list[Block]:
    unknown = {
        "zero": _("“I don’t know” counts 0 until it is cleared up."),
        "exclude": _("“I don’t know” is left out of the score until it is cleared up."),
    }
    return [
        text(
            _(
                "A question’s score is its points divided by the most it can give. A capability, a dimension and the "
                "whole are the weighted means of what is under them. Nothing is rounded before it is published."
            )
        ),
        text(
            _("Questions that do not concern the company count nowhere: their weight goes to their neighbours.")
            + " "
            + unknown[report.page.questionnaire.unknown_policy]
        ),
        heading(_("What a self-assessment can say, and what it cannot")),
        items(
            _(
                "It rests on what the company says of itself. Nobody checks the answers; the evidence that one may "
                "note beside each is for the company’s own use."
            ),
            _("It speaks of practices, not of their effect on patients, sales or profit."),
            _("It is not a certificate. A high score proves no compliance with a regulation, a low one no breach."),
            _(
                "A few points between two companies mean little. The surest comparison is with oneself, a year later, "
                "on the same version."
            ),
            _("Weights are a choice. They are public, mostly equal, and the same for everybody who answers a version."),
        ),
        text(labelled(_("The method, with an example worked out step by step"), address("method"))),
    ]


def title_of(reading: FrameReading) -> str:
    return _("Read in another model: %(frame)s") % {"frame": in_language(reading.frame.title)}


def frame(reading: FrameReading) -> list[Block]:
    rows = [
        row(
            [
                in_language(line.dimension.title),
                " · ".join(in_language(capability.title) for capability in line.capabilities) or "–",
                points(line.figure),
            ]
        )
        for line in reading.lines
    ]
    note = in_language(reading.frame.note) or _("Indicative reading, never an official score.")
    caption = _("Indicative reading, never an official score: the plain mean of the capabilities named")
    return [
        text(note),
        table(caption, [_("Dimension of that model"), _("Read from"), _("Mean")], rows, numbers=[2], wide=1),
    ]


def proof(report: Report) -> list[Block]:
    result = report.result
    return [
        text(
            _(
                "The PDF of this report carries a file signed by the site (an attachment, in JSON). Whoever changes "
                "a digit of it makes it worthless. The pages are not signed: compare their figures with those of "
                "the file."
            )
        ),
        text(
            labelled(
                _("Give the PDF to this page, without an account, to know whether it is genuine"), address("check")
            )
        ),
        facts(
            [
                (_("Name in signed files"), str(result.proof_id)),
                (_("Submitted on"), moment(result.submitted_at)),
                (_("Report made on"), moment(report.at)),
                (_("Version of the questionnaire"), f"{result.version.questionnaire.code} {result.version.number}"),
                (_("Checksum of the version"), result.checksum),
                (_("Fingerprint of the answers"), result.answers_sha256),
                (_("Engine"), str(result.engine)),
                (_("In the attachment"), attached(report)),
            ]
        ),
    ]


def attached(report: Report) -> str:
    return _("result with all answers") if report.with_answers else _("level and scores alone")


def moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


def address(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"
