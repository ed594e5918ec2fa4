"""The worker: takes one letter after the other, and outlives the mail server, the database and its own death."""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, cast

import structlog
from django.db import Error, close_old_connections, transaction
from django.utils import timezone

from mail import keeping, outcomes
from mail.letters import is_over
from mail.models import Letter
from mail.tasks import hand_over, mail_server

log = structlog.get_logger("mail")
EVERY = 1.0  # seconds between two looks at an empty queue
TIDY_EVERY = 60.0
LONG = 300  # seconds of waiting that are said in the log


class ExpiredError(Exception):
    """The letter is worth nothing any more."""


class Worker:
    def __init__(self, name: str) -> None:
        self.name, self.over = name, threading.Event()
        self.is_away = False
        self.tidied: float | None = None

    def stop(self, *_signal: object) -> None:
        # After the letter that is being sent.
        self.over.set()

    def run(self) -> None:
        while not self.over.is_set():
            close_old_connections()
            if not self.step():
                self.over.wait(EVERY)

    def step(self) -> bool:
        try:
            self.tidy()
            letter = self.claim()
        except Error as error:  # away, or busy: it comes back, and so do we
            self.say_away(error)
            return False
        self.is_away = False
        if letter:
            self.send(letter)
        return letter is not None

    def say_away(self, error: Error) -> None:
        # Once, not at each look.
        if not self.is_away:
            log.error("mail_worker_without_database", error=type(error).__name__)
        self.is_away = True

    def tidy(self) -> None:
        # At the start take back what this worker held when it died; then, now and then, what others held.
        if self.tidied is None:
            keeping.take_back(at=timezone.now(), worker=self.name)
        elif time.monotonic() - self.tidied < TIDY_EVERY:
            return
        at = timezone.now()
        keeping.take_back(at=at)
        keeping.purge(at=at)
        if (seconds := keeping.oldest_wait(at=at)) > LONG:
            log.warning("mail_waits_long", seconds=seconds)
        self.tidied = time.monotonic()

    def claim(self) -> Letter | None:
        """None where nothing is due. The look comes first: on SQLite a claim would keep writers away each time."""
        due = Letter.objects.ready()
        if not due.exists():
            return None
        with transaction.atomic():
            letter = cast(Letter | None, due.get_locked())
            if letter:
                letter.claim(self.name)
        return letter

    def send(self, letter: Letter) -> None:
        taken = False
        try:
            if is_over(letter.content, timezone.now()):
                raise ExpiredError("Too late.")
            with mail_server() as connection:
                hand_over(connection, letter.content)
                # Before the server is told goodbye: whoever is killed between these two lines sends it twice
                taken = True
                store(outcomes.sent, letter)
            log.info("mail_sent", letter=str(letter.pk), attempt=letter.attempts)
        except Exception as error:
            if not taken:
                store(outcomes.not_sent, letter, error, at=timezone.now())


def store(outcome: Callable[..., None], *details: Any, **at: Any) -> None:
    # However long the database is away: what happened to a letter can't be asked again.
    while True:
        with contextlib.suppress(Error):
            return outcome(*details, **at)
        time.sleep(EVERY)
        close_old_connections()
