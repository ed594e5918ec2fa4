"""Scores plain data through the engine."""

from assessment.maturity.answers import Answer
from assessment.maturity.conditions import Profile
from assessment.maturity.file.format import load_document
from assessment.maturity.scoring import score


def read_profile(profile):
    return Profile(profile.get("sub_sector"), profile.get("size"), frozenset(profile.get("activities", ())))


def read_answers(answers):
    return {code: Answer.from_json(answer) for code, answer in answers.items()}


def scored(document, profile, answers):
    return score(load_document(document), read_profile(profile), read_answers(answers))


def scored_json(document, profile, answers):
    return scored(document, profile, answers).to_json()
