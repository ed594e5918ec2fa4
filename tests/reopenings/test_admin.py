"""Requests in the administration: what waits comes first, each is decided once, in words."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.messages.storage.fallback import FallbackStorage
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.reopenings import ask, refuse
from assessment.forms.reopenings import DecisionForm
from assessment.models import Assessment, Reopening
from tests.factories import make_assessment, make_result, make_staff, make_user

LIST = "admin:assessment_reopening_changelist"


def change(reopening):
    return reverse("admin:assessment_reopening_change", args=[reopening.pk])


@pytest.mark.parametrize(
    ("group", "status"), [("reader", 403), ("editor", 403), ("reviewer", 200), ("administrator", 200)]
)
def test_reviewers_and_administrators_see_the_requests(client, asked, group, status):
    client.force_login(make_staff(group=group))

    assert (client.get(reverse(LIST)).status_code, client.get(change(asked)).status_code) == (status, status)


@pytest.mark.parametrize(("verdict", "status"), [("granted", "open"), ("refused", "submitted")])
def test_a_reviewer_decides_in_the_administration(client, asked, reviewer, verdict, status):
    client.force_login(reviewer)

    response = client.post(change(asked), {"verdict": verdict, "decision": "Seen together."})

    assertRedirects(response, reverse(LIST))
    found = Reopening.objects.get()
    assert (found.status, found.decision, found.decided_by) == (verdict, "Seen together.", reviewer)
    assert Assessment.objects.get().status == status


@pytest.mark.parametrize("posted", [{"verdict": "granted", "decision": " "}, {"decision": "Yes."}])
def test_half_a_decision_is_none(client, asked, reviewer, posted):
    client.force_login(reviewer)

    response = client.post(change(asked), posted)

    assertContains(response, "This field is required.")
    assert Reopening.objects.get().status == "asked"


def test_granting_beside_another_open_assessment_is_refused_in_words(client, asked, reviewer):
    make_assessment(company=asked.assessment.company)
    client.force_login(reviewer)

    response = client.post(change(asked), {"verdict": "granted", "decision": "Of course."})

    assertContains(response, "The company has started another assessment meanwhile")
    assert Reopening.objects.get().status == "asked"


def test_what_is_not_decided_yet_shows_no_empty_decision(client, asked, reviewer):
    client.force_login(reviewer)

    assertNotContains(client.get(change(asked)), "Decided by")


def test_a_decided_request_is_only_read(client, asked, reviewer):
    refuse(reopening=asked, reason="No.", by=reviewer)
    client.force_login(make_staff(group="administrator"))

    assertNotContains(client.get(change(asked)), 'name="verdict"')
    assert client.post(change(asked), {"verdict": "granted", "decision": "Yes."}).status_code == 403


@pytest.mark.parametrize(
    ("faster", "text"),
    [
        (lambda asked: refuse(reopening=asked, reason="No.", by=make_user()), "A colleague decided meanwhile"),
        (lambda asked: make_assessment(company=asked.assessment.company), "has started another assessment meanwhile"),
    ],
    ids=["colleague", "company"],
)
def test_who_is_slower_than_a_colleague_or_the_company_changes_nothing_and_is_told(rf, asked, faster, text):
    shown, request = admin.site._registry[Reopening], rf.post("/")
    request.user, request.session = make_staff(group="administrator"), {}
    request._messages = FallbackStorage(request)
    form = DecisionForm({"verdict": "granted", "decision": "Yes."}, instance=asked)
    assert form.is_valid()
    faster(Reopening.objects.get())

    shown.save_model(request, asked, form, change=True)
    shown.log_change(request, asked, "granted")
    shown.message_user(request, "The request was changed successfully.")

    [told] = request._messages
    assert text in str(told)
    assert (Assessment.objects.get(pk=asked.assessment_id).status, LogEntry.objects.count()) == ("submitted", 0)


def test_requests_are_neither_added_nor_deleted_by_hand(client, asked):
    client.force_login(make_staff(group="administrator"))
    urls = [reverse("admin:assessment_reopening_add"), reverse("admin:assessment_reopening_delete", args=[asked.pk])]

    assert [client.get(url).status_code for url in urls] == [403, 403]


def test_what_waits_is_listed_first_and_counted(client, person, asked, reviewer):
    decided = ask(assessment=make_result(by=person).assessment, reason="Another.", by=person)
    refuse(reopening=decided, reason="No.", by=reviewer)
    client.force_login(reviewer)

    response = client.get(reverse(LIST))

    assert [row.pk for row in response.context["cl"].result_list] == [asked.pk, decided.pk]
    assertContains(response, "asked (1)")


@pytest.mark.parametrize("request_count", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(client, person, reviewer, django_assert_num_queries, request_count):
    for _ in range(request_count):
        ask(assessment=make_result(by=person).assessment, reason="A figure was wrong.", by=person)
    client.force_login(reviewer)
    client.get(reverse(LIST))

    with django_assert_num_queries(10):
        response = client.get(reverse(LIST))

    assert len(response.context["cl"].result_list) == request_count
