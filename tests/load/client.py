"""A small HTTP client that counts: one process a connection, so that counting costs the server as little as can be.

A scenario is a function of the connection's number that yields requests (bytes) and is sent each response in return.
"""

import contextlib
import multiprocessing
import random
import socket
import statistics
import time
from dataclasses import dataclass

FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: dict
    body: bytes
    received: int


@dataclass(frozen=True, slots=True)
class Measure:
    """What all connections saw together, after warming up; ``count`` alone has the requests of that too."""

    rate: float
    count: int
    p50: float
    p95: float
    bytes_each: float
    failed: int


def request(method, path, *, headers=None, body=b""):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Connection:
    """Kept alive where the server keeps it, opened again where it doesn't."""

    def __init__(self, port, *, timeout=60):
        self.port, self.timeout, self.socket, self.buffer = port, timeout, None, b""

    def ask(self, message):
        for attempt in (1, 2):
            try:
                if self.socket is None:
                    self.connect()
                self.socket.sendall(message)
                return self._read()
            except (ConnectionError, EOFError):
                self.close()  # a kept connection may have been closed meanwhile
                if attempt == 2:
                    raise

    def connect(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket, self.buffer = None, b""

    def _read(self):
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self._more()
        head, self.buffer = self.buffer[:end].decode("latin-1"), self.buffer[end + 4 :]
        first, *rest = head.split("\r\n")
        headers = {}
        for line in rest:
            name, _, value = line.partition(": ")
            headers.setdefault(name.lower(), []).append(value)
        body = self._body(headers)
        if headers.get("connection", [""])[0].lower() == "close":
            self.close()
        return Response(int(first.split(" ", 2)[1]), headers, body, len(head) + 4 + len(body))

    def _body(self, headers):
        if "content-length" in headers:
            return self._exactly(int(headers["content-length"][0]))
        if headers.get("transfer-encoding") == ["chunked"]:
            return b"".join(iter(self._chunk, b""))
        with contextlib.suppress(EOFError):
            while True:
                self._more()
        return self.buffer

    def _chunk(self):
        while (end := self.buffer.find(b"\r\n")) < 0:
            self._more()
        size, self.buffer = int(self.buffer[:end], 16), self.buffer[end + 2 :]
        return self._exactly(size + 2)[:-2]

    def _exactly(self, size):
        parts, have = [self.buffer], len(self.buffer)
        while have < size:
            part = self.socket.recv(1 << 20)
            if not part:
                raise EOFError
            parts.append(part)
            have += len(part)
        data = b"".join(parts)
        body, self.buffer = data[:size], data[size:]
        return body

    def _more(self):
        part = self.socket.recv(1 << 16)
        if not part:
            raise EOFError
        self.buffer += part


def measure(scenario, *, port, clients, seconds, rate=None):
    """Drive ``clients`` connections for ``seconds`` after a quarter of that to warm up.

    With ``rate``, so many requests a second in all, each waited for from the moment when it was due: a server that
    falls behind cannot hide it by being asked later. Without it, as fast as the answers come.
    """
    every = clients / rate if rate else 0
    replies = FORK.SimpleQueue()
    # The first request is made here: a scenario may read the database for it, which a forked process can't
    begun = [(steps, next(steps)) for steps in (scenario(number) for number in range(clients))]
    workers = [FORK.Process(target=_drive, args=(*one, port, seconds, every, replies), daemon=True) for one in begun]
    for worker in workers:
        worker.start()
    counts = [replies.get() for _ in workers]
    for worker in workers:
        worker.join()
    for count in counts:
        if isinstance(count, Exception):
            raise count
    return _together(counts)


def _together(counts):
    times = sorted(t for count in counts for t in count["times"])
    return Measure(
        rate=sum(len(count["times"]) / count["elapsed"] for count in counts),
        count=sum(count["asked"] for count in counts),
        p50=statistics.median(times) * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        bytes_each=sum(count["bytes"] for count in counts) / len(times),
        failed=sum(count["failed"] for count in counts),
    )


def _drive(steps, message, port, seconds, every, replies):
    try:
        connection = Connection(port)
        time.sleep(every * random.random())  # noqa: S311 - not all connections at the same moment
        message, warm = _repeat(connection, steps, message, every, until=time.perf_counter() + seconds / 4)
        began = time.perf_counter()
        _, counts = _repeat(connection, steps, message, every, until=began + seconds)
        asked = len(warm["times"]) + len(counts["times"])
        replies.put(counts | {"elapsed": time.perf_counter() - began, "asked": asked})
        connection.close()
    except Exception as error:
        replies.put(error)


def _repeat(connection, steps, message, every, *, until):
    counts = {"times": [], "bytes": 0, "failed": 0}
    for sent in _moments(every, until):
        response = connection.ask(message)
        counts["times"].append(time.perf_counter() - sent)
        counts["bytes"] += response.received
        counts["failed"] += not 200 <= response.status < 300
        message = steps.send(response)
    return message, counts


def _moments(every, until):
    """Yield when each request is due, once it is."""
    due = time.perf_counter()
    while due < until:
        time.sleep(max(0, due - time.perf_counter()))
        yield due
        due = due + every if every else time.perf_counter()
