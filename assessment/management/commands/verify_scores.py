"""Compute every stored result again, and say where anything differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment.rules.verification import verify_all


class Command(BaseCommand):
    help = "Compute every stored result again from its stored answers and report each difference (exit status 1)."

    def handle(self, *args: Any, **options: Any) -> None:
        checked = differences = 0
        for result, found in verify_all():
            checked += 1
            for difference in found:
                differences += 1
                self.stderr.write(f"result {result.pk} ({result.assessment_id}): {difference}")
        self.stdout.write(f"{checked} results checked, {differences} differences")
        if differences:
            raise CommandError("Stored results differ from what their answers give.", returncode=1)
