"""Requests refused for what they hold: a null in the address, a number that no column takes, endless structures."""

import structlog
from django.db import DataError

from assessment.views.errors import bad_request

TOO_BIG = (OverflowError, RecursionError, DataError)
log = structlog.get_logger("request")


class BoundedMiddleware:
    """Answer 400 to what passed every form and is too big or too deep to be read or stored; nothing of it was kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, TOO_BIG) and "for integer string conversion" not in str(exception):
            return None
        log.warning("request_too_big", path=request.path, error=type(exception).__name__)
        return bad_request(request, exception)


class NoNullMiddleware:
    """Leave a null character out of the query string: PostgreSQL takes it in no text, and nobody looks for one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        while "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)
