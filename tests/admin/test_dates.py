"""Dates in the administration: by the clock of the reader, in the form of the page's language, titles too."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains

from assessment.actions.access import record_view
from tests.factories import make_company, make_result

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 8, 13, 22, 30, tzinfo=UTC)  # half past midnight in Paris


@pytest.fixture
def result(db):
    return make_result(company=make_company(name="Acme"), at=LATE)


@pytest.mark.parametrize(("language", "day"), [("fr", "14 août 2026"), ("en", "14 August 2026")])
def test_list_and_title_of_a_result_say_the_same_day(desk, result, language, day):
    with translation.override(language):
        titled = desk.get(reverse("admin:assessment_result_change", args=[result.pk]))
        listed = desk.get(reverse("admin:assessment_result_changelist"))

    assertContains(titled, f"<h1>Acme – {day}</h1>", html=True)
    assertContains(listed, day)


@pytest.mark.parametrize(("language", "moment"), [("fr", "14/08/2026 00:30"), ("en", "14 Aug 2026, 00:30")])
def test_an_entry_of_the_log_says_when_by_the_reader_s_clock(reviewer, result, language, moment):
    access = record_view(result=result, by=reviewer)
    access.at = LATE

    with translation.override(language):
        assert str(access) == f"{access.get_kind_display()} – {moment}"


def test_a_file_is_named_by_the_day_of_its_result(signed_in, person):
    result = make_result(company=make_company(member=person), by=person, at=LATE)

    response = signed_in.get(reverse("result_proof", args=[result.assessment_id, result.number]))

    assert response["Content-Disposition"] == 'attachment; filename="digital-maturity-acme-2026-08-14.json"'
