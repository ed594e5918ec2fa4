"""A PostgreSQL made for one run, in a temporary folder: the one database that may be stopped without warning."""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.load.servers import free_port

SETTINGS = "listen_addresses='127.0.0.1'\nunix_socket_directories='{folder}'\nport={port}\nlc_messages=C\n"


def binaries():
    """Return the folder of initdb and pg_ctl, or None; distributions keep them out of the PATH."""
    asked = shutil.which("pg_config")
    named = [subprocess.run([asked, "--bindir"], capture_output=True, text=True).stdout.strip()] if asked else []
    folders = [*named, *sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    return next((Path(folder) for folder in folders if (Path(folder) / "initdb").exists()), None)


BINARIES = binaries()


@dataclass(frozen=True)
class Cluster:
    folder: Path
    port: int

    @property
    def address(self):
        return f"postgres://chaos@127.0.0.1:{self.port}/postgres"

    def run(self, program, *arguments):
        # PostgreSQL refuses to run as root
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*user, str(BINARIES / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{program}: {done.stdout[-2000:]}{log.read_text()[-2000:] if log.exists() else ''}")

    def start(self):
        self.run("pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"))

    def stop(self, mode):
        self.run("pg_ctl", "stop", "-w", "-D", str(self.folder / "data"), "-m", mode)

    def check(self):
        """Read every table and index against each other; RuntimeError where they disagree."""
        host = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "chaos"]
        self.run("pg_amcheck", *host, "--install-missing", "--heapallindexed", "postgres")


@contextlib.contextmanager
def private_cluster():
    with tempfile.TemporaryDirectory(prefix="cluster-") as name:
        cluster = Cluster(Path(name), free_port())
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(name, account.pw_uid, account.pw_gid)
        # Not --no-sync: what is on trial is what the disk holds
        cluster.run("initdb", "-D", f"{name}/data", "-U", "chaos", "--auth=trust", "--encoding=UTF8", "--locale=C")
        with open(f"{name}/data/postgresql.conf", "a") as settings:
            settings.write(SETTINGS.format(folder=name, port=cluster.port))
        cluster.start()
        try:
            yield cluster
        finally:
            with contextlib.suppress(RuntimeError):  # it may be stopped already
                cluster.stop("immediate")
