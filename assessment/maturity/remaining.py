"""The rest of a condition once a company's profile is known."""

from collections.abc import Collection

from assessment.maturity.conditions import All, AnswerIn, AnyOf, Condition, Not, Profile, ProfileIn, evaluate


def remaining(condition: Condition | None, profile: Profile, hidden: Collection[str]) -> Condition | bool:
    """Return True or False where the profile settles it, else the part that rests on answers.

    ``hidden``: the questions that this profile never sees; an answer to one of them is in no list.
    """
    match condition:
        case None:
            return True
        case ProfileIn():
            return evaluate(condition, profile, {}) is True
        case AnswerIn(question, _):
            return condition if question not in hidden else False
        case Not(inner):
            left = remaining(inner, profile, hidden)
            return not left if isinstance(left, bool) else Not(left)
        case All(conditions):
            return _joined(False, [remaining(part, profile, hidden) for part in conditions])
        case _:
            return _joined(True, [remaining(part, profile, hidden) for part in condition.conditions])


def _joined(decisive: bool, parts: list[Condition | bool]) -> Condition | bool:
    """One ``decisive`` part settles it; the other settled parts say nothing more."""
    if decisive in parts:
        return decisive
    left = tuple(part for part in parts if not isinstance(part, bool))
    if len(left) < 2:
        return left[0] if left else not decisive
    return AnyOf(left) if decisive else All(left)
