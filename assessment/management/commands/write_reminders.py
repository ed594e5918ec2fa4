"""Writes the reminders and weekly digests of plans that members asked for; to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from assessment.actions.reminders import write_reminders


class Command(BaseCommand):
    help = "Write the e-mails about plans that are due today. Run again the same day, it writes none twice."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{write_reminders()} written")
