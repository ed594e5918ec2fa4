"""A lock and nothing else, installed in .venv of the current folder: `make run` and `make test` call it.

Standard library only, and told in words that any Python 3 can say.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = Path(".venv")
PYTHON = ENVIRONMENT / "bin" / "python"
RECORD = ENVIRONMENT / "installed"
CHECK = Path(__file__).resolve().parent / "locked.py"
# What a user's own configuration of pip may say here: where packages come from. The lock says which.
SOURCES = {
    *("index-url", "pypi-url", "extra-index-url", "find-links", "no-index", "trusted-host", "keyring-provider"),
    *("cert", "client-cert", "proxy", "timeout", "default-timeout", "retries", "resume-retries", "use-feature"),
    *("use-deprecated", "cache-dir", "no-cache-dir"),
}


class InstallError(Exception):
    """Said to the person who typed make; nothing is recorded as installed."""


def install(lock: Path) -> None:
    if digest(lock) in recorded():
        return
    if not recorded() or recorded() - {digest(path) for path in lock.parent.glob("requirements*.txt")}:
        make_environment()
    before = recorded()
    # An installation that is interrupted leaves no record, so the next one starts from nothing
    RECORD.unlink(missing_ok=True)
    print(f"Installing what {lock} names, checked by hashes: a minute or less, on a good line.", flush=True)
    download(lock)
    if "-dev" in lock.name:
        compile_all()
    run_check(lock)
    record(before | {digest(lock)})


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def place() -> "list[str]":
    # Where the environment is and on which Python it runs: moved, or on another Python, it is another one.
    return [str(ENVIRONMENT.resolve()), str(PYTHON.resolve())]


def recorded() -> "set[str]":
    # Digests of the locks that are whole in the environment; none where it isn't usable.
    if not PYTHON.exists() or not RECORD.exists():
        return set()
    lines = RECORD.read_text(encoding="utf-8").splitlines()
    return set(lines[2:]) if lines[:2] == place() else set()


def record(digests: "set[str]") -> None:
    RECORD.write_text("\n".join([*place(), *sorted(digests)]) + "\n", encoding="utf-8")


def make_environment() -> None:
    if sys.version_info < (3, 11):
        raise InstallError(
            "Python 3.11 or later is needed; this is {}.{}. Name another: make PYTHON=python3.12 …".format(
                *sys.version_info
            )
        )
    print("Making an environment in .venv…", flush=True)
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    elif ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    finished = run(sys.executable, "-I", "-m", "venv", ENVIRONMENT)
    if finished.returncode:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        raise InstallError(f"{finished.stdout}\nNo environment could be made. On Debian: apt install python3-venv")


def download(lock: Path) -> None:
    # Without a resolver, since older pips resolve extras anew, and without builds, whose tools no lock names.
    flags = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-compile", "--no-input"]
    finished = pip("--quiet", "install", *flags, "-r", lock, env=only_sources())
    if finished.returncode:
        raise InstallError(
            f"{worth_reading(finished.stdout)}\n{lock} could not be installed, for the reason above. "
            "If the lock itself is wrong, lock again: make lock"
        )


def only_sources() -> "dict[str, str]":
    # The process's environment, with no more of the user's configuration of pip than where packages come from.
    finished = pip("config", "list")
    if finished.returncode:
        raise InstallError(f"{finished.stdout}\nThe configuration of pip can't be read, for the reason above.")
    env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    env |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    settings = dict(line.split("=", 1) for line in finished.stdout.splitlines() if "=" in line)
    # As pip reads it: a section of its own goes before the global one, the process's environment before both
    for section in ("global", "install", ":env:"):
        for key in SOURCES:
            value = ast.literal_eval(settings.get(f"{section}.{key}", "''"))
            if value:
                env["PIP_" + key.upper().replace("-", "_")] = value
    return env


def compile_all() -> None:
    """Python files compiled on every core, so that their warnings are not those of a first test.

    The demonstration compiles what it imports: ready eight seconds sooner.
    """
    run(PYTHON, "-I", "-m", "compileall", "-q", "-j", "0", ENVIRONMENT / "lib")


def run_check(lock: Path) -> None:
    finished = run(PYTHON, "-I", CHECK, lock)
    if finished.returncode:
        raise InstallError(finished.stdout.strip())


def worth_reading(output: str) -> str:
    # Each line once, without those that say only that one index has no such package.
    lines = [line for line in output.splitlines() if not line.startswith("WARNING: Location ")]
    return "\n".join(dict.fromkeys(lines))


def pip(*arguments: object, env: "dict[str, str] | None" = None) -> "subprocess.CompletedProcess[str]":
    return run(PYTHON, "-I", "-m", "pip", *arguments, env=env)


def run(*command: object, env: "dict[str, str] | None" = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def main(lock: str) -> None:
    # One at a time: a second `make run` waits for the first one's installation, then has nothing to do
    folder = os.open(".", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        install(Path(lock))
    except InstallError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted. The next start installs from nothing.")


if __name__ == "__main__":
    main(sys.argv[1])
