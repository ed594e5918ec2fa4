"""Time limits of PostgreSQL statements: a page has seconds, an export of everything needs more."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connection

from assessment.models.sql import first_row


@contextmanager
def unhurried() -> Iterator[None]:
    # Set on the connection and set back: a transaction would stay open for as long as a slow client reads.
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


def unhurry_transaction() -> None:
    """Until the transaction ends, its statements have 30 s and nobody minds how long it idles between them."""
    if connection.vendor == "postgresql":
        first_row(
            "SELECT set_config('idle_in_transaction_session_timeout', '0', true),"
            " set_config('statement_timeout', '30s', true)"
        )
