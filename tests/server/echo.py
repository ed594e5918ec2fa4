"""A small application, and the server's worker with less patience than in production, for tests that run the real one."""

from web.connections import Stage
from web.limits import Pace
from web.worker import BufferingWorker

LONG = 6_000_000


def application(environ, start_response):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length)
    if environ["PATH_INFO"] == "/long":
        start_response("200 OK", [("Content-Length", str(LONG))])
        return (b"a" * 100_000 for _ in range(LONG // 100_000))
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
