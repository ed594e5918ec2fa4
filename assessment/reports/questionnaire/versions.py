"""The published versions of the questionnaire, and what each changed: for anybody who compares two results."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.maturity.definition import Question, Questionnaire, Text
from assessment.maturity.differences import Difference, differences
from assessment.models import Version
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.conditions import in_words
from assessment.reports.questionnaire.reasons import Reasons, reasons
from assessment.reports.questionnaire.values import written
from assessment.rules.words import in_language

FIELDS = {
    "title": gettext_lazy("title"),
    "introduction": gettext_lazy("introduction"),
    "description": gettext_lazy("description"),
    "text": gettext_lazy("text"),
    "help": gettext_lazy("help"),
    "next_step": gettext_lazy("next step"),
    "obligation": gettext_lazy("obligation"),
    "effort": gettext_lazy("effort"),
    "targets": gettext_lazy("targets"),
    "format": gettext_lazy("format"),
    "unit": gettext_lazy("unit"),
    "weight": gettext_lazy("weight"),
    "points": gettext_lazy("points"),
    "cap": gettext_lazy("most points"),
    "bands": gettext_lazy("thresholds"),
    "minimum": gettext_lazy("smallest figure"),
    "maximum": gettext_lazy("largest figure"),
    "aggregation": gettext_lazy("aggregation"),
    "applies_when": gettext_lazy("asked if"),
    "kind": gettext_lazy("kind of answer"),
    "express": gettext_lazy("part of the express path"),
    "required": gettext_lazy("required"),
    "exclusive": gettext_lazy("chosen alone"),
    "allow_unknown": gettext_lazy("“I don’t know” allowed"),
    "allow_not_applicable": gettext_lazy("“Not applicable” allowed"),
    "unknown_policy": gettext_lazy("what “I don’t know” is worth"),
    "reads_as": gettext_lazy("reading in another model"),
    "frames": gettext_lazy("other models"),
    "profile": gettext_lazy("profile"),
    "languages": gettext_lazy("languages"),
    "start": gettext_lazy("from which score"),
    "every_dimension_at_least": gettext_lazy("every dimension at least"),
}
# That they changed is worth saying; their content would say nothing to a reader.
UNSHOWN = {"reads_as", "frames", "profile", "targets"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    name: str
    before: str  # both "" where it is only worth saying that it changed
    after: str


@dataclass(frozen=True, slots=True)
class PartChange:
    title: str
    fields: list[FieldChange]
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A question that came or went; ``reason`` is None where nobody wrote one."""

    question: Question
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Changes:
    added: list[Listed]
    removed: list[Listed]
    questions: list[PartChange]  # questions that stayed, with their choices
    others: list[PartChange]  # levels, dimensions, capabilities and the questionnaire itself
    reasons: Reasons

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.questions or self.others)


@dataclass(frozen=True, slots=True)
class Entry:
    version: Version
    questionnaire: Questionnaire
    changes: Changes | None  # None for the first version


def history() -> list[Entry]:
    """Return the published and retired versions, the newest first; one query once they are compiled."""
    versions = Version.objects.exclude(status=Version.Status.DRAFT).select_related("questionnaire")
    entries: list[Entry] = []
    before: dict[int, Questionnaire] = {}
    for version in versions.order_by("published_at", "pk"):
        now = compiled(version)
        earlier = before.get(version.questionnaire_id)
        entries.append(Entry(version, now, None if earlier is None else changes(earlier, now)))
        before[version.questionnaire_id] = now
    return entries[::-1]


def changes(old: Questionnaire, new: Questionnaire) -> Changes:
    return _Comparison(old, new).changes()


