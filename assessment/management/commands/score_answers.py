"""Scores answers files with a questionnaire file: no account, no database, the same figures as everywhere else."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.management.base import BaseCommand

from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.file.format import FormatError, Problem, load
from assessment.maturity.scoring import score

Read = TypeVar("Read")


class Command(BaseCommand):
    help = "Score answers files: one line of JSON each. Nothing is stored, no database is needed."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("questionnaire", type=Path, metavar="QUESTIONNAIRE.yaml")
        parser.add_argument("answers", type=Path, nargs="+", metavar="ANSWERS.json")

    def handle(self, *, questionnaire, answers, **options):
        definition = self.read(questionnaire, load)
        if definition is not None:
            loaded = [self.read(path, lambda text: load_answers(text, definition)) for path in answers]
        if definition is None or None in loaded:
            sys.exit(1)
        for profile, given in loaded:
            self.stdout.write(json.dumps(score(definition, profile, given).to_json()))

    def read(self, path: Path, parse: Callable[[str], Read]) -> Read | None:
        """Return what the file says, or None after saying what is wrong with it, one line a problem."""
        try:
            return parse(path.read_text(encoding="utf-8"))
        except FormatError as error:
            problems = error.problems
        except UnicodeDecodeError as error:
            problems = [Problem(f"byte {error.start + 1}", "is not UTF-8: save the file as UTF-8")]
        except OSError as error:
            problems = [Problem("the file", f"can't be read ({error.strerror}): check its name and rights")]
        for problem in problems:
            self.stderr.write(f"{path}: {problem}")
        return None
