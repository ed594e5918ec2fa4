"""Files made on request: a few at a time in each process, so that pages and saves never wait behind them."""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse

from assessment.views.errors import too_many_requests

# Files that one process makes at a time: each takes up to half a second of work.
MAKING = BoundedSemaphore(2)
PATIENCE = 0.5  # seconds


def made(request: HttpRequest, make: Callable[[], bytes], name: str, content_type: str) -> HttpResponse:
    # Make a file while a turn is left for pages (web/shedding.py); else ask to come back, at once.
    if not MAKING.acquire(timeout=PATIENCE):
        response = too_many_requests(request)
        response["Retry-After"] = "5"
        return response
    try:
        return given(make(), name, content_type)
    finally:
        MAKING.release()


def given(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name.replace(" ", "-")}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
