"""Where a word still is: every column of every table, what sessions and the cache hold once decoded, every file."""

import base64
import pickle
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection


def places_of(word, *, media):
    """Return the places, as "table.column", sorted, each once."""
    return sorted({*in_tables(word), *in_sessions(word), *in_cache(word), *in_files(word, media)})


def in_tables(word):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if holds(value, word):
                        yield f"{table}.{name}"


def holds(value, word):
    text = value.decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
    return word.lower() in text.lower()


def in_sessions(word):
    yield from ("django_session.session_data" for kept in Session.objects.all() if holds(kept.get_decoded(), word))


def in_cache(word):
    with connection.cursor() as cursor:
        if "cache" not in connection.introspection.table_names(cursor):
            return
        cursor.execute("SELECT value FROM cache")
        for (value,) in cursor.fetchall():
            if holds(pickle.loads(base64.b64decode(value)), word):
                yield "cache.value"


def in_files(word, media):
    for file in Path(media).rglob("*"):
        if holds(file.name, word) or (file.is_file() and holds(file.read_bytes(), word)):
            yield "media"
