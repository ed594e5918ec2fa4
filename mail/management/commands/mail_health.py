"""Health of the mail: how long the oldest letter waits, as a line of JSON and an exit status."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mail.keeping import oldest_wait
from mail.models import Letter


class Command(BaseCommand):
    help = (
        "Tell how many e-mails wait, for how long, and how many could not be sent. Exit status 1: one waits too long."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=int, default=600, help="longest wait that is no fault")

    def handle(self, *, seconds: int, **options: Any) -> None:
        oldest = oldest_wait(at=timezone.now())
        told = {"waiting": Letter.objects.unsent().count(), "oldest": oldest, "dead": Letter.objects.dead().count()}
        self.stdout.write(json.dumps(told))
        if oldest > seconds:
            sys.exit(1)
