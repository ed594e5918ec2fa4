"""The small scripts of a dimension's page are served as one."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from web.scripts import JOINED, SOURCES, JoinedScriptsFinder, joined


@pytest.mark.parametrize("path", JOINED)
def test_a_joined_script_holds_each_of_its_parts_in_order(path):
    text = Path(finders.find(path)).read_text(encoding="utf-8")

    places = [text.index((SOURCES / name).read_text(encoding="utf-8").strip()) for name in JOINED[path]]

    assert places == sorted(places)
    assert text.startswith('(() => {\n"use strict";')


@pytest.mark.parametrize("path", JOINED)
def test_no_part_is_forgotten(path):
    folder = path.removeprefix("js/").removesuffix(".js")

    assert sorted(JOINED[path]) == sorted(f"{folder}/{file.name}" for file in (SOURCES / folder).glob("*.js"))


def test_joined_scripts_are_collected_with_the_other_files():
    finder = JoinedScriptsFinder()

    assert [path for path, _storage in finder.list([])] == list(JOINED)
    assert list(finder.list(["*.js"])) == []
    assert finder.find("js/unknown.js") == []


def test_the_scripts_of_a_dimensions_page_weigh_little():
    htmx = Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes()
    texts = [joined(JOINED["js/answering.js"]).encode(), htmx]

    assert sum(len(gzip.compress(text)) for text in texts) <= 40_000
