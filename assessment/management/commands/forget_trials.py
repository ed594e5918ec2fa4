"""Delete the trials that nobody claimed within a week."""

from typing import Any

from django.core.management.base import BaseCommand

from assessment.actions.trials import forget_trials


class Command(BaseCommand):
    help = "Delete the trials without an account that are more than a week old."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_trials()} trials deleted")
