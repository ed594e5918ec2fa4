import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.cells import neutralise, restore
from tests.spreadsheets.corpus import HARMLESS, RUNNING, SKIPPED, TRIGGERS

LIKELY = st.text(alphabet=st.sampled_from([*TRIGGERS, *"".join(SKIPPED), "'", '"', ";", ",", "a", "1"]), max_size=8)


def first_seen(text):
    """Skip what R20 says a spreadsheet skips, one character after another."""
    for character in text:
        if character not in "".join(SKIPPED):
            return character
    return ""


@pytest.mark.parametrize("text", RUNNING)
def test_a_text_that_would_run_gets_an_apostrophe(text):
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_stays_as_it_is(text):
    assert neutralise(text) == text


def test_a_phone_number_stays_readable():
    assert neutralise("+33 1 23 45 67 89") == "'+33 1 23 45 67 89"


@given(st.text() | LIKELY)
def test_no_text_starts_with_a_trigger_once_neutralised(text):
    assert first_seen(neutralise(text)) not in TRIGGERS


@given(st.text() | LIKELY)
def test_restoring_gives_the_same_text_back(text):
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_restoring_leaves_other_texts_alone(text):
    assert restore(text) == text
