"""A small application, and the server's worker with less patience than in production, for tests that run the real one."""

import django

from web.connections import Stage
from web.limits import Pace
from web.worker import BufferingWorker

django.setup()  # how much a body may hold is a mark of the page that its address leads to
LONG = 6_000_000


def fails():
    yield b"half of it"
    raise LookupError("An error in the middle, which nobody expected.")


def fills_the_disk():
    yield b"half of it"
    with open("/dev/full", "wb", buffering=0) as disk:
        yield disk.write(b"the other half")


BREAKING = {"/fails": fails, "/full": fills_the_disk}


def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    if environ["PATH_INFO"] == "/long":
        start_response("200 OK", [("Content-Length", str(LONG))])
        return (b"a" * 100_000 for _ in range(LONG // 100_000))
    if environ["PATH_INFO"] in BREAKING:
        start_response("200 OK", [])
        return BREAKING[environ["PATH_INFO"]]()
    told = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)} of {length}".encode()
    start_response("200 OK", [("Content-Length", str(len(told)))])
    return [told]


class Impatient(BufferingWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.paces |= {
            Stage.HEAD: Pace(total=2),
            Stage.BODY: Pace(rate=500, grace=3, total=6),
            Stage.REPLY: Pace(rate=500, grace=1),
            Stage.LEAVING: Pace(total=2),
        }
