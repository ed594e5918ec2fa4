"""The application as it is, loaded whole before the workers are forked, without a connection to the database."""

from django.db import connection
from django.urls import get_resolver

from config.wsgi import application

get_resolver().url_patterns  # noqa: B018
if connection.connection is not None or getattr(connection, "_connection_pools", None):
    raise RuntimeError("A database connection would be shared by the forked workers.")

__all__ = ["application"]
