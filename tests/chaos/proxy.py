"""A proxy that loses things: whole requests, whole replies, halves of them; that waits, and that repeats itself."""

import asyncio
import random
import socket
import struct
from collections import Counter

LOST_REPLIES = ["reply_dropped", "reply_cut", "head_cut", "connection_reset", "overtaken", "overtaken"]
KEPT = ["as_it_is"] * 6 + ["late", "at_once_twice", "echoed"]


class Proxy:
    """Drop 30 % of the requests and 30 % of the replies to the others, until ``recover``; one request a connection.

    Only saves of answers are mistreated, so that a browser gets its pages.
    """

    def __init__(self, upstream, *, seed, share=0.3):
        self.upstream, self.share, self.chance = upstream, share, random.Random(seed)
        self.fates, self.differences, self.echoes = Counter(), [], set()
        self.meetings = {}  # task → its connection
        self.kept = {}  # address → the request that a newer one shall overtake

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error):
        await asyncio.gather(*self.echoes)
        for listening in self.server.sockets:
            asyncio.get_running_loop().remove_reader(listening)
        await self.turns()  # asyncio leaks a connection that it accepted just before its server closes
        self.server.close()
        for meeting, writer in self.meetings.items():  # a browser keeps connections open that it doesn't use
            meeting.cancel()
            writer.transport.abort()
        await asyncio.gather(*self.meetings, return_exceptions=True)
        await self.turns()

    async def turns(self):
        """However slow the machine: what was begun comes by, what was closed is closed."""
        for _ in range(10):
            await asyncio.sleep(0.01)

    def recover(self):
        self.share = 0

    def fate(self, message):
        if not self.share or b"/answers/" not in address(message):
            return "as_it_is"
        if self.chance.random() < self.share:
            return "request_dropped"
        return self.chance.choice(LOST_REPLIES if self.chance.random() < self.share else KEPT)

    def accept(self, reader, writer):
        """Not a coroutine: a task that is cancelled before it began would leave its connection open."""
        self.meetings[asyncio.create_task(self.meet(reader, writer))] = writer

    async def meet(self, reader, writer):
        try:
            message = await whole(reader)
            fate = self.fate(message)
            self.fates[fate] += 1
            if fate != "request_dropped" and not (self.share and message == self.kept.get(address(message))):
                await getattr(self, fate)(message, writer)
            await writer.drain()
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def as_it_is(self, message, writer):
        writer.write(await self.forward(message))

    async def late(self, message, writer):
        await asyncio.sleep(self.chance.uniform(0.05, 0.5))
        await self.as_it_is(message, writer)

    async def reply_dropped(self, message, writer):
        await self.forward(message)

    async def reply_cut(self, message, writer):
        reply = await self.forward(message)
        writer.write(reply[: len(reply) // 2])

    async def head_cut(self, message, writer):
        """Cut within the headers, at the first digit of the revision: over plain HTTP, Chromium takes that for a reply."""
        head, revision, rest = (await self.forward(message)).partition(b"X-Revision: ")
        writer.write(head + revision + rest[:1])

    async def connection_reset(self, message, writer):
        await self.forward(message)
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def overtaken(self, message, writer):
        """Keep the request, and drop it when it is sent again, until a newer one for the same answer has passed."""
        self.kept.setdefault(address(message), message)

    async def at_once_twice(self, message, writer):
        first, second = await asyncio.gather(self.forward(message), self.forward(message))
        self.compare(first, second)
        writer.write(self.chance.choice([first, second]))

    async def echoed(self, message, writer):
        """The same request once more after seconds, when later values may stand."""
        reply = await self.forward(message)
        writer.write(reply)
        self.echoes.add(asyncio.create_task(self.echo(message, reply, self.chance.uniform(0.2, 3))))

    async def echo(self, message, reply, wait):
        await asyncio.sleep(wait)
        self.compare(reply, await self.forward(message))

    def compare(self, first, second):
        if outcome(first) != outcome(second):
            self.differences.append(f"the same request got {outcome(first)}, then {outcome(second)}")

    async def forward(self, message):
        reply = await self.asked_upstream(message)
        overtaken = self.kept.get(address(message))
        if overtaken and overtaken != message:
            del self.kept[address(message)]
            await self.forward(overtaken)
        return reply

    async def asked_upstream(self, message):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            line, rest = message.split(b"\r\n", 1)
            writer.write(line + b"\r\nConnection: close\r\n" + rest)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()


def address(message):
    return message.split(b" ", 2)[1]


async def whole(reader):
    """Read a request to its end, which Content-Length gives."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((line[15:] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b"0")
    return head + await reader.readexactly(int(length))


def outcome(reply):
    """Return the status and the revision of a whole reply; (0, None) where the end is missing, as a browser does."""
    head, _, body = reply.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    if len(body) != int(headers.get("content-length", -1)):
        return 0, None
    return int(first.split()[1]), headers.get("x-revision")
