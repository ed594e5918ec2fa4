"""The application servers measured, each with two processes on 127.0.0.1, stopped by their own process number."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.load.client import Connection, request

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
PROCESSES, THREADS = 2, 64  # as in config/gunicorn.py


def gunicorn(target, port):
    config = ["--config", "config/gunicorn.py"]
    sizes = ["--workers", str(PROCESSES), "--threads", str(THREADS)]
    return [BIN / "gunicorn", *config, *sizes, "--bind", f"127.0.0.1:{port}", target]


def granian(target, port):
    sizes = ["--workers", str(PROCESSES), "--blocking-threads", str(THREADS)]
    quiet = ["--log-level", "warning"]
    return [BIN / "granian", "--interface", "wsgi", *sizes, *quiet, "--host", "127.0.0.1", "--port", str(port), target]


SERVERS = {"gunicorn": gunicorn, "granian": granian}


@contextlib.contextmanager
def serving(command, target, *, environment, ready):
    """Serve ``target``; give the port, and the main process's number, once ``ready`` answers 200."""
    port = free_port()
    arguments = [str(part) for part in command(target, port)]
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "load.log").open("ab") as log:
        process = subprocess.Popen(
            arguments, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            wait_for(port, ready, process)
            yield port, process.pid
        finally:
            stop(process)


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, path, process):
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError, EOFError):
            connection = Connection(port)
            status = connection.ask(request("GET", path)).status
            connection.close()
            if status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"The server did not answer {path}; see var/load.log.")
