"""A connection as the server sees it: the request that arrives, the reply that leaves, how long each may take."""

import contextlib
import re
import socket
from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from web import limits

IN_MEMORY = 1 << 16  # bytes; what is longer goes to a file
CHUNK = 1 << 16
LONGEST_HEAD = 1 << 15
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*(?=\r\n)", re.IGNORECASE)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class Stage(Enum):
    """What a connection waits for its client to do."""

    IDLE = auto()
    HEAD = auto()
    BODY = auto()
    REPLY = auto()
    LEAVING = auto()


PACES = {
    Stage.HEAD: limits.HEAD,
    Stage.BODY: limits.BODY,
    Stage.REPLY: limits.REPLY,
    # Closed at once, the reply would be thrown away by a client that is still sending (RFC 9112, 9.6)
    Stage.LEAVING: limits.Pace(total=10),
}


class Reply:
    """Stands for the socket where gunicorn writes: sends what the reader takes at once, and keeps the rest.

    Nobody ever waits here. A thread writes while it serves; afterwards the worker's loop sends what was kept.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.begin, self.end = connection, 0, 0
        self.kept: SpooledTemporaryFile[bytes] | None = None

    def sendall(self, data: bytes) -> None:
        if self.begin == self.end:
            data = data[self.take(data) :]
        if data:
            self.keep(data)
            self.flush()

    def take(self, data: bytes) -> int:
        """Return how many bytes the reader took."""
        try:
            return self.connection.send(data)
        except BlockingIOError:
            return 0

    def keep(self, data: bytes) -> None:
        if self.kept is None:
            self.kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it is empty
        self.kept.seek(self.end)
        self.end += self.kept.write(data)

    def flush(self) -> int:
        # Send what the reader takes now; return how many bytes that were, and forget the file once it is empty.
        before, taken = self.begin, 1
        while self.begin < self.end and taken:
            kept = cast(SpooledTemporaryFile[bytes], self.kept)
            kept.seek(self.begin)
            taken = self.take(kept.read(CHUNK))
            self.begin += taken
        sent = self.begin - before
        if self.begin == self.end:
            self.forget()
        return sent

    @property
    def is_sent(self) -> bool:
        return self.begin == self.end

    def forget(self) -> None:
        if self.kept:
            self.kept.close()
        self.kept, self.begin, self.end = None, 0, 0

    # What gunicorn also asks of a socket, for an error's page or after one. The worker's loop closes it

    def gettimeout(self) -> float:
        return 0.0

    def recv(self, size: int) -> bytes:
        return b""

    def setblocking(self, flag: object) -> None:
        """It never blocks."""

    settimeout = shutdown = setblocking

    def close(self) -> None:
        """The worker's loop does that, when the reply is read."""


class Connection:
    """One client's; ``limit(head)`` says how many bytes of a body are waited for."""

    # gunicorn's thread looks at these before it serves
    initialized = data_ready = True
    is_http2 = False

    def __init__(
        self,
        accepted: socket.socket,
        client: Any,
        server: Any,
        *,
        limit: Callable[[bytes | bytearray], int],
        now: float,
    ) -> None:
        accepted.setblocking(False)
        self.socket, self.client, self.server, self.limit = accepted, client, server, limit
        self.sock = self.reply = Reply(accepted)
        self.surplus, self.is_kept, self.since, self.moved = b"", False, now, 0
        self.parser: Any = None
        self.body: SpooledTemporaryFile[bytes] | None = None
        self.stage: Stage | None = None
        self.length: int | None = None
        self.expect_request(now)

    def init(self) -> None:
        """Nothing is left to do in the thread: the request is here."""

    def expect_request(self, now: float) -> None:
        # Begin anew, with what came after the request before.
        self.head, self.searched = bytearray(self.surplus), 0
        self.length, self.arrived, self.is_told, self.surplus = None, 0, True, b""
        self.enter(Stage.HEAD if self.head else Stage.IDLE, now)

    def enter(self, stage: Stage, now: float) -> None:
        # Note when a stage began; entered again, it goes on.
        if stage is not self.stage:
            self.stage, self.since, self.moved = stage, now, 0

    def receive(self, data: bytes) -> None:
        self.moved += len(data)
        if self.length is None:
            self.head += data
        else:
            self.keep(data)

    def has_head(self, now: float) -> bool:
        """Cut the head off what came, once its end did; costs what is new."""
        if self.length is None:
            end = self.head.find(b"\r\n\r\n", max(0, self.searched - 3))
            self.searched = len(self.head)
            if end >= 0:
                self.cut(end + 4, now)
            elif self.head:
                self.enter(Stage.HEAD, now)
        return self.length is not None

    def cut(self, end: int, now: float) -> None:
        # Only how much to wait for is decided here: gunicorn's parser reads the head again, and has the last word.
        rest = bytes(self.head[end:])
        del self.head[end:]
        declared = sum(int(digits) for digits in LENGTH.findall(self.head))
        # What is refused by its head alone isn't waited for
        self.length = declared if not declared or declared <= self.limit(self.head) else 0
        self.is_told = not (self.length and EXPECTS.search(self.head))
        self.enter(Stage.BODY, now)
        self.receive(rest)

    def keep(self, data: bytes) -> None:
        wanted = cast(int, self.length) - self.arrived
        if data[:wanted]:
            self.body = self.body or SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was served
            self.arrived += self.body.write(data[:wanted])
        self.surplus += data[wanted:]

    def tell(self) -> None:
        # To a client that sends its body only when it is told to go on: go on.
        if not self.is_told and not self.arrived:
            with contextlib.suppress(OSError):
                self.socket.send(CONTINUE)
        self.is_told = True

    @property
    def is_complete(self) -> bool:
        return self.arrived == self.length

    @property
    def head_is_too_long(self) -> bool:
        return self.length is None and len(self.head) > LONGEST_HEAD

    def request(self) -> Iterator[bytes]:
        """Yield the request for gunicorn's parser; what of it never came makes it end early."""
        if self.body:
            self.body.seek(0)
        parts = iter(lambda: self.body.read(CHUNK) if self.body else b"", b"")
        return chain([bytes(self.head)], parts)

    def forget_request(self) -> None:
        if self.body:
            self.body.close()
        self.body = None

    def is_late(self, paces: Mapping[Stage, limits.Pace], now: float) -> bool:
        return paces[cast(Stage, self.stage)].is_missed(self.moved, now - self.since)

    def say_goodbye(self) -> None:
        self.socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self.forget_request()
        self.reply.forget()
        self.socket.close()