class _Comparison:
    def __init__(self, old: Questionnaire, new: Questionnaire) -> None:
        self.old, self.new = old, new
        self.differences = differences(old, new)
        self.reasons = reasons(new)

    def changes(self) -> Changes:
        return Changes(
            added=self.only_in(self.new, self.old),
            removed=self.only_in(self.old, self.new),
            questions=self.of_questions(),
            others=self.of_others(),
            reasons=self.reasons,
        )

    def only_in(self, one: Questionnaire, other: Questionnaire) -> list[Listed]:
        questions = [question for question in one.questions if not other.has_question(question.code)]
        return [Listed(question, self.reason_for(question)) for question in questions]

    def reason_for(self, question: Question) -> Text | None:
        return self.reasons.questions.get(question.code)

    def of_questions(self) -> list[PartChange]:
        stayed = [question for question in self.new.questions if self.old.has_question(question.code)]
        parts = [
            PartChange(in_language(question.text), self.of_question(question), self.reason_for(question))
            for question in stayed
        ]
        return [part for part in parts if part.fields]

    def of_question(self, question: Question) -> list[FieldChange]:
        own = [
            difference
            for difference in self.differences
            if difference.kind == "question" and difference.code == question.code
        ]
        choices = [
            difference
            for difference in self.differences
            if difference.kind == "choice" and difference.code.partition("/")[0] == question.code
        ]
        shown = [difference for difference in choices if difference.field != "effort"]
        judged = [FieldChange(str(FIELDS["effort"]), "", "")] if len(shown) < len(choices) else []
        return [
            *self.fields(own),
            *(change for difference in shown for change in self.of_choice(question, difference)),
            *judged,
        ]

    def of_choice(self, question: Question, difference: Difference) -> list[FieldChange]:
        code = difference.code.partition("/")[2]
        if difference.field is None:
            added = difference.before is None
            text = in_language((difference.after if added else difference.before)["text"])
            name = _("answer added") if added else _("answer removed")
            return [FieldChange(name, "" if added else text, text if added else "")]
        text = in_language(question.choice(code).text)
        named = _("%(field)s of the answer “%(answer)s”")
        return [
            FieldChange(named % {"field": change.name, "answer": text}, change.before, change.after)
            for change in self.fields([difference])
        ]

    def of_others(self) -> list[PartChange]:
        kinds = {"questionnaire", "level", "dimension", "capability"}
        places = dict.fromkeys(
            (difference.kind, difference.code) for difference in self.differences if difference.kind in kinds
        )
        parts = [self.of_other(kind, code) for kind, code in places]
        return [part for part in parts if part.fields]

    def of_other(self, kind: str, code: str) -> PartChange:
        matching = [one for one in self.differences if (one.kind, one.code) == (kind, code)]
        if matching[0].field is not None:
            return PartChange(self.name_of(self.new, kind, code), self.fields(matching))
        added = matching[0].before is None
        name = self.name_of(self.new if added else self.old, kind, code)
        return PartChange(name, [FieldChange(_("added") if added else _("removed"), "", "")])

    def name_of(self, questionnaire: Questionnaire, kind: str, code: str) -> str:
        match kind:
            case "questionnaire":
                return _("The questionnaire")
            case "level":
                level = questionnaire.level(int(code))
                return _("Level %(number)s, %(title)s") % {"number": code, "title": in_language(level.title)}
            case "dimension":
                return _("Dimension “%(title)s”") % {"title": in_language(questionnaire.dimension(code).title)}
            case _:
                return _("Capability “%(title)s”") % {"title": in_language(questionnaire.capability(code).title)}

    def fields(self, differences: Iterable[Difference]) -> list[FieldChange]:
        # Leave out lists of the parts below, which say themselves that they came or went.
        return [self.field(one) for one in differences if one.field in FIELDS]

    def field(self, difference: Difference) -> FieldChange:
        name = str(FIELDS[cast(str, difference.field)])
        if difference.field in UNSHOWN:
            return FieldChange(name, "", "")
        before = self.shown(difference.before, self.old)
        after = self.shown(difference.after, self.new)
        if before == after:  # corrected in another language than the reader's
            return FieldChange(_("%(field)s, in another language") % {"field": name}, "", "")
        return FieldChange(name, before, after)

    def shown(self, value: Any, questionnaire: Questionnaire) -> str:
        if isinstance(value, Mapping):
            return in_language(value)
        return written(
            value,
            nothing="–",
            condition=lambda condition: in_words(condition, questionnaire),
            band=lambda start, points: _("from %(start)s: %(points)s") % {"start": start, "points": points},
        )
