"""Texts are compiled without gettext, and none goes untranslated unseen."""

import gettext

import polib
import pytest

from config import messages


@pytest.fixture
def folder(tmp_path):
    """A locale folder whose texts are one of each sort."""
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="Save", msgstr="Enregistrer"))
    file.append(polib.POEntry(msgid="Level", msgstr="Niveau", flags=["fuzzy"]))
    file.append(polib.POEntry(msgid="Score", msgstr=""))
    file.append(polib.POEntry(msgid="Gone", msgstr="", obsolete=True))
    file.save(str(source))
    return tmp_path


def test_certain_translations_are_compiled(folder):
    messages.compile_all(folder)

    with (folder / "fr/LC_MESSAGES/django.mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    assert [french.gettext(text) for text in ["Save", "Level", "Score"]] == ["Enregistrer", "Level", "Score"]


def test_what_is_compiled_already_is_left_alone(folder):
    messages.compile_all(folder)
    compiled = folder / "fr/LC_MESSAGES/django.mo"
    before = compiled.stat().st_mtime_ns

    messages.compile_all(folder)

    assert compiled.stat().st_mtime_ns == before


def test_every_text_without_a_certain_translation_is_named(folder):
    assert list(messages.unfinished(folder)) == [
        "fr/LC_MESSAGES/django.po: uncertain: Level",
        "fr/LC_MESSAGES/django.po: untranslated: Score",
    ]
