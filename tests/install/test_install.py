"""The two commands from nothing, with the pip that this Python brings, where every package has a newer release.

An environment costs more processor time than all that is asked of it: it is made once, and each test finds it as it was.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from tests.install.ground import index, make, project, write_lock, write_locks

RUN = "ready: quick==1.0 store==1.0 web==1.0"
TEST = "ready: coverer==1.0 quick==1.0 store==1.0 tabler==1.0 tester==1.0 web==1.0"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project whose `make run` was called twice at once over what an interrupted one had left."""
    scratch = tmp_path_factory.mktemp("install")
    releases = index(scratch / "index")
    folder = project(scratch / "un projet à l'essai", releases)
    settings = noisy(scratch, releases)
    half_made = folder / ".venv" / "bin"
    half_made.mkdir(parents=True)
    (half_made / "python").symlink_to(sys.executable)
    at_once = both_at_once(folder, "run", **settings)
    assert (folder / ".venv" / "installed").exists(), at_once
    record = (folder / ".venv" / "installed").read_text()
    return SimpleNamespace(folder=folder, releases=releases, settings=settings, at_once=at_once, record=record)


@pytest.fixture
def folder(made):
    write_locks(made.folder, made.releases)
    (made.folder / ".venv" / "installed").write_text(made.record)
    return made.folder


def noisy(folder, releases):
    """A user's configuration that is needed to find the packages, and says much that isn't ours to follow."""
    constraints = folder / "constraints.txt"
    constraints.write_text("web>=2.0\n")
    configuration = folder / "pip.conf"
    configuration.write_text(
        f"[global]\nindex-url = {releases.as_uri()}\nextra-index-url = file:///nowhere/a file:///nowhere/b\n"
        f"find-links = /nowhere/c\nconstraint = {constraints}\n"
        "[install]\nuser = true\npre = true\nupgrade = true\nno-binary = :all:\nverbose = 2\n"
    )
    return {"PIP_CONFIG_FILE": str(configuration), "PIP_TARGET": str(folder / "elsewhere")}


def both_at_once(folder, target, **settings):
    with ThreadPoolExecutor(2) as pool:
        finished = list(pool.map(lambda _: make(folder, target, **settings), range(2)))
    return [process.stdout.splitlines() for process in finished]


def test_both_commands_run_with_the_lock_alone_and_say_no_more_whatever_the_user_configured(made, folder):
    tested, again = (make(folder, "test", **made.settings) for _ in range(2))

    first = ["Making an environment in .venv…", installing("requirements.txt"), "", RUN]
    assert sorted(made.at_once, key=len) == [["", RUN], first]
    assert (tested.returncode, tested.stdout.splitlines()) == (0, [installing("requirements-dev.txt"), "", TEST])
    assert (again.returncode, again.stdout.splitlines()) == (0, ["", TEST])


def test_a_lock_that_lacks_what_its_packages_need_is_told_so_and_nothing_runs(made, folder):
    write_lock(folder / "requirements-dev.txt", made.releases, "web", "store", "tester", "coverer")

    finished = make(folder, "test", **made.settings)

    assert (finished.returncode, finished.stdout.splitlines()[:-1]) == (
        2,
        [
            installing("requirements-dev.txt"),
            "requirements-dev.txt lacks quick, which store 1.0 asks for.",
            "requirements-dev.txt lacks tabler, which coverer 1.0 asks for.",
            "Lock again: make lock",
        ],
    )
    assert not (folder / ".venv" / "installed").exists()


def test_a_package_other_than_the_locked_one_is_refused_with_the_remedy_and_nothing_runs(made, folder):
    lock = folder / "requirements-dev.txt"
    lock.write_text("web==2.0 --hash=sha256:" + "0" * 64)

    finished = make(folder, "test", **made.settings)

    assert finished.returncode == 2
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in finished.stdout
    assert finished.stdout.splitlines()[-2].endswith("If the lock itself is wrong, lock again: make lock")
    assert not (folder / ".venv" / "installed").exists()


def installing(lock):
    return f"Installing what {lock} names, checked by hashes: a minute or less, on a good line."
