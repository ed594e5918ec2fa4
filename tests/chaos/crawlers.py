"""Clients that take their time, each in its way, and come again as soon as they are turned away."""

import asyncio
import contextlib
import socket
import time

from tests.chaos.ground import LONG_REPLY
from tests.load.client import FORK, request
from tests.load.scenarios import PROXY

STEP = 2  # seconds between two bytes


async def sends_body(source, target):
    target.write(request("POST", "/fr/", headers=PROXY | {"Content-Length": "50000"}).replace(b"Length: 0\r\n", b""))
    await drip(target, b"a" * 50_000)


async def sends_head(source, target):
    target.write(b"GET /fr/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Padding: ")
    await drip(target, b"a" * 20_000)


async def reads(source, target):
    target.write(request("GET", LONG_REPLY, headers=PROXY))
    while await source.read(1):
        await asyncio.sleep(STEP)


async def says_nothing(source, target):
    await source.read(1)


async def is_gone(source, target):
    """Asks, and from then on neither reads nor closes, as a telephone that lost its network."""
    target.write(request("GET", "/livez", headers=PROXY | {"Connection": "close"}))
    await asyncio.sleep(1000)


async def drip(target, data):
    for number in range(len(data)):
        target.write(data[number : number + 1])
        await target.drain()
        await asyncio.sleep(STEP)


KINDS = {
    "slow bodies": sends_body,
    "slow heads": sends_head,
    "slow readers": reads,
    "silent": says_nothing,
    "gone": is_gone,
}


class Crawlers:
    """So many of them in a process of their own, from entering to leaving."""

    def __init__(self, kinds, count, port):
        self.kinds, self.count, self.port = [KINDS[kind] for kind in kinds], count, port

    def __enter__(self):
        self.process = FORK.Process(target=lambda: asyncio.run(self.crawl()), daemon=True)
        self.process.start()
        time.sleep(1)  # until all have come
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.join()

    async def crawl(self):
        async with asyncio.TaskGroup() as group:
            for number in range(self.count):
                group.create_task(self.come_again(self.kinds[number % len(self.kinds)]))

    async def come_again(self, kind):
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self.come(kind)
            await asyncio.sleep(0.5)

    async def come(self, kind):
        """A small window, so that a reply stays where it comes from; a reply to who writes ends the visit."""
        end = socket.socket()
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        end.setblocking(False)
        await asyncio.get_running_loop().sock_connect(end, ("127.0.0.1", self.port))
        source, target = await asyncio.open_connection(sock=end, limit=4096)
        try:
            await kind(source, target)
        finally:
            target.close()
