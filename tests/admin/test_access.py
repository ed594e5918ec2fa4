"""The log of staff's readings: for staff the whole, for each company its part."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.actions.access import record_export, record_view
from assessment.actions.people import erase_company
from assessment.models import AccessedResult, Result, StaffAccess
from tests.factories import make_company, make_result, make_staff

pytestmark = pytest.mark.django_db
LIST = "/en/admin/assessment/staffaccess/"


@pytest.fixture
def mine(person):
    return make_result(company=make_company(name="Mine", member=person), by=person)


@pytest.fixture
def others(db):
    return make_result(company=make_company(name="Other"))


def export(by, **fields):
    return record_export(results=Result.objects.all(), by=by, format="csv", **{"reason": "Review"} | fields)


def test_a_company_sees_who_read_its_results_and_no_more(person, reviewer, mine, others):
    seen = [record_view(result=mine, by=reviewer), export(reviewer)]
    record_view(result=others, by=reviewer)

    assert set(StaffAccess.objects.concerning(mine.company)) == set(seen)
    assert list(StaffAccess.objects.concerning(make_company())) == []


def test_staffaccess_has_a_reason(reviewer, others):
    with pytest.raises(IntegrityError, match="staffaccess_has_a_reason"):
        export(reviewer, reason="")


def test_an_export_of_nothing_is_one_all_the_same(reviewer):
    access = record_export(results=Result.objects.none(), by=reviewer, reason="Review", format="csv")

    assert access.results.count() == 0


def test_erasing_a_company_takes_its_part_of_the_log(reviewer, mine, others):
    both = export(reviewer)
    record_view(result=mine, by=reviewer)

    erase_company(company=mine.company, reason="asked")

    assert list(AccessedResult.objects.values_list("access", "result")) == [(both.pk, others.pk)]


def test_deleting_an_account_leaves_the_reading_without_a_name(mine):
    leaving = make_staff(group="reviewer")
    access = record_view(result=mine, by=leaving)

    leaving.delete()

    access.refresh_from_db()
    assert (access.by, list(access.results.all())) == (None, [mine])


@pytest.mark.parametrize(
    ("group", "status"), [("reader", 403), ("reviewer", 403), ("editor", 403), ("administrator", 200)]
)
def test_who_may_read_the_log(group, status, client):
    client.force_login(make_staff(group=group))

    assert client.get(LIST).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_queries_for_one_row_as_for_many(number, client, mine, others, django_assert_num_queries):
    client.force_login(make_staff(group="administrator"))
    for place in range(number):
        export(make_staff(group="reviewer"), reason=f"Review {place}")

    with django_assert_num_queries(6):  # session, user, own permissions and the groups'; how many, the rows
        response = client.get(LIST)

    assertContains(response, '<td class="field-number_of_results">2</td>', count=number)


def test_nobody_writes_in_the_log(client, reviewer, mine):
    access = record_view(result=mine, by=reviewer)
    client.force_login(make_staff(group="administrator"))
    change = reverse("admin:assessment_staffaccess_change", args=[access.pk])

    assert client.get(change).status_code == 200
    refused = [
        client.get(reverse("admin:assessment_staffaccess_add")),
        client.post(change, {"reason": "none"}),
        client.post(reverse("admin:assessment_staffaccess_delete", args=[access.pk]), {"post": "yes"}),
    ]
    assert [response.status_code for response in refused] == [403, 403, 403]


def test_it_is_searched_by_company(client, reviewer, mine, others):
    client.force_login(make_staff(group="administrator"))
    record_view(result=mine, by=reviewer)
    record_view(result=others, by=reviewer)

    response = client.get(LIST, {"q": "Mine"})

    assert [list(access.results.all()) for access in response.context["cl"].result_list] == [[mine]]
