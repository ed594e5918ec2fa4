"""The words of a report: all that its first two pages say, in the reader's language; layouts only place them."""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from assessment.maturity.definition import Level
from assessment.maturity.figures import decimal_text
from assessment.models import Region, Size, SubSector
from assessment.reports.plans.distance import Distance
from assessment.reports.plans.priorities import FirstStep
from assessment.reports.progress.page import Change, ProgressPage
from assessment.reports.results.page import QuestionLine
from assessment.reports.results.report import PlanTotal, Report, Strength
from assessment.reports.results.report_annexes import MOST_ACTIONS, annexes, plan_table
from assessment.reports.results.report_blocks import day, row, signed, table
from assessment.rules.words import in_language, labelled, listed, points

MOST_DUTIES = 3  # on the board's pages; an annex has them all
RUNNING = 60  # letters of a name at the foot of each page


def document(report: Report) -> dict[str, Any]:
    company, result = report.result.company, report.result
    return {
        "language": get_language(),
        "title": _("Digital maturity report"),
        "author": _("Digital maturity ITS"),
        "description": labelled(_("Digital maturity report"), f"{company.name}, {day(result.submitted_at)}"),
        "running": f"{shortened(company.name)} · {day(result.submitted_at)}",
        "fictional": _("Fictional company, made for a demonstration") if company.fictional else "",
        "company": company.name,
        "entity": company.entity,
        "questionnaire": in_language(report.page.questionnaire.title),
        "facts": facts(report),
        "score": score(report),
        "levels": levels(report),
        "radar": radar(report),
        "strengths": strengths(report.strengths),
        "distance": {"title": _("To the next level"), "sentences": distance(report)},
        "priorities": priorities(report),
        "plan": plan(report),
        "progress": progress(report.progress) if report.progress else None,
        "annexes": annexes(report),
    }


def shortened(name: str) -> str:
    return name if len(name) <= RUNNING else f"{name[:RUNNING].rstrip()}…"


# --- Who and how far --------------------------------------------------------------------------------------------------


def facts(report: Report) -> list[tuple[str, str]]:
    profile, result = report.result.profile, report.result
    said = [
        (_("Submitted on"), day(result.submitted_at)),
        (_("Version of the questionnaire"), f"{result.version.questionnaire.code} {result.version.number}"),
        (_("Sub-sector"), str(dict(SubSector.choices).get(profile["sub_sector"], ""))),
        (_("Size"), str(dict(Size.choices).get(profile["size"], ""))),
        (_("Region"), str(dict(Region.choices).get(result.region, ""))),
        (_("Questions answered"), answered(report)),
    ]
    return [(label, value) for label, value in said if value]


def answered(report: Report) -> str:
    coverage = report.page.coverage
    return _("%(answered)s of %(applicable)s") % coverage


def score(report: Report) -> dict[str, Any]:
    page = report.page
    return {
        "label": _("Digital maturity, overall"),
        "value": points(page.overall["score"]),
        "most": "/ 100" if page.overall["score"] else "",
        "interval": interval(report),
        "level": level(page.level),
        "held_back": held_back(report),
    }


def level(reached: Level | None) -> dict[str, Any]:
    if reached is None:
        return {"number": "", "title": _("No level"), "text": _("There is nothing to score yet.")}
    return {"number": reached.number, "title": in_language(reached.title), "text": in_language(reached.description)}


def interval(report: Report) -> str:
    overall, unknown = report.page.overall, report.page.coverage["unknown"]
    if not unknown or overall["high"] == overall["score"]:
        return ""
    return ngettext(
        "Up to %(high)s once your “don’t know” is cleared up",
        "Up to %(high)s once your %(number)s “don’t know” are cleared up",
        unknown,
    ) % {"high": points(overall["high"]), "number": unknown}


