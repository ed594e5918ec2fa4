"""Writes the reminders of assessments, and those and the digests of plans that members asked for; once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from assessment.actions.nudges import write_nudges
from assessment.actions.reminders import write_reminders


class Command(BaseCommand):
    help = "Write the e-mails about assessments and plans that are due. Run again, it writes none twice."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{write_reminders() + write_nudges()} written")
