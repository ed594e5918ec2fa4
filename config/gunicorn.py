"""The application server's settings; docs/decisions/0002-application-server.md says why this one."""

import gc
import os
from typing import Any

wsgi_app = "config.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', 8000)}"
workers = int(os.environ.get("WORKERS", 2))
# Its own threads, which never meet a slow client: docs/decisions/0015-slow-clients.md
worker_class = "web.worker.BufferingWorker"
# Slow ones hold a connection and no thread; where there are more, who has kept the server waiting longest goes
worker_connections = 2000
# Few work at once, most wait their turn or are refused (web/shedding.py): what a thread waits for can't be refused
threads = int(os.environ.get("WORKER_THREADS", 64))
# A page that asks the database longer is wrong; commands, which don't come by here, may take thirty
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "5")
# Behind a proxy, keep its connections longer than it does
keepalive = 75
timeout = 60
graceful_timeout = 20
# Leaks of libraries never grow old; the jitter keeps workers from leaving together
max_requests = 20_000
max_requests_jitter = 2_000
# Heartbeats in memory: on a slow disk they would look like a hung worker
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# One line a request is already logged by web.middleware
accesslog = None
errorlog = "-"
loglevel = "warning"
# Nothing here speaks to it; it would lie in a home, which a service may not have
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    # What was imported stays for good: a full collection that looks through it again takes 90 ms of a page
    gc.collect()
    gc.freeze()
