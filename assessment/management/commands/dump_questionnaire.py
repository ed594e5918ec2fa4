from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.maturity.file.format import FormatError, dump
from assessment.models import Version
from assessment.models.compiled import compiled


class Command(BaseCommand):
    help = "Write a version of a questionnaire as a file, in its canonical form."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        # Django's own --version, which tells Django's, gives way.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("number", nargs="?", metavar="VERSION")
        parser.add_argument("--version", metavar="VERSION", help="the same, by its name")

    def handle(self, *, code: str, number: str | None = None, version: str | None = None, **options: Any) -> None:
        version = version or number
        if version is None:
            raise CommandError("Say which version.")
        stored = (
            Version.objects.select_related("questionnaire").filter(questionnaire__code=code, number=version).first()
        )
        if stored is None:
            raise CommandError(f"There is no version {version} of the questionnaire {code}.")
        try:
            self.stdout.write(dump(compiled(stored)), ending="")
        except FormatError as error:
            problems = "\n".join(map(str, error.problems))
            raise CommandError(f"This draft can't be written as a file yet:\n{problems}") from None
