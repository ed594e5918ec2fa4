"""What the scripts need of a machine and don't find: said, and nothing done."""

import os
import subprocess

from tests.install.ground import ROOT


def test_lint_stops_where_there_is_no_temporary_folder():
    finished = subprocess.run(
        ["bash", "tests/lint.sh"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert (finished.returncode, finished.stdout) == (1, "")
    assert "/nowhere" in finished.stderr
