"""gunicorn's threads, which meet a request when it is here whole and leave a reply when it is written.

Between clients and threads stands the loop that gunicorn's worker has for idle connections: it reads and writes for
all of them, each as far as its client goes along, and ends those that are too slow. What a slow client holds is a
connection, of which there are many; never a thread, of which there are few (docs/decisions/0015-slow-clients.md).
"""

import errno
import resource
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE
from socket import socket
from typing import Any

from gunicorn.http import get_parser
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from web.connections import CHUNK, PACES, Connection, Stage
from web.limits import Pace, longest_body_by_head

LOOK_EVERY = 0.25  # seconds, for who is late
RECEIVING = {Stage.IDLE, Stage.HEAD, Stage.BODY}
# Before Django has a request that it could answer in words
LATE = "408 Request Timeout"
TOO_LONG = "431 Request Header Fields Too Large"


class BufferingWorker(ThreadWorker):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cfg.set("sendfile", False)  # it would write past the reply
        self.paces = PACES | {Stage.IDLE: Pace(total=self.cfg.keepalive)}
        self.waiting: dict[Connection, None] = {}  # connections that wait for their client, those that do longest first
        self.looked = 0.0

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        super().check_config(cfg, log)
        if cfg.is_ssl:
            raise RuntimeError("TLS ends at the proxy: leave certfile and keyfile out.")

    def init_process(self) -> None:
        # A connection takes up to three open files: its own, what it sends, what it reads.
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        super().init_process()

    # From the client

    def accept(self, listener: socket) -> None:
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EMFILE, errno.ENFILE}:
                raise
            return
        self.nr_conns += 1
        server, now = listener.getsockname(), time.monotonic()
        self.read(Connection(accepted, client, server, limit=longest_body_by_head, now=now))
        if self.nr_conns >= self.worker_connections:
            self.make_room()

    def make_room(self) -> None:
        # Whoever has kept us waiting longest goes.
        longest = next((conn for conn in self.waiting if conn.stage in RECEIVING), None)
        if longest:
            self.drop(longest)

    def read(self, conn: Connection, _socket: Any = None) -> None:
        try:
            data = conn.socket.recv(CHUNK)
        except BlockingIOError:
            return self.go_on(conn)
        except OSError:
            return self.drop(conn)
        if not data:
            return self.drop(conn)
        conn.receive(data)
        return self.go_on(conn)

    def go_on(self, conn: Connection) -> None:
        if conn.has_head(time.monotonic()):
            if conn.is_complete:
                return self.serve(conn)
            conn.tell()
        elif conn.head_is_too_long:
            return self.refuse(conn, TOO_LONG)
        return self.wait(conn, EVENT_READ, self.read)

    def serve(self, conn: Connection) -> None:
        self.stop_waiting(conn)
        conn.parser = get_parser(self.cfg, conn.request(), conn.client)
        self.enqueue_req(conn)

    # In a thread

    def handle_request(self, req: Any, conn: Connection) -> Any:
        req._expected_100_continue = False  # it was told already
        if getattr(req.body.reader, "length", None) != conn.arrived:
            req.force_close()  # where the next request would begin is unknown
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        # Nothing is left to drain: the thread was given one request.
        return keepalive

    # To the client

    def finish_request(self, conn: Connection, served: Future[Any]) -> None:
        conn.is_kept = not served.cancelled() and served.exception() is None and bool(served.result())
        conn.forget_request()
        conn.enter(Stage.REPLY, time.monotonic())
        self.write(conn)

    def write(self, conn: Connection, _socket: Any = None) -> None:
        try:
            conn.moved += conn.reply.flush()
        except OSError:
            return self.drop(conn)
        if not conn.reply.is_sent:
            return self.wait(conn, EVENT_WRITE, self.write)
        return self.await_next(conn) if conn.is_kept else self.leave(conn)

    def await_next(self, conn: Connection) -> None:
        conn.expect_request(time.monotonic())
        self.go_on(conn)

    def refuse(self, conn: Connection, status: str) -> None:
        conn.is_kept = False
        conn.enter(Stage.REPLY, time.monotonic())
        conn.reply.sendall(f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
        self.write(conn)

    def leave(self, conn: Connection) -> None:
        conn.enter(Stage.LEAVING, time.monotonic())
        try:
            conn.say_goodbye()
        except OSError:
            return self.drop(conn)
        return self.wait(conn, EVENT_READ, self.ignore)

    def ignore(self, conn: Connection, socket: socket) -> None:
        try:
            if socket.recv(CHUNK):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.drop(conn)

    # Meanwhile

    def wait(self, conn: Connection, event: int, then: Callable[..., None]) -> None:
        change = self.poller.modify if conn in self.waiting else self.poller.register
        change(conn.socket, event, partial(then, conn))
        self.waiting[conn] = None

    def stop_waiting(self, conn: Connection) -> None:
        if conn in self.waiting:
            self.poller.unregister(conn.socket)
            del self.waiting[conn]

    def drop(self, conn: Connection) -> None:
        self.stop_waiting(conn)
        conn.close()
        self.nr_conns -= 1

    def murder_pending(self) -> None:
        """gunicorn calls this whenever something happened, and each second."""
        now = time.monotonic()
        if now < self.looked + LOOK_EVERY:
            return
        self.looked = now
        for conn in [conn for conn in self.waiting if conn.is_late(self.paces, now)]:
            self.end(conn)

    def end(self, conn: Connection) -> None:
        if conn.stage is Stage.BODY:
            self.serve(conn)  # Django misses the rest, and says so in words
        elif conn.stage is Stage.HEAD:
            self.refuse(conn, LATE)
        else:
            self.drop(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        # A worker that stops waits a moment for requests that may be under way.
        self.paces[Stage.IDLE] = Pace(total=STOP_KEEPALIVE_LINGER)
        for conn in self.waiting:
            if conn.stage is Stage.IDLE:
                conn.since = time.monotonic()
