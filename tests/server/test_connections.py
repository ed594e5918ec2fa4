"""What a connection makes of bytes as they come: where a request ends, and what waits for who reads slowly."""

import contextlib
import socket

import pytest
from gunicorn.config import Config
from gunicorn.http import get_parser
from hypothesis import given, settings
from hypothesis import strategies as st

from web.connections import LONGEST_HEAD, Connection, Stage
from web.limits import HEAD, Pace

LIMIT = 1000
GET = b"GET /fr/ HTTP/1.1\r\nHost: a.example\r\n\r\n"


def post(body, *, length=None, header="Content-Length"):
    return b"POST /fr/ HTTP/1.1\r\n%s: %d\r\n\r\n" % (header.encode(), len(body) if length is None else length) + body


@contextlib.contextmanager
def met():
    """A connection and its client's end."""
    ours, theirs = socket.socketpair()
    made = Connection(ours, ("192.0.2.1", 1), ("127.0.0.1", 80), limit=lambda head: LIMIT, now=0)
    try:
        with theirs:
            yield made, theirs
    finally:
        made.close()


@pytest.fixture
def conn():
    with met() as (made, _theirs):
        yield made


@pytest.fixture
def pair():
    with met() as ends:
        yield ends


def requests_of(conn, pieces):
    """Return the bodies of the requests that come out of these pieces, as gunicorn's parser reads them."""
    bodies = []
    for piece in pieces:
        conn.receive(piece)
        while conn.has_head(0) and conn.is_complete:
            bodies.append(next(get_parser(Config(), conn.request(), conn.client)).body.read())
            conn.forget_request()
            conn.expect_request(0)
    return bodies


def cut(data, places):
    edges = [0, *sorted(place % len(data) for place in places), len(data)]
    return [data[begin:end] for begin, end in zip(edges, edges[1:], strict=False) if begin < end]


@settings(deadline=None)
@given(bodies=st.lists(st.binary(max_size=300), min_size=1, max_size=4), places=st.lists(st.integers(0), max_size=20))
def test_requests_are_the_same_however_the_network_cuts_them(bodies, places):
    pieces = cut(b"".join(post(body) for body in bodies), places)

    with met() as (conn, _theirs):
        assert requests_of(conn, pieces) == bodies


@pytest.mark.parametrize(
    ("sent", "is_whole"),
    [
        (GET, True),
        (GET[:-1], False),
        (post(b"abc"), True),
        (post(b"abc", header="content-LENGTH"), True),
        (post(b"abc", length=4), False),
        (post(b"", length=LIMIT + 1), True),  # refused by its head: nobody waits for its body
        (b"POST /fr/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (b"POST /fr/ HTTP/1.1\r\nContent-Length: many\r\n\r\n", True),
        (b"POST /fr/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n", True),
        (b"POST /fr/ HTTP/1.1\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n", True),
        (
            b"POST /fr/ HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
            False,
        ),  # gunicorn refuses it in time
    ],
)
def test_what_is_waited_for(conn, sent, is_whole):
    conn.receive(sent)

    assert (conn.has_head(0) and conn.is_complete) == is_whole


def test_a_head_without_end_is_too_long(conn):
    conn.receive(b"a" * (LONGEST_HEAD + 1))

    assert (conn.has_head(0), conn.head_is_too_long) == (False, True)


def test_a_head_sent_in_single_bytes_is_late_all_the_same(conn):
    for second in range(12):
        conn.receive(b"a")
        conn.has_head(second)

    assert conn.is_late({Stage.HEAD: HEAD}, 9) is False
    assert conn.is_late({Stage.HEAD: HEAD}, 11) is True


def test_who_waits_to_be_told_is_told_once(pair):
    conn, theirs = pair
    conn.receive(b"POST /fr/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    conn.has_head(0)

    conn.tell()
    conn.tell()

    assert theirs.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"


@settings(deadline=None)
@given(writes=st.lists(st.tuples(st.integers(1, 90_000), st.booleans()), max_size=8))
def test_a_reader_gets_every_byte_in_order_whatever_was_kept(writes):
    parts = [bytes([number]) * size for number, (size, _) in enumerate(writes)]
    got = bytearray()

    with met() as (conn, theirs):
        conn.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 5000)
        theirs.settimeout(5)
        for part, (_, reads_now) in zip(parts, writes, strict=True):
            conn.reply.sendall(part)
            if reads_now:
                got += theirs.recv(20_000)
        while not conn.reply.is_sent or len(got) < sum(map(len, parts)):
            conn.reply.flush()
            got += theirs.recv(20_000)

        assert bytes(got) == b"".join(parts)
        assert conn.reply.kept is None


def test_nobody_waits_for_a_reader_who_does_not_read(conn):
    conn.reply.sendall(b"a" * 5_000_000)

    assert conn.reply.is_sent is False


@pytest.mark.parametrize(
    ("moved", "seconds", "is_missed"),
    [(0, 10, False), (0, 11, True), (499, 11, True), (500, 11, False), (44_999, 100, True), (10**9, 301, True)],
)
def test_a_pace_is_a_rate_after_a_grace_and_a_time_in_all(moved, seconds, is_missed):
    assert Pace(rate=500, grace=10, total=300).is_missed(moved, seconds) is is_missed
