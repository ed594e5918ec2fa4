"""Who may send a workbook, and at what cost."""

import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from tests.factories import (
    COMPLETE,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_user,
    make_version,
)
from tests.workbook.books import MAKER, agree, downloaded, page, stored, upload

# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["assessment_workbook", "assessment_workbook_file"])
def test_someone_else_gets_the_404_of_an_assessment_that_does_not_exist(client, assessment, name):
    client.force_login(make_user())

    foreign = client.get(page(name, assessment))
    missing = client.get(reverse(name, args=[uuid.uuid4()]))

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert len(foreign.content) == len(missing.content)


@pytest.mark.parametrize("name", ["assessment_workbook", "assessment_workbook_file"])
def test_a_visitor_is_asked_to_sign_in(client, assessment, name):
    address = page(name, assessment)

    assertRedirects(client.get(address), f"{reverse('account_login')}?next={address}")


@pytest.mark.parametrize("name", ["assessment_workbook", "assessment_workbook_file"])
def test_a_reader_of_the_company_may_not(client, assessment, name):
    reader = make_user()
    make_membership(company=assessment.company, user=reader, role="reader")
    client.force_login(reader)

    assert client.get(page(name, assessment)).status_code == 403


def test_an_agreement_is_of_one_person_and_one_assessment(client, signed_in, person, assessment, colleague):
    other = make_assessment(company=make_company(member=person, name="Other", **MAKER))
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")
    shown = upload(signed_in, assessment, book.saved())

    agree(signed_in, other, shown)
    client.force_login(colleague)
    response = agree(client, assessment, shown)

    assertRedirects(response, page("assessment_workbook", assessment))
    assert (stored(assessment), stored(other)) == ({}, {})


@pytest.mark.parametrize("forged", ["", "x", "{}", "eyJhIjoxfQ:1abc:def"])
def test_an_altered_agreement_changes_nothing(signed_in, assessment, forged):
    response = signed_in.post(page("assessment_workbook", assessment), {"agreement": forged})

    assertRedirects(response, page("assessment_workbook", assessment))
    assert stored(assessment) == {}


def test_an_old_agreement_changes_nothing(signed_in, assessment, monkeypatch):
    book = downloaded(signed_in, assessment)
    book.fill("STR.VIS.1", "2")
    now = signing.time.time()
    with monkeypatch.context() as yesterday:
        yesterday.setattr(signing.time, "time", lambda: now - timedelta(hours=3).total_seconds())
        agreement = upload(signed_in, assessment, book.saved()).context["agreement"]

    response = signed_in.post(page("assessment_workbook", assessment), {"agreement": agreement})

    assertRedirects(response, page("assessment_workbook", assessment))
    assert stored(assessment) == {}


# --- At what cost -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answered", [0, 3])
def test_the_pages_cost_few_queries_however_much_is_answered(
    signed_in, person, assessment, django_assert_num_queries, answered
):
    for question, value in list(COMPLETE.items())[:answered]:
        answer(assessment=assessment, by=person, question=question, value=value)
    make_version()
    book = downloaded(signed_in, assessment)
    book.fill("OPS.MES.1", "0")

    with django_assert_num_queries(4):  # session, user, assessment with its company and version, answers
        downloaded(signed_in, assessment)
    with django_assert_num_queries(3):  # session, user, assessment
        signed_in.get(page("assessment_workbook", assessment))
    with django_assert_num_queries(4):  # session, user, assessment, answers
        shown = upload(signed_in, assessment, book.saved())
    with django_assert_num_queries(7):  # the same, and the one answer between its savepoint's two
        agree(signed_in, assessment, shown)
