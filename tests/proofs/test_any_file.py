"""Whatever a file of this kind holds, the check page has words for it."""

import json
import random
from copy import deepcopy

import pytest

from assessment.reports.results.checking import check
from assessment.reports.results.verdict import verdict
from tests.factories import make_version
from tests.proofs.makers import signed_file, small

ODD = [
    None,
    True,
    0,
    -1,
    1e308,
    10**400,
    "",
    "x",
    "\ud800",
    "\0",
    [],
    {},
    [[]],
    {"": None},
    [{"code": "STR"}],
    "9" * 5000,
]
FILES = 400


def places_in(value, path=()):
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places_in(part, (*path, key))


def changed(document, path, value):
    *before, last = path
    for key in before:
        document = document[key]
    document[last] = value


@pytest.mark.parametrize("changes", [1, 2, 5])
def test_no_value_at_any_place_makes_checking_fail(db, changes):
    make_version()
    draw, genuine = random.Random(changes), signed_file(definition=small())
    said = []
    for _ in range(FILES // changes):
        document = json.loads(genuine)
        for _change in range(changes):
            path = draw.choice([path for path in places_in(document) if path and path[0] not in {"kind", "format"}])
            changed(document, path, deepcopy(draw.choice(ODD)))
        said.append(verdict(check(json.dumps(document).encode())).problem)

    assert len(said) == FILES // changes
    assert "" not in said
    assert [words for words in said if words.encode() == b""] == []
