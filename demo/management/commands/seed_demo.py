import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.models import Version
from demo import seeding
from demo.logins import LOGINS, PASSWORD
from demo.usecases import seed_use_cases


class Command(BaseCommand):
    help = "Make fictional companies, with answers and results, and the demonstration's logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--companies", type=int, default=40, help="how many there shall be (default 40)")
        parser.add_argument("--seed", default="2026", help="another seed, other companies (default 2026)")

    def handle(self, *, companies: int, seed: str, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Fictional companies and known passwords have no place in production.")
        started = time.monotonic()
        try:
            added = seeding.seed(companies=companies, seed=seed, progress=self.say)
        except Version.DoesNotExist as error:
            raise CommandError(error) from None
        told = seed_use_cases()
        seconds = time.monotonic() - started
        self.stdout.write(f"{added} fictional companies and {told} use cases added in {seconds:.1f} s.")
        self.stdout.write(f"\nSign in with the password {PASSWORD}:")
        for login in LOGINS:
            self.stdout.write(f"  {login.email:24} {login.what}")

    def say(self, done: int, total: int) -> None:
        if total > 1000 and done % 1000 == 0:
            self.stdout.write(f"{done} of {total} companies…")
            self.stdout.flush()
