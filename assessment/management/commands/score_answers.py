"""Scores answers files with a questionnaire file: no account, no database, the same figures as everywhere else."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.reading import read
from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.format import load
from assessment.maturity.scoring import score


class Command(BaseCommand):
    help = "Score answers files: one line of JSON each. Nothing is stored, no database is needed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("questionnaire", type=Path, metavar="QUESTIONNAIRE.yaml")
        parser.add_argument("answers", type=Path, nargs="+", metavar="ANSWERS.json")

    def handle(self, *, questionnaire: Path, answers: list[Path], **options: Any) -> None:
        definition = read(questionnaire, load, self.stderr)
        if definition is not None:
            loaded = [read(path, lambda text: load_answers(text, definition), self.stderr) for path in answers]
        if definition is None or None in loaded:
            sys.exit(1)
        for profile, given in filter(None, loaded):
            self.stdout.write(json.dumps(score(definition, profile, given).to_json()))
