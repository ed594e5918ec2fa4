"""The migrated database that every test database is a copy of: to migrate takes half a minute, to copy it no time.

It is made once for a state of the migrations and models, and kept: a file in var/ on SQLite, a database named
template_maturity_… on PostgreSQL. The tests' own ``migrate`` still runs on the copy and finds nothing left to do.
``python -m tests.template`` makes the one of DATABASE_URL before there is a worker to wait for it.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from django.apps import apps
from django.conf import settings
from psycopg import sql

FOLDER = settings.BASE_DIR / "var" / "tests"
PREFIX = "template_maturity_"
MOST = 8  # of them stay: one for each branch or checkout at work, not one for every state there ever was


def sources():
    """Return the folders of all that migrating depends on: the migrations, and the models with what stands beside them."""
    folders = {Path(sys.modules[model.__module__].__file__).parent for model in apps.get_models()}
    return folders | {Path(config.path) / "migrations" for config in apps.get_app_configs()}


def fingerprint(folders):
    """Return a name for what stands in these folders, under this Django."""
    digest = hashlib.sha256(version("django").encode())
    for path in sorted({path for folder in folders for path in folder.rglob("*.py")}):
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def one_at_a_time(database):
    """The first worker makes the template, the others wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / f"{database}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(address):
    environment = os.environ | {"DATABASE_URL": address}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


@contextlib.contextmanager
def filled(name):
    """The SQLite database of this name, in memory as long as this lasts, with a copy of the template."""
    template = FOLDER / f"{fingerprint(sources())}.sqlite3"
    with one_at_a_time("sqlite"):
        if not template.exists():
            make_file(template)
    copy = sqlite3.connect(name, uri=True)
    with contextlib.closing(sqlite3.connect(template)) as source:
        source.backup(copy)
    yield
    copy.close()


def make_file(template):
    formers = sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)
    for former in formers[MOST - 1 :]:
        former.unlink()
    building = FOLDER / "building"
    for rest in FOLDER.glob("building*"):  # of a run that was stopped
        rest.unlink()
    migrate(f"sqlite:///{building}")
    with contextlib.closing(sqlite3.connect(building)) as made:
        made.execute("PRAGMA journal_mode=DELETE")  # a copy in memory cannot have a write-ahead log
    building.rename(template)


def template_database(address):
    """Return the name of a migrated database on this PostgreSQL server, to which nobody is connected."""
    name = PREFIX + fingerprint(sources())
    with one_at_a_time("postgresql"), psycopg.connect(address, autocommit=True) as server:
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [PREFIX]
        ).fetchall()
        if (name,) not in rows:
            make_database(server, address, name)
            forget(server, [former for (former,) in rows[MOST - 1 :]])
    return name


def make_database(server, address, name):
    building = f"{name}_{os.getpid()}"
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
    try:
        migrate(urlsplit(address)._replace(path=f"/{building}").geturl())
        with contextlib.suppress(psycopg.errors.DuplicateDatabase):  # another checkout in this state was faster
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, [building, name])))
    finally:
        forget(server, [building])


def forget(server, names):
    for name in names:
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


if __name__ == "__main__":
    django.setup()
    if settings.USES_SQLITE:
        with filled(":memory:"):
            pass
    else:
        template_database(settings.DATABASE_URL)
