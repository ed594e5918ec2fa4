"""Where a company lacks most: every weak capability, each with the cases that speak of it and the reason for it."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import COMPLETE, make_company, make_result
from tests.usecases.makers import make_published

WEAK = COMPLETE | {"STR.VIS.1": {"choices": ["1"]}, "OPS.CYB.2": {"choices": ["0"]}}  # STR.VIS 25.0, OPS.CYB 0.0


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person), by=person, answers=WEAK)


def gaps(client, result):
    """The capability, the first reason of each case, lowest first."""
    weak = client.get(result.get_absolute_url()).context["use_cases"].weak
    return [(gap.code, [suggestion.because[0] for suggestion in gap.suggestions]) for gap in weak]


def test_a_weak_capability_without_a_case_is_listed_too(signed_in, result):
    make_published(capabilities=["STR.VIS"])

    assert gaps(signed_in, result) == [("OPS.CYB", []), ("STR.VIS", ["it improved “Vision”"])]
    assertContains(signed_in.get(result.get_absolute_url()), "No use case about it is published yet.", count=1)


def test_weak_capabilities_are_listed_where_no_case_fits(signed_in, result):
    assert gaps(signed_in, result) == [("OPS.CYB", []), ("STR.VIS", [])]
    assertContains(signed_in.get(result.get_absolute_url()), "Where you can gain most")


def test_the_reason_under_a_heading_is_about_it(signed_in, result):
    make_published(capabilities=["STR.VIS", "OPS.CYB"])

    assert gaps(signed_in, result) == [
        ("OPS.CYB", ["it improved “Cybersecurity”"]),
        ("STR.VIS", ["it improved “Vision”"]),
    ]


def test_under_a_heading_cases_are_ranked_for_it_alone(signed_in, person, result):
    alike = make_published(capabilities=["STR.VIS"], sub_sectors=["biotech"], title_en="Alike")
    make_published(capabilities=["STR.VIS", "OPS.CYB"], sub_sectors=["pharma"], title_en="Worth more elsewhere")

    weak = signed_in.get(result.get_absolute_url()).context["use_cases"].weak

    assert str(weak[1].suggestions[0].publication) == alike.title_en


def test_a_company_that_lacks_nothing_is_shown_no_gap(signed_in, person):
    best = {
        "STR.VIS.1": {"choices": ["3"]},
        "OPS.CYB.1": {"choices": ["backup", "drill"]},
        "OPS.CYB.2": {"choices": ["1"]},
    }
    result = make_result(company=make_company(member=person), by=person, answers=best)

    assertNotContains(signed_in.get(result.get_absolute_url()), "Where you can gain most")
