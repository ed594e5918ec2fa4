"""Checks of what format 2 adds for plans: effort, obligation, targets."""

from collections.abc import Iterator

from assessment.maturity.file.problems import Problem, Steps, gettext_noop, place_of, problem
from assessment.maturity.file.rawdata import Raw, entries, number, questions


def check_plan_keys(document: Raw) -> Iterator[Problem]:
    if document.get("format") == 1:
        for steps in _used(document):
            yield problem(place_of(steps), gettext_noop("is a key of format 2: write format: 2, or remove it"))
    for steps, question in questions(document):
        yield from _efforts(steps, question)


def _used(document: Raw) -> Iterator[Steps]:
    """Where the file says what only format 2 knows."""
    if "targets" in document:
        yield ("targets",)
    for steps, question in questions(document):
        if "obligation" in question:
            yield (*steps, "obligation")
        for key in ("choices", "bands"):
            for place, step in entries(question, key, steps):
                if "effort" in step:
                    yield (*place, "effort")


def _efforts(steps: Steps, question: Raw) -> Iterator[Problem]:
    """Nobody works to reach the lowest step, or to do nothing."""
    if question.get("kind") == "multiple":
        for place, option in entries(question, "choices", steps):
            if "effort" in option and option.get("exclusive") is True:
                yield problem(
                    place_of((*place, "effort")),
                    gettext_noop("this option is chosen alone, no work adds it: remove it"),
                )
        return
    ladder = list(entries(question, "bands" if question.get("kind") == "number" else "choices", steps))
    lowest = min((points for _, step in ladder if (points := number(step, "points")) is not None), default=None)
    for place, step in ladder:
        if "effort" in step and number(step, "points") == lowest:
            yield problem(
                place_of((*place, "effort")), gettext_noop("this is the lowest step, no work reaches it: remove it")
            )
