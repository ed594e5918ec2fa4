import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_nothing_here_is_named_like_a_module_of_python():
    """A script run by its path finds its own folder first: psycopg then met our `numbers` in place of Python's."""
    names = {path.stem for path in TESTS.rglob("*") if path.suffix == ".py" or path.is_dir()}
    assert names & sys.stdlib_module_names == set()
