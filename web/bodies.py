"""Bodies of requests: received whole before anybody works on them, so long at most, so slowly at most."""

import time
import weakref
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.http import HttpRequest, HttpResponse

import marks
from assessment.views import errors
from web import limits

IN_MEMORY = CHUNK = 1 << 16  # bytes


def receive(request: HttpRequest) -> HttpResponse | None:
    """Read the body to its end; return how to refuse one that doesn't come, or shouldn't, and None otherwise.

    Views then read it as ever. Under our own server it is here already (web/worker.py).
    """
    length = declared(request)
    if length is None:
        return errors.without_length(request)
    if length > limits.longest_body(marks.of(request), signed_in=settings.SESSION_COOKIE_NAME in request.COOKIES):
        return errors.too_large(request)
    return read(request, length) if length else None


def declared(request: HttpRequest) -> int | None:
    """In bytes, 0 without a body; None where only reading would tell, which is what no browser sends."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length[:20]) if length.isascii() and length.isdigit() else None


def read(request: HttpRequest, length: int) -> HttpResponse | None:
    body, began = SpooledTemporaryFile(IN_MEMORY), time.monotonic()  # noqa: SIM115 - the view reads it
    weakref.finalize(request, body.close)
    while chunk := request.read(CHUNK):
        body.write(chunk)
        if limits.BODY.is_missed(body.tell(), time.monotonic() - began):
            break
    if body.tell() < length:
        return errors.too_slow(request)
    body.seek(0)
    # As Django's own handlers begin: a stream of which nothing was read yet
    vars(request).update(_stream=body, _read_started=False)
    return None
