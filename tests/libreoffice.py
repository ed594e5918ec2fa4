"""Workbooks opened and saved again by LibreOffice, where it is installed."""

import shutil
import subprocess

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def saved_again(content, *, folder, suffix="xlsx", to):
    """Return the file as LibreOffice saves it in the format ``to``, "xlsx" or "ods"."""
    source, target = folder / f"in.{suffix}", folder / "out"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", target, source]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (target / f"in.{to}").read_bytes()
