"""Time limits of PostgreSQL statements: a page has seconds, an export of everything needs more."""

from contextlib import contextmanager, suppress

import psycopg
from django.db import connection


@contextmanager
def unhurried():
    """Set on the connection and set back: a transaction would stay open for as long as a slow client reads."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    server = connection.connection
    server.execute("SET statement_timeout = '30s'")
    try:
        yield
    finally:
        # A connection that broke takes the setting with it
        with suppress(psycopg.Error):
            server.execute("RESET statement_timeout")