def held_back(report: Report) -> str:
    page = report.page
    names = [f"{in_language(line.dimension.title)} ({points(line.figures['score'])})" for line in page.held_back_by]
    if not names or page.level_by_score is None:
        return ""
    return _("By its score alone, the company would be at the level “%(level)s”; held back by %(dimensions)s.") % {
        "level": in_language(page.level_by_score.title),
        "dimensions": listed(names),
    }


def levels(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number,
            "title": in_language(each.title),
            "from": _("from %(start)s") % {"start": points(decimal_text(each.start))},
            "gate": every_dimension(each),
            "reached": each.number == report.page.overall["level"],
            "reached_words": _("reached"),
        }
        for each in report.page.levels
    ]


def every_dimension(each: Level) -> str:
    least = each.every_dimension_at_least
    return _("every dimension ≥ %(least)s") % {"least": points(decimal_text(least))} if least else ""


def radar(report: Report) -> dict[str, Any]:
    """Return the drawing's axes: ``score`` and ``high`` from 0 to 100, for drawing alone, with what a reader reads."""
    lines = report.page.dimensions
    said = [labelled(in_language(line.dimension.title), points(line.figures["score"])) for line in lines]
    return {
        "title": _("Score of each dimension, from 0 to 100"),
        "alt": labelled(_("Score of each dimension, from 0 to 100"), "; ".join(said)),
        "axes": [
            {
                "title": in_language(line.dimension.title),
                "figure": points(line.figures["score"]),
                "score": float(line.figures["score"] or 0),
                "high": float(line.figures["high"] or 0),
                "known": line.figures["score"] is not None,
            }
            for line in lines
        ],
        "band": _("Hatched: what is possible once “I don’t know” is cleared up"),
    }


def strengths(chosen: list[Strength]) -> dict[str, Any]:
    return {
        "title": _("Strengths"),
        "items": [
            {
                "title": in_language(strength.line.capability.title),
                "note": in_language(strength.dimension.title),
                "value": points(strength.line.figures["score"]),
            }
            for strength in chosen
        ],
        "none": _("No capability has half of its points yet."),
    }


# --- What next --------------------------------------------------------------------------------------------------------


def distance(report: Report) -> list[str]:
    if report.distance is None:
        scored = report.page.overall["score"] is not None
        return [_("The highest level is reached.") if scored else _("There is nothing to score yet.")]
    return [how_far(report.distance), *gates(report.distance), steps(report.distance)]


def how_far(ahead: Distance) -> str:
    title = in_language(ahead.level.title)
    if ahead.points is None:
        return _("The score is enough for the level “%(level)s”.") % {"level": title}
    return _("The level “%(level)s” is %(points)s points away.") % {"level": title, "points": points(ahead.points)}


def gates(ahead: Distance) -> list[str]:
    return [
        _("“%(dimension)s” is at %(score)s; that level asks for %(least)s in every dimension.")
        % {
            "dimension": in_language(gate.dimension.title),
            "score": points(gate.score),
            "least": points(gate.least),
        }
        for gate in ahead.gates
    ]


def steps(ahead: Distance) -> str:
    if ahead.needs_dropped:
        return _("Only steps that your company dropped get there: look at them again in its plan.")
    if ahead.plan is None:
        return _("No steps on these answers alone get there: some would bring up questions that have no answer yet.")
    return ngettext(
        "One step gets there (effort %(effort)s).",
        "%(number)s steps get there (effort %(effort)s).",
        len(ahead.plan.steps),
    ) % {"number": len(ahead.plan.steps), "effort": ahead.plan.effort}


def priorities(report: Report) -> dict[str, Any]:
    more = len(report.duties) - MOST_DUTIES
    return {
        "title": _("Priorities"),
        "lead": _(
            "Chosen by what is missing to the targets and by what a step brings to the score, all else unchanged."
        ),
        "items": [priority(step) for step in report.priorities],
        "none": _("No further step raises the score."),
        "duties_title": _("Required anyway"),
        "duties_lead": _("A law or a rule asks for something here, whatever the points."),
        "duties": [in_language(line.question.text) for line in report.duties[:MOST_DUTIES]],
        "duties_more": more_in_annex(more),
    }


