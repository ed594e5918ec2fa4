"""For any text and any number: from the site to a workbook and back is the identity, whichever program saved it."""

import pytest
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.exchange.answer_cells import Entry, entry_of_row, kept
from assessment.exchange.filled_workbook import read_workbook
from assessment.exchange.workbook import questionnaire_workbook
from assessment.models import Answer
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.preview import preview
from spreadsheets.strings import as_kept
from tests.factories import make_assessment, make_version
from tests.libreoffice import needs_libreoffice, saved_again
from tests.texts import NUMBERS, TEXTS

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def shown(text):
    """The text, or nothing where an eye would see nothing of it: no spreadsheet keeps such an answer."""
    return text.strip() if as_kept(text).strip() else ""


ANSWERS = st.fixed_dictionaries(
    {
        "STR.VIS.1": st.builds(lambda text: ("not_applicable", {"not_applicable": shown(text) or "no"}), TEXTS),
        "STR.VIS.2": st.builds(lambda text: ("answered", {"text": shown(text) or "notes"}), TEXTS),
        "OPS.MES.2": st.builds(
            lambda number: ("answered", {"number": f"{number:f}"}), NUMBERS.filter(lambda number: 0 <= number <= 100)
        ),
        "OPS.CYB.1": st.just(("answered", {"choices": ["backup", "drill"]})),
    }
)
NOTES = st.lists(st.tuples(TEXTS, TEXTS), min_size=4, max_size=4)


@pytest.fixture
def assessment(db):
    return make_assessment(version=make_version())


def rows_of(answers, notes):
    return [
        Answer(question=code, state=state, value=value, comment=comment, evidence=evidence, revision=1)
        for (code, (state, value)), (comment, evidence) in zip(answers.items(), notes, strict=True)
    ]


def workbook_of(assessment, rows, language):
    with translation.override(language):
        return questionnaire_workbook(preview(assessment.version), assessment=assessment, answers=rows)


def differences(content, rows, *, assessment, language, name):
    """Return what the file would change of the answers that it was made with."""
    questionnaire = compiled(assessment.version)
    with translation.override(language):
        filled = read_workbook(content, name=name, questionnaire=questionnaire)
        assert filled.problems == []
        stored = {row.question: entry_of_row(questionnaire.question(row.question), row) for row in rows}
    return [
        (code, entry, stored.get(code, Entry()))
        for code, entry in filled.entries.items()
        if kept(entry) != kept(stored.get(code, Entry()))
    ]


@settings(UNHURRIED, max_examples=15)
@given(answers=ANSWERS, notes=NOTES, language=st.sampled_from(["fr", "en"]))
def test_an_untouched_workbook_changes_nothing(assessment, answers, notes, language):
    rows = rows_of(answers, notes)

    content = workbook_of(assessment, rows, language)

    assert differences(content, rows, assessment=assessment, language=language, name="a.xlsx") == []


@pytest.mark.long
@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "ods"])
@settings(UNHURRIED, max_examples=5, phases=[Phase.generate])  # a search for less would take an hour
@given(answers=ANSWERS, notes=NOTES, language=st.sampled_from(["fr", "en"]))
def test_saved_again_by_libreoffice_it_changes_nothing(assessment, tmp_path_factory, to, answers, notes, language):
    rows = rows_of(answers, notes)

    content = saved_again(workbook_of(assessment, rows, language), folder=tmp_path_factory.mktemp("office"), to=to)

    assert differences(content, rows, assessment=assessment, language=language, name=f"a.{to}") == []
