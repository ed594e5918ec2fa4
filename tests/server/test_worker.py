"""The real server with two threads, on a small application: slow clients get their answer and take nobody's thread."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import time

import pytest

from tests.load.client import Connection, request
from tests.load.servers import BIN, ROOT, free_port, stop, wait_for
from tests.server.echo import LONG
from web.limits import STRANGER

CROWD = 20
HEAD = b"POST /form HTTP/1.1\r\nHost: a.example\r\n"


@pytest.fixture(scope="module")
def port():
    port = free_port()
    sizes = ["--workers", "1", "--threads", "2", "--bind", f"127.0.0.1:{port}"]
    kind = ["--worker-class", "tests.server.echo.Impatient"]
    command = [BIN / "gunicorn", "--config", "config/gunicorn.py", *sizes, *kind, "tests.server.echo:application"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, "/", process)
        yield port
    finally:
        stop(process)


@pytest.fixture
def client(port):
    with contextlib.ExitStack() as stack:

        def connect():
            made = Client(port)
            stack.callback(made.close)
            return made

        yield connect


class Client(Connection):
    """With a small window, so that a reply waits where it comes from."""

    def connect(self):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        self.socket.settimeout(self.timeout)
        self.socket.connect(("127.0.0.1", self.port))

    def send(self, data):
        if self.socket is None:
            self.connect()
        self.socket.sendall(data)
        return self

    def answer(self):
        """Return the status and the body of the next reply, and whether the server then closes."""
        response = self._read()
        return response.status, response.body.decode(), response.headers.get("connection") == ["close"]

    def is_over(self):
        """Whether the server has ended it, once what it sent was read."""
        return self.socket is None or self.socket.recv(1) == b""


def seconds_for_a_page(port):
    began, connection = time.monotonic(), Connection(port, timeout=10)
    status = connection.ask(request("GET", "/")).status
    connection.close()
    assert status == 200
    return time.monotonic() - began


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: a.ex",
        HEAD + b"Content-Length: 100\r\n\r\nabc",
        HEAD + b"Content-Length: 60000\r\n\r\n" + b"a" * 30_000,
        HEAD + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n",
        b"GET /long HTTP/1.1\r\nHost: a.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n",
    ],
    ids=["silent", "head", "short body", "long body", "waits to be told", "reader", "gone"],
)
def test_a_crowd_of_slow_clients_holds_no_thread(port, client, sent):
    for _ in range(CROWD):
        client().send(sent)

    times = sorted(seconds_for_a_page(port) for _ in range(10))

    assert times[5] < 1


def test_a_slow_head_is_told_so_and_the_connection_closed(client):
    slow = client().send(b"GET / HTTP/1.1\r\nHost: a.ex")

    assert slow.answer() == (408, "", True)


def test_a_body_that_comes_byte_by_byte_is_given_up_though_it_never_pauses(client):
    slow = client().send(HEAD + b"Content-Length: 1000\r\n\r\n")
    for _ in range(12):
        slow.send(b"a")
        time.sleep(0.25)

    status, body, closes = slow.answer()

    assert (status, closes) == (200, True)
    assert re.fullmatch(r"POST /form \d+ of 1000", body)  # the application sees that it isn't whole


def test_a_body_nobody_will_take_is_not_waited_for(client):
    large = client().send(HEAD + b"Content-Length: %d\r\n\r\n" % (STRANGER + 1))

    assert large.answer() == (200, f"POST /form 0 of {STRANGER + 1}", True)
    assert large.is_over()


def test_who_may_be_signed_in_may_send_more(client):
    body = b"a" * (STRANGER + 1)
    signed_in = client().send(HEAD + b"Cookie: session=a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    assert signed_in.answer() == (200, f"POST /form {STRANGER + 1} of {STRANGER + 1}", False)


def test_a_client_that_asks_first_is_told_to_go_on(client):
    asking = client().send(HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    told = asking.socket.recv(1000)

    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert asking.send(b"abc").answer() == (200, "POST /form 3 of 3", False)


def test_requests_sent_together_are_answered_in_turn(client):
    both = client().send(HEAD + b"Content-Length: 3\r\n\r\nabcGET /next HTTP/1.1\r\nHost: a.example\r\n\r\n")

    assert [both.answer(), both.answer()] == [(200, "POST /form 3 of 3", False), (200, "GET /next 0 of 0", False)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Content-Length: -1\r\n", 400),
        (b"Content-Length: 3\r\nContent-Length: 3\r\n", 400),
        (b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n", 200),  # the application refuses it
        (b"Content-Length: 9999999999999\r\n", 200),
        (b"X: " + b"a" * 40_000 + b"\r\n", 431),
    ],
)
def test_where_the_next_request_begins_must_be_certain(client, headers, status):
    odd = client().send(HEAD + headers + b"\r\nGET /smuggled HTTP/1.1\r\nHost: a.example\r\n\r\n")

    answered, _body, closes = odd.answer()

    assert (answered, closes, odd.is_over()) == (status, True, True)


def test_a_long_reply_arrives_whole_and_the_connection_goes_on(client):
    reader = client().send(b"GET /long HTTP/1.1\r\nHost: a.example\r\n\r\n")
    time.sleep(0.5)

    _status, body, _closes = reader.answer()

    assert len(body) == LONG
    assert reader.send(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").answer() == (200, "GET / 0 of 0", False)


@pytest.mark.parametrize("path", ["/fails", "/full"])
def test_a_reply_that_breaks_off_never_looks_whole(port, path):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as reader:
        reader.request("GET", path)
        reply = reader.getresponse()

        with pytest.raises(http.client.IncompleteRead) as error:
            reply.read()

    assert (reply.status, error.value.partial) == (200, b"half of it")


def test_a_reader_who_stops_is_let_go(client):
    reader = client().send(b"GET /long HTTP/1.1\r\nHost: a.example\r\n\r\n")
    time.sleep(4)  # long enough for a bare second of grace, and no more read than what the system holds

    with pytest.raises((EOFError, ConnectionError)):
        reader.answer()
