"""What no query string of ours holds."""

from django.core.exceptions import SuspiciousOperation


class NoNullMiddleware:
    """Refuse a null character in the query string: PostgreSQL takes it in no text, and no page of ours writes one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("null character in the query string")
        return self.get_response(request)
