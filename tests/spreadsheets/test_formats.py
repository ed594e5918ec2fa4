from decimal import Decimal

import pytest
from tablib import Dataset

from spreadsheets.formats import EXPORT_FORMATS, Upload
from spreadsheets.uploads import UploadRefusedError
from tests.spreadsheets.corpus import RUNNING

STORABLE = [text for text in RUNNING if "\0" not in text]


@pytest.mark.parametrize("export_format", EXPORT_FORMATS)
def test_what_is_exported_comes_back(export_format):
    dataset = Dataset(*[[f"code-{number}", text] for number, text in enumerate(STORABLE)], headers=["code", "text"])

    content = export_format().export_data(dataset)

    assert Upload().create_dataset(content).dict == dataset.dict


@pytest.mark.parametrize("export_format", EXPORT_FORMATS[:3])
def test_the_bypass_of_the_library_stays_text(export_format):
    """Its own escape takes one "=" away from "==1+1", which leaves a live "=1+1"."""
    content = export_format().export_data(Dataset(["==1+1"], headers=["=2+2"]))

    read_raw = Upload().create_dataset(content)
    assert (read_raw.headers, read_raw[0]) == (["=2+2"], ("==1+1",))
    assert b'"=' not in content


@pytest.mark.parametrize(
    ("export_format", "extension", "content_type"),
    [
        (EXPORT_FORMATS[0], "csv", "text/csv; charset=utf-8"),
        (EXPORT_FORMATS[1], "csv", "text/csv; charset=utf-8"),
        (EXPORT_FORMATS[2], "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (EXPORT_FORMATS[3], "json", "application/json"),
    ],
)
def test_each_format_says_what_it_is(export_format, extension, content_type):
    made = export_format()

    assert (made.get_extension(), made.get_content_type()) == (extension, content_type)
    assert (made.can_export(), made.can_import()) == (True, False)


def test_numbers_stay_numbers():
    content = EXPORT_FORMATS[0]().export_data(Dataset([Decimal("53.1")], headers=["score"]))

    assert content.decode() == '\ufeff"score"\r\n53,1\r\n'


def test_an_upload_that_is_no_longer_stored_is_refused():
    with pytest.raises(UploadRefusedError, match="empty"):
        Upload().create_dataset(None)
