"""Plans the next steps of one answers file: no account, no database, the same plan as on the site."""

import json
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.reading import read
from assessment.maturity.conditions import Profile
from assessment.maturity.definition import Questionnaire
from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.format import load
from assessment.maturity.plans import Plan, best_plan, least_plan
from assessment.maturity.states import Answers, missing, states


def whole_effort(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError("give a whole number, 0 or more")
    return int(text)


class Command(BaseCommand):
    help = "Print the best plan for an answers file as one line of JSON. Nothing is stored, no database is needed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("questionnaire", type=Path, metavar="QUESTIONNAIRE.yaml")
        parser.add_argument("answers", type=Path, metavar="ANSWERS.json")
        goal = parser.add_mutually_exclusive_group()
        goal.add_argument("--effort", type=whole_effort, metavar="N", help="the most that the plan may take")
        goal.add_argument("--level", type=int, metavar="L", help="the level to reach with the least effort")

    def handle(
        self, *, questionnaire: Path, answers: Path, effort: int | None, level: int | None, **options: Any
    ) -> None:
        definition = read(questionnaire, load, self.stderr)
        if definition is None:
            sys.exit(1)
        loaded = read(answers, lambda text: load_answers(text, definition), self.stderr)
        if loaded is None:
            sys.exit(1)
        self.refuse_incomplete(answers, definition, *loaded)
        if level is None:
            plan = best_plan(definition, *loaded, effort=effort)
        else:
            plan = self.least(questionnaire, answers, definition, loaded, level)
        self.stdout.write(json.dumps(plan.to_json()))

    def refuse_incomplete(self, path: Path, definition: Questionnaire, profile: Profile, given: Answers) -> None:
        unanswered = missing(definition, states(definition, profile, given))
        for code in unanswered:
            self.stderr.write(f"{path}: {code}: has no answer: a plan starts from complete answers, add it")
        if unanswered:
            sys.exit(1)

    def least(
        self,
        questionnaire: Path,
        answers: Path,
        definition: Questionnaire,
        loaded: tuple[Profile, Answers],
        level: int,
    ) -> Plan:
        numbers = [known.number for known in definition.levels]
        if level not in numbers:
            self.stderr.write(f"{questionnaire}: level {level}: is not a level: choose among {numbers}")
            sys.exit(1)
        plan = least_plan(definition, *loaded, level=level)
        if plan is None:
            self.stderr.write(f"{answers}: level {level}: no plan reaches it: choose a lower one")
            sys.exit(1)
        return plan
