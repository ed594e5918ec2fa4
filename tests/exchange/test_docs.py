"""docs/export.md says what there is."""

import re
from pathlib import Path

import pytest

from assessment.exchange.columns import columns
from assessment.exchange.formats import Format
from assessment.models.compiled import compiled
from tests.factories import make_version

DOCUMENT = (Path(__file__).parents[2] / "docs" / "export.md").read_text()


@pytest.mark.django_db
def test_the_document_names_every_column_in_order():
    written = re.findall(r"^\| `([a-z_A-Z]+)` \|", DOCUMENT.partition("## Columns")[2], re.MULTILINE)

    given = [column.name for column in columns([compiled(make_version())])]
    general = [re.sub(r"^(dimension|level|capability)_.+", r"\1_CODE", name) for name in given]
    assert written == list(dict.fromkeys(general))


def test_the_document_names_every_format():
    written = re.findall(
        r"^\| `([a-z][a-z-]+)` \|", DOCUMENT.partition("## Formats")[2].partition("## Columns")[0], re.MULTILINE
    )

    assert written == [format.value for format in Format]
