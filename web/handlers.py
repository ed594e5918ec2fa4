"""Types of middleware: the handler that each is given, and the request as it leaves it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from web.sessions import SessionStore

GetResponse = Callable[[HttpRequest], HttpResponse]


class OurRequest(HttpRequest):
    """A type, never made: a request with what our middleware notes on it."""

    id: str
    refused: dict[str, str]  # by the logs' filter
    session: SessionStore
    time_left: dict[str, int] | None
