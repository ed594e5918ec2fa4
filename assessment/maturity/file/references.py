"""References inside a questionnaire file: conditions that read the profile and earlier answers, readings in frames."""

from collections.abc import Iterator
from typing import Any

from assessment.maturity.file.problems import Problem, Steps, gettext_noop, place_of, problem
from assessment.maturity.file.rawdata import PROFILE_KEYS, Raw, capabilities, entries, questions, section, words


def check_references(document: Raw) -> Iterator[Problem]:
    yield from _readings(document)
    conditions = _Conditions(document)
    for place, (steps, question) in enumerate(questions(document)):
        yield from conditions.check(question.get("applies_when"), (*steps, "applies_when"), place)
    dimensions = [dimension.get("code") for _, dimension in entries(document, "dimensions")]
    for steps, target in entries(document, "targets"):
        yield from conditions.check(target.get("when"), (*steps, "when"), None)
        for code in section(target, "dimensions"):
            if code not in dimensions:
                where = place_of((*steps, "dimensions", code))
                yield problem(where, gettext_noop("is not the code of a dimension: correct it"))


def _readings(document: Raw) -> Iterator[Problem]:
    frames = {
        frame.get("code"): [dimension.get("code") for _, dimension in entries(frame, "dimensions")]
        for _, frame in entries(document, "frames")
        if isinstance(frame.get("code"), str)
    }
    for steps, capability in capabilities(document):
        for frame, dimension in section(capability, "reads_as").items():
            place = place_of((*steps, "reads_as", frame))
            if frame not in frames:
                yield problem(place, gettext_noop("is not the code of a frame: add it to frames, or correct it"))
            elif isinstance(dimension, str) and dimension not in frames[frame]:
                yield problem(
                    place,
                    gettext_noop("%(code)s is not a dimension of this frame: add it there, or correct it"),
                    code=dimension,
                )


class _Conditions:
    def __init__(self, document: Raw) -> None:
        self.profile = section(document, "profile")
        self.codes = [question.get("code") for _, question in questions(document)]
        self.questions: dict[str, Raw] = {}
        self.order: dict[str, int] = {}
        for place, (_, question) in enumerate(questions(document)):
            if isinstance(question.get("code"), str):
                self.questions.setdefault(question["code"], question)
                self.order.setdefault(question["code"], place)

    def check(self, condition: Any, steps: Steps, asking: int | None) -> Iterator[Problem]:
        """Check the condition of the question at the place ``asking`` in the file; None for that of a target."""
        if not isinstance(condition, dict):
            return
        for key in ("all", "any"):
            for inner_steps, inner in entries(condition, key, steps):
                yield from self.check(inner, inner_steps, asking)
        yield from self.check(condition.get("not"), (*steps, "not"), asking)
        if isinstance(condition.get("profile"), str):
            yield from self._profile(condition, steps)
        if not isinstance(condition.get("answer"), str):
            return
        if asking is None:
            text = gettext_noop("reads an answer: a target may ask about the profile alone")
            yield problem(place_of((*steps, "answer")), text)
        else:
            yield from self._answer(condition, steps, asking)

    def _profile(self, condition: Raw, steps: Steps) -> Iterator[Problem]:
        key = condition["profile"]
        if key not in PROFILE_KEYS:
            return
        known = [value for _, value in words(self.profile, key)]
        if not known:
            yield problem(
                place_of((*steps, "profile")),
                gettext_noop("the questionnaire’s profile lists no %(key)s: add it there"),
                key=key,
            )
            return
        yield from _unknown(
            condition,
            steps,
            known,
            gettext_noop("%(value)s is not in %(list)s: correct it, or add it there"),
            list=f"profile.{key}",
        )

    def _answer(self, condition: Raw, steps: Steps, asking: int) -> Iterator[Problem]:
        code, place = condition["answer"], place_of((*steps, "answer"))
        question = self.questions.get(code)
        if question is None:
            yield problem(place, gettext_noop("%(code)s is not the code of a question: correct it"), code=code)
            return
        if self.order[code] >= asking:
            yield problem(place, self._too_late(code, self.codes[asking]), code=code, asking=self.codes[asking])
        if question.get("kind") in ("number", "text"):
            yield problem(
                place,
                gettext_noop("%(code)s is a %(kind)s question: only choice and multiple ones can be asked"),
                code=code,
                kind=question["kind"],
            )
            return
        known = [str(choice.get("code")) for _, choice in entries(question, "choices")]
        yield from _unknown(
            condition,
            steps,
            known,
            gettext_noop("%(value)s is not a choice of %(code)s: correct it, or add it there"),
            code=code,
        )

    def _too_late(self, code: str, asking: Any) -> str:
        if code == asking:
            return gettext_noop("%(code)s depends on itself, a cycle: ask about an earlier question")
        if asking in self._reads(code):
            return gettext_noop(
                "%(code)s depends in turn on %(asking)s, a cycle: break it, by asking about earlier questions only"
            )
        return gettext_noop("%(code)s comes later: move it before this question, or ask about an earlier one")

    def _reads(self, code: str) -> set[str]:
        """Return the questions that this one depends on, directly or not."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            question = self.questions.get(waiting.pop(), {})
            new = set(_answers_read(question.get("applies_when"))) - found
            found |= new
            waiting += new
        return found


def _answers_read(condition: Any) -> Iterator[str]:
    if not isinstance(condition, dict):
        return
    if isinstance(condition.get("answer"), str):
        yield condition["answer"]
    for key in ("all", "any"):
        for _, inner in entries(condition, key):
            yield from _answers_read(inner)
    yield from _answers_read(condition.get("not"))


def _unknown(condition: Raw, steps: Steps, known: list[Any], complaint: str, **details: object) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, value in words(condition, "in", steps):
        if value not in known:
            yield problem(place_of(place), complaint, value=value, **details)
        elif value in seen:
            yield problem(place_of(place), gettext_noop("repeats %(value)s: remove it"), value=value)
        seen.add(value)
