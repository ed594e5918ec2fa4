"""The two commands from nothing, with the pip that this Python brings, where every package has a newer release."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.install.ground import index, make, project, write_lock

RUN = "ready: quick==1.0 store==1.0 web==1.0"
TEST = "ready: coverer==1.0 quick==1.0 store==1.0 tabler==1.0 tester==1.0 web==1.0"


@pytest.fixture
def releases(tmp_path):
    return index(tmp_path / "index")


@pytest.fixture
def folder(tmp_path, releases):
    return project(tmp_path / "un projet à l'essai", releases)


@pytest.fixture
def noisy(tmp_path, releases):
    """A user's configuration that is needed to find the packages, and says much that isn't ours to follow."""
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("web>=2.0\n")
    configuration = tmp_path / "pip.conf"
    configuration.write_text(
        f"[global]\nindex-url = {releases.as_uri()}\nextra-index-url = file:///nowhere/a file:///nowhere/b\n"
        f"find-links = /nowhere/c\nconstraint = {constraints}\n"
        "[install]\nuser = true\npre = true\nupgrade = true\nno-binary = :all:\nverbose = 2\n"
    )
    return {"PIP_CONFIG_FILE": str(configuration), "PIP_TARGET": str(tmp_path / "elsewhere")}


def test_the_tests_run_with_the_lock_although_every_package_has_a_newer_release(folder, releases):
    finished = make(folder, "test", PIP_INDEX_URL=releases.as_uri())

    assert finished.stdout.splitlines()[-1] == TEST


def test_both_commands_run_with_the_lock_alone_and_say_no_more_whatever_the_user_configured(folder, noisy):
    half_made = folder / ".venv" / "bin"
    half_made.mkdir(parents=True)
    (half_made / "python").symlink_to(sys.executable)

    at_once = both_at_once(folder, "run", **noisy)
    tested, again = (make(folder, "test", **noisy) for _ in range(2))

    first = ["Making an environment in .venv…", installing("requirements.txt"), "", RUN]
    assert sorted(at_once, key=len) == [["", RUN], first]
    assert (tested.returncode, tested.stdout.splitlines()) == (0, [installing("requirements-dev.txt"), "", TEST])
    assert (again.returncode, again.stdout.splitlines()) == (0, ["", TEST])


def test_what_is_wrong_with_a_lock_is_told_with_its_remedy_and_nothing_runs_before_it_is_right(folder, releases):
    lock, index_url = folder / "requirements-dev.txt", releases.as_uri()
    write_lock(lock, releases, "web", "store", "tester", "coverer")
    lacking = make(folder, "test", PIP_INDEX_URL=index_url)
    lock.write_text("web==1.0 --hash=sha256:" + "0" * 64)
    other_package = make(folder, "test", PIP_INDEX_URL=index_url)
    (folder / "requirements-dev.in").write_text("-r requirements.in\n")
    write_lock(lock, releases, "web", "store", "quick")
    right = make(folder, "test", PIP_INDEX_URL=index_url)

    assert (lacking.returncode, lacking.stdout.splitlines()[2:-1]) == (
        2,
        [
            "requirements-dev.txt lacks quick, which store 1.0 asks for.",
            "requirements-dev.txt lacks tabler, which coverer 1.0 asks for.",
            "Lock again: make lock",
        ],
    )
    assert other_package.returncode == 2
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in other_package.stdout
    assert "If the lock itself is wrong, lock again: make lock" in other_package.stdout
    assert right.stdout.splitlines()[-1] == RUN


def installing(lock):
    return f"Installing what {lock} names, checked by hashes: a minute or less, on a good line."


def both_at_once(folder, target, **settings):
    with ThreadPoolExecutor(2) as pool:
        finished = list(pool.map(lambda _: make(folder, target, **settings), range(2)))
    return [process.stdout.splitlines() for process in finished]
