"""Delete the accounts whose address nobody confirmed."""

from typing import Any

from django.core.management.base import BaseCommand

from assessment.actions.people import forget_unproved


class Command(BaseCommand):
    help = "Delete the sign-ups that were not confirmed within a week, which frees their addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_unproved()} unconfirmed accounts deleted")
