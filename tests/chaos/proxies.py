"""The documented proxies, run as documented, but for the ports and what only one user of a machine can have."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time

from tests.load.client import Connection, request
from tests.load.servers import ROOT, free_port

PROXIES = ROOT / "docs" / "proxies"


def nginx(text, folder):
    """Its own folders are root's."""
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    folders = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    text = text.replace("pid /run/nginx.pid;", f"pid {folder}/nginx.pid;\nerror_log stderr;\ndaemon off;")
    text = text.replace("http {\n", "http {\n    access_log off;\n" + folders)
    return text, ["nginx", "-p", str(folder), "-c"]


def caddy(text, folder):
    return text.replace("{\n\tservers", "{\n\tadmin off\n\tservers"), [
        "caddy",
        "run",
        "--adapter",
        "caddyfile",
        "--config",
    ]


def haproxy(text, folder):
    return text, ["haproxy", "-db", "-f"]


KNOWN = {"nginx": ("nginx.conf", nginx), "caddy": ("Caddyfile", caddy), "haproxy": ("haproxy.cfg", haproxy)}


def installed():
    return [name for name in KNOWN if program(name)]


def program(name):
    """nginx and HAProxy are where only administrators have their path."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


def on_ports(text, port, upstream):
    """The listening port is the only one that is written without an address."""
    text = re.sub(r"(listen |bind :|^:)80\b", rf"\g<1>{port}", text, flags=re.MULTILINE)
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")


@contextlib.contextmanager
def before(name, server, folder):
    """Run the proxy before the server; give its port."""
    file, adapt = KNOWN[name]
    port = free_port()
    text, command = adapt(on_ports((PROXIES / file).read_text(), port, server), folder)
    (folder / file).write_text(text)
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with open(folder / f"{name}.log", "ab") as log:
        process = subprocess.Popen(
            [program(name), *command[1:], folder / file],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        wait(port, folder / f"{name}.log")
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait(port, log):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError, EOFError):
            connection = Connection(port)
            status = connection.ask(request("GET", "/livez")).status
            connection.close()
            if status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"The proxy did not come up. {log.read_text()[-2000:]}")
