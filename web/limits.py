"""Limits of a request's size and pace: the same for the server, which waits for it, and for Django."""

import math
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings

import marks

# The longest that is sent: a workbook or a picture of 5 MB, with the form around it
SIGNED_IN = 10_000_000  # bytes
# To sign in, by a passkey too, to choose a language, to accept an invitation
STRANGER = 64_000


def longest_body(page: marks.Marks, *, signed_in: bool) -> int:
    """In bytes; whether the cookie that says so is worth anything costs a look at the database, and comes later."""
    return SIGNED_IN if signed_in else max(STRANGER, page.receives)


def longest_body_by_head(head: bytes | bytearray) -> int:
    signed_in = f"{settings.SESSION_COOKIE_NAME}=".encode() in head
    target = bytes(head[: head.find(b"\r\n")]).split(b" ")[1:2] or [b""]
    page = marks.of_path(unquote(target[0].partition(b"?")[0].decode("latin-1")))
    return longest_body(page, signed_in=signed_in)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many bytes a second once a grace is over, and so many seconds in all."""

    rate: int = 0
    grace: float = 0
    total: float = math.inf

    def is_missed(self, moved: int, seconds: float) -> bool:
        """Whether ``moved`` bytes are too few for the seconds that passed."""
        return seconds > self.total or moved < self.rate * (seconds - self.grace)


# An answer is a packet or two, lost now and then; a workbook of 5 MB takes five minutes at 17 kB a second
BODY = Pace(rate=500, grace=10, total=300)
HEAD = Pace(total=10)
# The time costs nobody anything: what the reader hasn't taken waits in a file
REPLY = Pace(rate=500, grace=30)
