"""What plans of a result start from, and the plans themselves, kept in memory: a result never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Questionnaire
from assessment.maturity.plans import Plan, best_plan, least_plan
from assessment.maturity.tree import Tree, build_tree
from assessment.models import Result
from assessment.models.compiled import compiled
from assessment.rules.answers import COUNTED, engine_answer

KEPT = 256  # plans of some 50 kB; a page asks for two or three, 30 to 100 ms each


@dataclass(frozen=True, slots=True)
class Basis:
    """Equal where version, profile and answers are."""

    version_id: int
    profile: Profile
    answers_sha256: str
    questionnaire: Questionnaire = field(compare=False, repr=False)
    answers: Mapping[str, Answer] = field(compare=False, repr=False)

    def tree(self, answers: Mapping[str, Answer] | None = None) -> Tree:
        return build_tree(self.questionnaire, self.profile, self.answers if answers is None else answers)


def basis_of(result: Result) -> Basis:
    """No query once the version is compiled."""
    kept = {code: answer["value"] for code, answer in result.answers.items() if answer["state"] in COUNTED}
    profile = result.profile
    return Basis(
        version_id=result.version_id,
        profile=Profile(profile["sub_sector"], profile["size"], frozenset(profile["activities"])),
        answers_sha256=result.answers_sha256,
        questionnaire=compiled(result.version),
        answers={code: engine_answer(value) for code, value in kept.items()},
    )


@lru_cache(KEPT)
def best(basis: Basis, effort: int | None, without: frozenset[str] = frozenset()) -> Plan:
    return best_plan(basis.questionnaire, basis.profile, basis.answers, effort=effort, without=without)


@lru_cache(KEPT)
def least(basis: Basis, level: int, without: frozenset[str] = frozenset()) -> Plan | None:
    return least_plan(basis.questionnaire, basis.profile, basis.answers, level=level, without=without)
