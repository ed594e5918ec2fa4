"""The application as it is, loaded whole before the workers are forked, without a connection to the database.

Each reply names the process that gave it. One address more gives a reply as long as an export.
"""

import os

from django.db import connection
from django.urls import get_resolver

from config.wsgi import application as site
from tests.chaos.ground import LONG_REPLY

get_resolver().url_patterns  # noqa: B018
if connection.connection is not None or getattr(connection, "_connection_pools", None):
    raise RuntimeError("A database connection would be shared by the forked workers.")


def application(environ, start_response):
    if environ["PATH_INFO"] == LONG_REPLY:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return (b"a" * 10_000 for _ in range(500))

    def start(status, headers, *error):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], *error)

    return site(environ, start)