def priority(step: FirstStep) -> dict[str, str]:
    return {
        "title": in_language(step.line.question.text),
        "note": in_language(step.dimension.title),
        "step": labelled(_("First step"), first_step(step.line)),
        "value": f"+{points(step.gain)}",
    }


def first_step(line: QuestionLine) -> str:
    if line.next_step:
        return in_language(line.next_step)
    if line.state == "unknown":
        return _("Find out: today the answer is “I don’t know”.")
    return _("Add one more of the practices listed, or reach the next threshold.")


def more_in_annex(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("and %(count)s more, in the annex", "and %(count)s more, in the annex", count) % {"count": count}


# --- The company's plan, and what moved -------------------------------------------------------------------------------


def plan(report: Report) -> dict[str, Any] | None:
    if not report.live:
        return None
    return {
        "title": _("The company’s plan"),
        "table": plan_table(report.live[:MOST_ACTIONS], report.page.questionnaire),
        "total": total(report.total) if report.total else "",
        "more": more_in_annex(len(report.live) - MOST_ACTIONS),
    }


def total(whole: PlanTotal) -> str:
    if whole.score is None:
        return _("All of it takes effort %(effort)s, and brings up questions that have no answer yet.") % {
            "effort": whole.effort
        }
    return _("All of it takes effort %(effort)s and leads from %(before)s to %(score)s.") % {
        "effort": whole.effort,
        "before": points(whole.before),
        "score": points(whole.score),
    }


def progress(moved: ProgressPage) -> dict[str, Any]:
    return {
        "title": _("Since %(date)s") % {"date": day(moved.before.submitted_at)},
        "lead": " ".join([from_to(moved.overall), level_moved(moved), answers_moved(moved)]).replace("  ", " "),
        "note": "" if moved.is_whole else compared(moved),
        "table": table(
            "",
            [_("Dimension"), _("Before"), _("Now"), _("Difference")],
            [change_row(line.change) for line in moved.dimensions if line.change.way],
            numbers=[1, 2, 3],
        ),
    }


def from_to(change: Change) -> str:
    if change.by is None:
        return _("The two results share nothing that can be compared.")
    return _("From %(before)s to %(after)s (%(by)s).") % {
        "before": points(change.before),
        "after": points(change.after),
        "by": signed(change.by),
    }


def level_moved(moved: ProgressPage) -> str:
    before, after = moved.level_before, moved.level_after
    if not moved.is_whole or before is None or after is None:
        return ""
    if before == after:
        return _("Same level as before.")
    return _("Level %(before)s before, %(after)s now.") % {"before": before.number, "after": after.number}


def answers_moved(moved: ProgressPage) -> str:
    better, worse = len(moved.better), len(moved.worse)
    if not better and not worse:
        return _("No answer moved.")
    said = [
        ngettext("%(number)s better answer", "%(number)s better answers", better) % {"number": better},
        ngettext("%(number)s answer with fewer points", "%(number)s answers with fewer points", worse)
        % {"number": worse},
    ]
    return f"{listed([words for words, count in zip(said, (better, worse), strict=True) if count])}."


def compared(moved: ProgressPage) -> str:
    shared = ngettext(
        "Compared on the %(number)s scored question that both results share, under the same code and scale, "
        "both sides scored again on it.",
        "Compared on the %(number)s scored questions that both results share, under the same code and scale, "
        "both sides scored again on them.",
        moved.compared,
    ) % {"number": moved.compared}
    return f"{shared} {_('These figures are not the published scores, which stay what they are.')}"


def change_row(change: Change) -> dict[str, Any]:
    title = in_language(change.node.title) if change.node else ""
    return row([title, points(change.before), points(change.after), signed(change.by)])
