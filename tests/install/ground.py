"""A project of two commands and a few packages, with an index of its own where all of them have newer releases."""

import base64
import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# What Python itself brings (pip, setuptools) is beside the point
LISTING = """echo; .venv/bin/python -I -c '
from importlib.metadata import distributions
packages = sorted((package.name, package.version) for package in distributions())
print("ready:", *("==".join(package) for package in packages if package[0] not in {"pip", "setuptools"}))'
"""


def wheel(folder, name, version, *requirements, extras=()):
    """A package of one module, and no more."""
    module, record = name.replace("-", "_"), f"{name.replace('-', '_')}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    metadata += [f"Requires-Dist: {requirement}" for requirement in requirements]
    metadata += [f"Provides-Extra: {extra}" for extra in extras]
    contents = {
        f"{module}.py": f"version = {version!r}\n",
        f"{record}/METADATA": "\n".join(metadata) + "\n",
        f"{record}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    contents[f"{record}/RECORD"] = "".join(f"{path},{digest(text)},\n" for path, text in contents.items())
    path = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name_within, text in contents.items():
            archive.writestr(name_within, text)
    return path


def digest(text):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def index(folder):
    """Each package twice, as PEP 503 has it: the release that is locked, and a newer one that nobody locked."""
    for version in ("1.0", "2.0"):
        releases = {
            "web": ["store[fast]>=1.0"],
            "store": ['quick>=1.0 ; extra == "fast"'],
            "quick": [],
            "tester": ["coverer[table]>=1.0", "web>=1.0"],
            "coverer": ['tabler>=1.0 ; extra == "table"'],
            "tabler": [],
        }
        for name, requirements in releases.items():
            extras = ["fast"] if name == "store" else ["table"] if name == "coverer" else []
            (folder / name).mkdir(parents=True, exist_ok=True)
            wheel(folder / name, name, version, *requirements, extras=extras)
    for package in list(folder.iterdir()):
        links = "".join(f'<a href="{path.name}">{path.name}</a>\n' for path in sorted(package.glob("*.whl")))
        (package / "index.html").write_text(f"<!DOCTYPE html><title>{package.name}</title>\n{links}")
    return folder


def project(folder, releases):
    """Our Makefile and our installation, with commands that only say what they were given to run with."""
    (folder / "config").mkdir(parents=True)
    (folder / "tests").mkdir()
    for name in ("Makefile", "config/install.py", "config/locked.py"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder / name)
    for command in ("config/run.sh", "tests/run.sh"):
        (folder / command).write_text(LISTING)
    (folder / "requirements.in").write_text("web   # what is run\n")
    (folder / "requirements-dev.in").write_text("-r requirements.in\ntester\n")
    write_locks(folder, releases)
    return folder


def write_locks(folder, releases):
    write_lock(folder / "requirements.txt", releases, "web", "store", "quick")
    write_lock(folder / "requirements-dev.txt", releases, "web", "store", "quick", "tester", "coverer", "tabler")


def write_lock(path, releases, *names):
    lines = []
    for name in names:
        contents = (releases / name / f"{name}-1.0-py3-none-any.whl").read_bytes()
        lines.append(f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(contents).hexdigest()}\n")
    path.write_text("".join(lines))


def make(folder, target, **settings):
    """A command as on a new machine: no setting but PATH and these, and a home with nothing in it."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        ["make", "--no-print-directory", target],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(home), **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
