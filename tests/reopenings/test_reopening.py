"""A submitted assessment is opened again: asked for by a manager, decided by staff, the earlier result untouched."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.people import delete_account, erase_company
from assessment.actions.reopenings import DecidedError, NotSubmittedError, OtherOpenError, ask, grant, refuse
from assessment.actions.results import submit
from assessment.models import Assessment, Campaign, Reopening, Result
from assessment.rules.verification import verify_all
from tests.factories import (
    NOON,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_user,
    make_version,
)
from tests.faults import assert_whole


def page(result):
    return reverse("assessment_reopening", args=[result.assessment_id])


# --- Asking ------------------------------------------------------------------------------------------------------------


def test_a_manager_asks_with_a_reason(signed_in, person, result):
    response = signed_in.post(page(result), {"reason": "A figure was wrong."})

    assertRedirects(response, reverse("assessment", args=[result.assessment_id]), fetch_redirect_response=False)
    found = Reopening.objects.get()
    assert (found.reason, found.asked_by, found.result, found.status) == (
        "A figure was wrong.",
        person,
        result,
        "asked",
    )


def test_asking_without_a_reason_says_so_first_in_the_title(signed_in, result):
    response = signed_in.post(page(result), {"reason": " \n"})

    assertContains(response, "<title>Error: ", status_code=422)
    assert Reopening.objects.count() == 0


def test_a_reason_that_is_too_long_is_kept_in_the_form(signed_in, result):
    response = signed_in.post(page(result), {"reason": "x" * 2001})

    assertContains(response, "x" * 2001, status_code=422)


def test_asking_twice_is_one_request(result, person, asked):
    again = ask(assessment=result.assessment, reason="Again.", by=person)

    assert (again, again.reason) == (asked, "A figure was wrong.")


def test_an_open_assessment_needs_no_reopening(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))

    with pytest.raises(NotSubmittedError):
        ask(assessment=assessment, reason="Why not?", by=person)

    response = signed_in.post(reverse("assessment_reopening", args=[assessment.pk]), {"reason": "Why not?"})
    assertContains(response, "Not sent: this assessment is open again.", status_code=409)
    assertContains(response, "Why not?", status_code=409)
    assertRedirects(signed_in.get(reverse("assessment_reopening", args=[assessment.pk])), assessment.get_absolute_url())


def test_someone_else_gets_404(client, result):
    client.force_login(make_user())

    assert client.get(page(result)).status_code == client.post(page(result), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_only_a_manager_asks(client, result, role):
    member = make_user()
    make_membership(company=result.company, user=member, role=role)
    client.force_login(member)

    assert client.get(page(result)).status_code == client.post(page(result), {"reason": "x"}).status_code == 403
    assertNotContains(client.get(result.get_absolute_url()), "Ask to change the answers…")


def test_beside_an_open_assessment_nobody_asks_for_what_nobody_could_grant(signed_in, person, result):
    beside = make_assessment(company=result.company)

    with pytest.raises(OtherOpenError):
        ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    shown, posted = signed_in.get(page(result)), signed_in.post(page(result), {"reason": "A figure was wrong."})
    assertContains(shown, f'href="{beside.get_absolute_url()}"', count=1)
    assertContains(posted, f'href="{beside.get_absolute_url()}"', count=1, status_code=409)
    assert Reopening.objects.count() == 0


def test_an_open_assessment_of_a_campaign_is_not_beside_one_without(signed_in, result):
    campaign = Campaign.objects.create(
        title="Spring", version=make_version(), opens_on=NOON.date(), closes_on=NOON.date()
    )
    make_assessment(company=result.company, campaign=campaign)

    signed_in.post(page(result), {"reason": "A figure was wrong."})

    assert Reopening.objects.get().status == "asked"


def test_the_page_costs_five_queries(signed_in, result, django_assert_num_queries):
    signed_in.get(page(result))

    # session, user, assessment with its company and version, requests waiting, an assessment open beside it
    with django_assert_num_queries(5):
        signed_in.get(page(result))


def test_the_result_offers_to_ask_and_then_says_that_it_was_asked(signed_in, person, result):
    assertContains(signed_in.get(result.get_absolute_url()), "Ask to change the answers…")

    ask(assessment=result.assessment, reason="A figure was wrong.", by=person, at=NOON)

    after = signed_in.get(result.get_absolute_url())
    assertContains(after, "Ada asked on 8 June 2026 to change the answers.")
    assertNotContains(after, "Ask to change the answers…")
    assertRedirects(
        signed_in.get(page(result)), reverse("assessment", args=[result.assessment_id]), fetch_redirect_response=False
    )


# --- Deciding ----------------------------------------------------------------------------------------------------------


def test_granted_the_assessment_is_open_and_its_result_as_it_was(result, asked, reviewer):
    before = Result.objects.values().get()

    decided = grant(reopening=asked, reason="Of course.", by=reviewer, at=NOON)

    assessment = Assessment.objects.get()
    assert (assessment.status, assessment.submitted_at, assessment.submitted_by) == ("open", None, None)
    assert (decided.status, decided.decision, decided.decided_by) == ("granted", "Of course.", reviewer)
    assert Result.objects.values().get() == before


def test_the_next_submission_is_a_second_result_beside_the_first(signed_in, person, result, asked, reviewer):
    grant(reopening=asked, reason="Of course.", by=reviewer)
    answer(assessment=result.assessment, by=person, question="STR.VIS.1", value={"choices": ["3"]}, revision=1)

    second = submit(assessment=result.assessment, by=person)

    first = Result.objects.get(number=1)
    assert (first.score, second.number, second.score > first.score) == (result.score, 2, True)
    assertContains(signed_in.get(first.get_absolute_url()), "see the newest result")
    assertContains(signed_in.get(second.get_absolute_url()), "result 2 of 2")
    assert [differences for _result, differences in verify_all()] == [[], []]


def test_an_open_again_assessment_says_so_in_the_list_and_on_its_result(signed_in, result, asked, reviewer):
    grant(reopening=asked, reason="Of course.", by=reviewer)

    assertContains(signed_in.get(reverse("assessments", args=[result.company_id])), "reopened")
    assertContains(signed_in.get(result.get_absolute_url()), "The assessment is open again")


def test_refused_it_stays_submitted_and_the_result_says_why(signed_in, result, asked, reviewer):
    refuse(reopening=asked, reason="Too late: <the edition> is out.", by=reviewer, at=NOON)

    response = signed_in.get(result.get_absolute_url())
    assert Assessment.objects.get().status == "submitted"
    assertContains(response, "Too late: &lt;the edition&gt; is out.")
    assertContains(response, "Ask to change the answers…")


def test_a_request_is_decided_once(asked, reviewer):
    refuse(reopening=asked, reason="No.", by=reviewer)

    with pytest.raises(DecidedError):
        grant(reopening=asked, reason="Yes.", by=reviewer)

    assert Assessment.objects.get().status == "submitted"


@pytest.mark.parametrize("in_campaign", [True, False])
def test_nothing_is_opened_beside_another_open_assessment(person, reviewer, in_campaign):
    company, version = make_company(member=person), make_version()
    campaign = Campaign.objects.create(title="Spring", version=version, opens_on=NOON.date(), closes_on=NOON.date())
    result = make_result(company=company, by=person)
    Assessment.objects.update(campaign=campaign if in_campaign else None)
    asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=person)
    make_assessment(company=company, version=version, campaign=campaign if in_campaign else None)

    with pytest.raises(OtherOpenError):
        grant(reopening=asked, reason="Of course.", by=reviewer)

    assert Reopening.objects.get().status == "asked"
    assert sorted(Assessment.objects.values_list("status", flat=True)) == ["open", "submitted"]


def test_the_managers_get_the_decision_by_e_mail_and_nobody_else_does(
    person, asked, reviewer, django_capture_on_commit_callbacks
):
    make_membership(company=asked.assessment.company, user=make_user(), role="contributor")

    with django_capture_on_commit_callbacks(execute=True):
        grant(reopening=asked, reason="Of course.", by=reviewer)

    [sent] = mail.outbox
    assert sent.to == [person.email]
    assert sent.body.count("Of course.") == 2  # in each language


def test_a_request_stays_without_a_name_once_its_author_has_left(client, asked, person):
    colleague = make_user()
    make_membership(company=asked.assessment.company, user=colleague, role="manager")
    delete_account(user=person)
    client.force_login(colleague)

    assertContains(client.get(asked.result.get_absolute_url()), "– asked on 8 June 2026")


def test_a_company_with_a_reopened_assessment_can_still_be_erased(asked, reviewer):
    grant(reopening=asked, reason="Of course.", by=reviewer)

    erase_company(company=asked.assessment.company, reason="asked for")

    assert (Reopening.objects.count(), Result.objects.count()) == (0, 0)


@pytest.mark.parametrize("decide", [grant, refuse])
def test_a_fault_at_any_statement_of_a_decision_changes_nothing(asked, reviewer, decide):
    after = assert_whole(
        lambda: decide(reopening=asked, reason="Because.", by=reviewer),
        lambda: (Reopening.objects.get().decision, Assessment.objects.get().status),
    )

    assert after == ("Because.", "open" if decide is grant else "submitted")


# --- The database has the last word ------------------------------------------------------------------------------------


def refused(name, result, **fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reopening.objects.create(assessment=result.assessment, **{"reason": "Why", **fields})


def test_reopening_one_waiting_per_assessment(result, asked):
    # SQLite names the column, PostgreSQL the constraint
    refused("reopening_one_waiting_per_assessment|assessment_reopening.assessment_id", result)


def test_reopening_status_known(result):
    refused("reopening_status_known", result, status="lost", decision="No.", decided_at=timezone.now())


def test_reopening_reason_given(result):
    refused("reopening_reason_given", result, reason="")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "granted"},
        {"status": "granted", "decision": "Yes."},
        {"status": "refused", "decided_at": NOON},
        {"status": "asked", "decided_at": NOON},
        {"status": "asked", "decision": "Yes."},
    ],
)
def test_reopening_decided_with_reason(result, fields):
    refused("reopening_decided_with_reason", result, **fields)
