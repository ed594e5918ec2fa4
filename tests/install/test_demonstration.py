"""One demonstration at a time in a folder of data, from its first step to its last request."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.install.ground import ROOT
from tests.load.servers import free_port

SERVING = "serving with a secret of 86 letters\n"


@pytest.fixture
def start(tmp_path):
    """Start our script among commands that only say that they run; preparing goes on when its input does."""
    folder, port = tmp_path / "la démo", free_port()
    for name in ("config", "demo", ".venv/bin"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "config" / "run.sh", folder / "config")
    (folder / "config" / "messages.py").touch()
    (folder / "demo" / "prepare.py").write_text("input()")
    (folder / "manage.py").write_text("import time\ntime.sleep(600)")
    write_command(folder / ".venv" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    write_command(
        folder / ".venv" / "bin" / "gunicorn", 'echo "serving with a secret of ${#SECRET_KEY} letters"; exec sleep 600'
    )

    def popen():
        return subprocess.Popen(
            ["bash", "config/run.sh"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "DATA_DIR": "données", "PORT": str(port)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return popen


def write_command(path, line):
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def read_until(process, wanted):
    lines = iter(process.stdout.readline, "")
    return next((line for line in lines if wanted in line), None)


def serve(process):
    """Let it prepare; return the line of its server."""
    process.stdin.write("\n")
    process.stdin.flush()
    return read_until(process, "serving")


def end(process):
    process.terminate()
    process.communicate(timeout=60)


def test_data_that_one_prepares_or_serves_are_refused_to_another_and_free_again_after(start):
    first = start()
    read_until(first, "Preparing")
    beside_its_preparation, _ = start().communicate("\n", timeout=60)
    served = serve(first)
    beside_its_server, _ = start().communicate("\n", timeout=60)
    end(first)
    after = start()
    served_after = serve(after)
    end(after)

    assert (served, served_after) == (SERVING, SERVING)
    assert beside_its_preparation == beside_its_server
    assert beside_its_server.startswith("Another demonstration runs with the data in données. Stop it first, or start")
