"""What every harness stands on: an empty database, the real server on it, and Django here on the same database."""

import contextlib
import os
import secrets
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.load.client import Connection, request
from tests.load.servers import BIN, ROOT, free_port

APPLICATION = "tests.chaos.application:application"
LONG_REPLY = "/long-reply"  # of that application, as long as an export


@dataclass
class Ground:
    folder: Path
    environment: dict
    cluster: object = None  # the private PostgreSQL, for the harness that stops it

    @contextlib.contextmanager
    def serving(self, application=APPLICATION, *, ready="/readyz", options=()):
        server = Server(application, self.environment, self.folder, options)
        try:
            server.start()
            server.wait(ready)
            yield server
        finally:
            server.kill()

    @property
    def log(self):
        return (self.folder / "server.log").read_text(errors="replace")


class Server:
    """The real application server with two workers and its own settings, in a process group of its own.

    The code is loaded before the workers are forked, so that one killed is back at once; no database connection is
    (tests/chaos/application.py makes sure).
    """

    def __init__(self, application, environment, folder, options=()):
        self.port, self.folder = free_port(), folder
        sizes = ["--preload", "--workers", "2", "--bind", f"127.0.0.1:{self.port}"]
        self.command = [str(BIN / "gunicorn"), "--config", "config/gunicorn.py", *sizes, *options, application]
        self.environment = os.environ | environment
        self.process = None

    def start(self):
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self, path="/readyz"):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError, EOFError):
                connection = Connection(self.port)
                status = connection.ask(request("GET", path)).status
                connection.close()
                if status == 200:
                    return
            time.sleep(0.05)
        # Not an error that a harness takes for a fault: a broken build that doesn't start would look caught
        raise TimeoutError("The server did not come up. " + (self.folder / "server.log").read_text()[-3000:])

    @property
    def workers(self):
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill_workers(self):
        """SIGKILL to every worker at once; the main process forks others."""
        for worker in self.workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextlib.contextmanager
def ground(database, *, cluster=None):
    """Set Django up, here and for the server, on the empty database at this address."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = Path(name)
        (folder / "static").mkdir()
        environment = environment_for(folder, database or f"sqlite:///{folder}/chaos.sqlite3")
        os.environ.update(environment)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from tests import template

        if not database:
            with template.filled(f"{folder}/chaos.sqlite3"):
                pass
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        try:
            yield Ground(folder, environment, cluster)
        finally:
            connections.close_all()
            if not environment["DATABASE_URL"].startswith("sqlite"):
                connections["default"].close_pool()


def environment_for(folder, database):
    return {
        "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SIGNING_KEY": secrets.token_urlsafe(32),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "https://127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "WARNING",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
    }


@contextlib.contextmanager
def database_on(server):
    """Give the address of a database made on the PostgreSQL server, and dropped afterwards."""
    import psycopg

    name = f"chaos_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
