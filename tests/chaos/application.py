"""The application as it is, loaded whole before the workers are forked, without a connection to the database.

Each reply names the process that gave it.
"""

import os

from django.db import connection
from django.urls import get_resolver

from config.wsgi import application as site

get_resolver().url_patterns  # noqa: B018
if connection.connection is not None or getattr(connection, "_connection_pools", None):
    raise RuntimeError("A database connection would be shared by the forked workers.")


def application(environ, start_response):
    def start(status, headers, *error):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], *error)

    return site(environ, start)
