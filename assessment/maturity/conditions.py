"""Conditions on a company's profile and on earlier answers, in three-valued logic."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

ProfileKey = Literal["sub_sector", "size", "activities"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What conditions may know of a company."""

    sub_sector: str | None = None
    size: str | None = None
    activities: frozenset[str] = frozenset()

    def values(self, key: ProfileKey) -> Collection[str]:
        if key == "activities":
            return self.activities
        value = self.sub_sector if key == "sub_sector" else self.size
        return () if value is None else (value,)


@dataclass(frozen=True, slots=True)
class All:
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class ProfileIn:
    key: ProfileKey
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerIn:
    question: str
    choices: tuple[str, ...]


Condition = All | AnyOf | Not | ProfileIn | AnswerIn

# The codes chosen at each earlier question: none where it is unknown, not applicable or hidden, None where unanswered.
Chosen = Mapping[str, Collection[str] | None]


def evaluate(condition: Condition, profile: Profile, chosen: Chosen) -> bool | None:
    """Return True or False, or None where an unanswered question leaves it open."""
    match condition:
        case ProfileIn(key, values):
            return any(value in values for value in profile.values(key))
        case AnswerIn(question, choices):
            codes = chosen[question]
            return None if codes is None else any(code in choices for code in codes)
        case Not(inner):
            value = evaluate(inner, profile, chosen)
            return None if value is None else not value
        case All(conditions):
            return _first_or_open(False, (evaluate(part, profile, chosen) for part in conditions))
        case _:
            return _first_or_open(True, (evaluate(part, profile, chosen) for part in condition.conditions))


def as_data(condition: Condition) -> dict[str, Any]:
    """Return the condition as a questionnaire file writes it."""
    match condition:
        case ProfileIn(key, values):
            return {"profile": key, "in": list(values)}
        case AnswerIn(question, choices):
            return {"answer": question, "in": list(choices)}
        case Not(inner):
            return {"not": as_data(inner)}
        case All(conditions):
            return {"all": [as_data(part) for part in conditions]}
        case _:
            return {"any": [as_data(part) for part in condition.conditions]}


def from_data(data: Mapping[str, Any]) -> Condition:
    """Undo ``as_data``; what a file may say there, its shape has checked."""
    match data:
        case {"profile": key, "in": values}:
            return ProfileIn(key, tuple(values))
        case {"answer": question, "in": choices}:
            return AnswerIn(question, tuple(choices))
        case {"not": inner}:
            return Not(from_data(inner))
        case {"all": parts}:
            return All(tuple(map(from_data, parts)))
        case _:
            return AnyOf(tuple(map(from_data, data["any"])))


def _first_or_open(decisive: bool, values: Iterable[bool | None]) -> bool | None:
    """One ``decisive`` value settles it; failing that, an open one leaves it open."""
    is_open = False
    for value in values:
        if value is decisive:
            return decisive
        is_open = is_open or value is None
    return None if is_open else not decisive


def depends_on(condition: Condition | None) -> set[str]:
    """Return the codes of the questions whose answers the condition reads."""
    match condition:
        case AnswerIn(question, _):
            return {question}
        case Not(inner):
            return depends_on(inner)
        case All(conditions) | AnyOf(conditions):
            return set().union(*(depends_on(part) for part in conditions))
        case _:
            return set()
