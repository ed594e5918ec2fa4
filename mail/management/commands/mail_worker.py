"""The worker that sends what is written down to be sent, until it is stopped."""

import fcntl
import os
import signal
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from mail.worker import Worker


class Command(BaseCommand):
    help = "Send e-mails as they come, until stopped. Several may run, each with a name of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default=socket.gethostname(), help="of this worker; it keeps it when it restarts")

    def handle(self, *, name: str, **options: Any) -> None:
        lock = only_one(name)
        worker = Worker(name)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        try:
            worker.run()
        finally:
            connections.close_all()
            os.close(lock)


def only_one(name: str) -> int:
    # Two of one name would each take the other's letter for its own, left from before.
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    path = settings.DATA_DIR / f"mail-worker-{name.replace(os.sep, '-')}.lock"
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(f"A worker named {name} runs already. Give this one another name: --name") from None
    return lock
