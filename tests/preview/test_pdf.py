"""The questionnaire to print: compiled to the standard for accessible documents, the same twice, in both languages."""

import json
import re
import zlib

import pytest
from django.urls import reverse
from django.utils import translation

from assessment.reports.questionnaire.pdf import compiled_pdf
from tests.content.material import FULL
from tests.factories import FIXTURES, make_version


@pytest.fixture
def published(db):
    return make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")


def metadata(content):
    """The document's XMP packet, which names the standard that it claims, and the catalog, which names its language."""
    streams = [content, *map(inflated, re.findall(rb"stream\r?\n(.*?)endstream", content, re.S))]
    return b"\n".join(streams).decode("latin-1")


def inflated(stream):
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("query", [{}, {"sub_sector": "biotech", "size": "small"}, {"express": "on"}])
def test_it_is_a_tagged_pdf_in_the_reader_s_language(client, published, language, query):
    with translation.override(language):
        address = reverse("questionnaire_pdf")

    response = client.get(address, query)

    said = metadata(response.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="csf-its-{FULL}.pdf"'
    assert response.content.startswith(b"%PDF-1.7")
    assert re.search(r"<pdfuaid:part>1<", said)
    assert f"/Lang({language})" in said
    assert re.search(r"/Marked\s+true", said)


def test_the_same_reading_is_printed_twice_alike(client, published):
    first = client.get(reverse("questionnaire_pdf")).content
    compiled_pdf.cache_clear()
    second = client.get(reverse("questionnaire_pdf")).content

    assert first == second


def test_a_profile_prints_fewer_pages_than_the_whole(client, published):
    def pages(query):
        return int(re.search(r"/Count (\d+)", metadata(client.get(reverse("questionnaire_pdf"), query).content))[1])

    whole, express = pages({}), pages({"express": "on"})

    assert 15 <= whole <= 25
    assert express < whole


def test_it_needs_no_font_of_the_machine(client, published):
    said = metadata(client.get(reverse("questionnaire_pdf")).content)

    fonts = {name.removesuffix("-Identity-H") for name in re.findall(r"/BaseFont/[A-Z]{6}\+([\w-]+)", said)}
    assert fonts == {"LibertinusSerif-Regular", "LibertinusSerif-Bold", "LibertinusSerif-Italic"}


def test_a_title_that_looks_like_markup_stays_text():
    """Words reach the template as data: nothing in them is run, whatever signs they hold."""
    hostile = '#panic("run") $x$ *b* _i_ `c` \\ <label> @ref [#include "/etc/passwd"]'
    content = json.dumps(
        {
            **dict.fromkeys(["title", "author", "description", "footer", "version", "introduction"], hostile),
            "language": "en",
            "profile": [hostile],
            "how": [hostile],
            "words": dict.fromkeys(["how", "contents", "profile", "help"], hostile),
            "dimensions": [],
        }
    )

    assert compiled_pdf(content, 0).startswith(b"%PDF-")
