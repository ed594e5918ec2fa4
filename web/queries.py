"""Query strings without a null, which no text of a database takes."""

from django.http import HttpRequest, HttpResponse

from web.handlers import GetResponse


class NoNullMiddleware:
    """Leave a null character out of the query string: PostgreSQL takes it in no text, and nobody looks for one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        while "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)
