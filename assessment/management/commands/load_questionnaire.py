from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from assessment.actions.loading import Effect, Loading, foresee, load
from assessment.actions.questionnaire import publish
from assessment.maturity.differences import Difference
from assessment.maturity.file.format import FormatError
from assessment.maturity.file.format import load as read


class Command(BaseCommand):
    help = "Import a questionnaire file as a draft. The same file again does nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish it at once")
        parser.add_argument("--check", action="store_true", help="write nothing, list the problems")
        parser.add_argument("--replace-draft", action="store_true", help="where a draft of this number says otherwise")
        parser.add_argument(
            "--correct-texts", action="store_true", help="where the published version differs in its texts alone"
        )

    def handle(self, *, file: Path, check: bool, **options: Any) -> None:
        try:
            loading = foresee(read(self.text_of(file)))
        except FormatError as error:
            for problem in error.problems:
                self.stderr.write(f"{file}: {problem}")
            raise CommandError(f"{file}: problems to correct: {len(error.problems)}") from None
        self.refuse(loading, **options)
        if check:
            self.stdout.write(f"{file}: no problem. Loading it would mean: {loading.effect.value}.")
            return
        self.do(loading, publish_too=options["publish"])

    def text_of(self, file: Path) -> str:
        try:
            return file.read_bytes().decode()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except UnicodeDecodeError as error:
            raise CommandError(f"{file}: byte {error.start + 1} is not UTF-8: save the file as UTF-8") from None

    def refuse(self, loading: Loading, *, replace_draft: bool, correct_texts: bool, **options: Any) -> None:
        name, advice = f"Version {loading.definition.version} of {loading.definition.code}", None
        if loading.effect is Effect.REFUSED:
            advice = f"{name} is published and says otherwise: give the file a new version number."
        if loading.effect is Effect.DRAFT and not replace_draft:
            advice = f"{name} is a draft that says otherwise: give the file a new number, or use --replace-draft."
        if loading.effect is Effect.TEXTS and not correct_texts:
            advice = f"{name} is published and differs in its texts alone: correct them there by --correct-texts."
        if advice:
            for difference in loading.differences:
                self.stderr.write(in_words(difference))
            raise CommandError(advice)

    @transaction.atomic
    def do(self, loading: Loading, *, publish_too: bool) -> None:
        version = load(loading)
        self.stdout.write(f"{version}: {loading.effect.value}.")
        if publish_too and version.is_draft:
            version = publish(version=version)
            self.stdout.write(f"{version}: published, {version.checksum}.")


def in_words(difference: Difference) -> str:
    part = f"{difference.kind} {difference.code}".strip()
    if difference.field:
        return f"{part}: {difference.field} differs"
    return f"{part}: {'added' if difference.before is None else 'removed'}"
