"""Trying without an account: the same questions and result, kept by the visitor's session alone, claimed once."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.trials import AssessmentOpenError, TrialGoneError, claim, save_trial
from assessment.models import Answer, Assessment, Company, Trial, TrialAnswer
from assessment.throttling import STRANGERS
from tests.factories import make_assessment, make_company, make_user, make_version
from tests.people.makers import code_in

pytestmark = pytest.mark.django_db
PROFILE = {"sub_sector": "biotech", "size": "small", "activities": ["research"]}
ANSWERS = {
    "STR.VIS.1-pick": "choice.2",
    "STR.VIS.1-revision": "0",
    "OPS.CYB.1-pick": "choice.backup",
    "OPS.CYB.1-revision": "0",
}
KEPT = {"STR.VIS.1": {"choices": ["2"]}, "OPS.CYB.1": {"choices": ["backup"]}}
COMPANY = PROFILE | {"name": "Acme", "region": "FR-IDF"}
START, QUESTIONS, RESULT, KEEP = "trial_start", "trial_questions", "trial_result", "trial_keep"


@pytest.fixture(autouse=True)
def published(db):
    return make_version()


@pytest.fixture
def tried(client):
    """A visitor's browser in which the express questions are answered."""
    client.post(reverse(START), PROFILE)
    client.post(reverse(QUESTIONS), ANSWERS | {"next": "1"})
    return client


def sign_up(client, email="new@example.org"):
    client.post(reverse("account_signup"), {"email": email})
    return client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})


def answers():
    return {row.question: row.value for row in Answer.objects.all()}


# --- Answering ----------------------------------------------------------------------------------------------------------


def test_three_facts_then_the_questions_then_the_result(client):
    begun = client.post(reverse(START), PROFILE)
    assertRedirects(begun, reverse(QUESTIONS))
    answered = client.post(reverse(QUESTIONS), ANSWERS | {"next": "1"})

    assertRedirects(answered, reverse(RESULT))
    first = client.get(reverse(RESULT)).context["first"]
    assert (first.indication, first.standing.low, first.standing.high, first.not_asked) == ("50.0", "16.7", "50.0", 1)


def test_it_is_the_result_that_a_member_gets(tried, person):
    company = make_company(member=person)
    by_trial = tried.get(reverse(RESULT)).context["first"]

    assessment = claim(trial_pk=Trial.objects.get().pk, company=company, by=person)
    tried.force_login(person)
    as_member = tried.get(reverse("assessment_first_result", args=[assessment.pk])).context["first"]

    shown = ["indication", "lines", "strengths", "steps", "lowest", "highest", "not_asked"]
    assert [getattr(by_trial, name) for name in shown] == [getattr(as_member, name) for name in shown]


def test_nothing_of_a_person_is_stored(tried):
    trial = Trial.objects.get()

    kept = {field.name: getattr(trial, field.name) for field in Trial._meta.fields}
    assert kept.keys() == {"id", "version", "sub_sector", "size", "activities", "started_at"}
    assert {field.name for field in TrialAnswer._meta.fields} == {"id", "trial", "question", "state", "value"}
    assertNotContains(tried.get(reverse(QUESTIONS)), "-comment")


def test_a_changed_fact_keeps_the_answers(tried):
    tried.post(reverse(START), PROFILE | {"size": "large"})

    trial = Trial.objects.get()
    assert (trial.size, trial.answers.count()) == ("large", 2)


def test_what_is_changed_is_kept_at_once_where_scripts_run(client):
    client.post(reverse(START), PROFILE)

    reply = client.post(reverse(QUESTIONS), ANSWERS, headers={"HX-Request": "true"})

    assertContains(reply, "Kept in this browser’s session")
    assert {row.question: row.value for row in TrialAnswer.objects.all()} == KEPT


def test_what_is_missing_is_listed(client):
    client.post(reverse(START), PROFILE)

    response = client.post(reverse(QUESTIONS), {"OPS.CYB.1-revision": "0", "next": "1"})

    assertContains(response, "2 questions still need an answer")
    assertRedirects(client.get(reverse(RESULT)), reverse(QUESTIONS))


def test_a_value_that_does_not_exist_is_refused(client):
    client.post(reverse(START), PROFILE)

    response = client.post(reverse(QUESTIONS), {"STR.VIS.1-revision": "0", "STR.VIS.1-pick": "choice.none of it"})

    assert (response.status_code, TrialAnswer.objects.count()) == (422, 0)


def test_one_network_begins_so_many_an_hour(client, monkeypatch):
    monkeypatch.setitem(STRANGERS, "trial", [("network", "2/h")])

    statuses = [Client().post(reverse(START), PROFILE).status_code for _ in range(3)]

    assert (statuses, Trial.objects.count()) == ([302, 302, 429], 2)


@pytest.mark.parametrize("count", [1, 2])
def test_query_counts(client, django_assert_num_queries, count):
    client.post(reverse(START), PROFILE)
    client.post(reverse(QUESTIONS), dict(list(ANSWERS.items())[: 2 * count]))
    client.get(reverse(QUESTIONS))

    with django_assert_num_queries(3):  # session, trial with its version, answers
        client.get(reverse(QUESTIONS))
    with django_assert_num_queries(3):
        client.get(reverse(RESULT))


# --- Nobody else's --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [QUESTIONS, RESULT])
def test_another_browser_sees_nothing_of_it(tried, page):
    assertRedirects(Client().get(reverse(page)), reverse(START))


def test_another_browser_writes_nothing_to_it(tried):
    Client().post(reverse(QUESTIONS), {"STR.VIS.1-pick": "choice.0", "STR.VIS.1-revision": "0"})

    assert {row.question: row.value for row in TrialAnswer.objects.all()} == KEPT


@pytest.mark.parametrize("cookie", ["trial", "session"])
def test_a_made_up_cookie_opens_nothing(tried, cookie):
    stranger = Client()
    stranger.cookies[cookie] = str(Trial.objects.get().pk)

    assertRedirects(stranger.get(reverse(RESULT)), reverse(START))


def test_the_key_of_a_trial_is_in_no_page(tried):
    key = str(Trial.objects.get().pk)

    for page in [START, QUESTIONS, RESULT]:
        assertNotContains(tried.get(reverse(page)), key)


def test_two_visitors_have_each_their_own(tried):
    other = Client()
    other.post(reverse(START), PROFILE | {"size": "large"})

    assert other.get(reverse(QUESTIONS)).context["standing"].whole.answered == 0
    assert tried.get(reverse(QUESTIONS)).context["standing"].whole.answered == 2


def test_a_session_that_ran_out_opens_nothing(tried):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assertRedirects(tried.get(reverse(RESULT)), reverse(START))


def test_after_seven_days_it_is_over_whatever_the_session_says(tried, person):
    Trial.objects.update(started_at=timezone.now() - timedelta(days=7))

    assertRedirects(tried.get(reverse(RESULT)), reverse(START))
    with pytest.raises(TrialGoneError):
        claim(trial_pk=Trial.objects.get().pk, company=make_company(member=person), by=person)


def test_after_seven_days_it_is_deleted(tried, capsys):
    young = Trial.objects.create(version=make_version(), sub_sector="ivd", size="micro")
    Trial.objects.exclude(pk=young.pk).update(started_at=timezone.now() - timedelta(days=7))

    call_command("forget_trials")

    assert [trial.pk for trial in Trial.objects.all()] == [young.pk]
    assert (TrialAnswer.objects.count(), capsys.readouterr().out) == (0, "1 trials deleted\n")


# --- Keeping it -----------------------------------------------------------------------------------------------------------


def test_with_a_new_account_every_answer_goes_into_the_new_company(tried):
    arrived = sign_up(tried)
    assertRedirects(arrived, reverse(KEEP), target_status_code=302)
    asked = tried.get(arrived["Location"], follow=True)
    initial = asked.context["form"].initial
    created = tried.post(reverse("company_create"), COMPANY)

    open_one = Assessment.objects.get()
    assert {name: initial[name] for name in PROFILE} == PROFILE
    assertRedirects(created, reverse("assessment_first_result", args=[open_one.pk]))
    assert (open_one.path, open_one.company.name, answers()) == ("express", "Acme", KEPT)
    assert Trial.objects.count() == 0


def test_a_visitor_is_asked_to_sign_in_before_keeping(tried):
    response = tried.post(reverse(KEEP))

    assert response["Location"].startswith(reverse("account_login"))
    assert Assessment.objects.count() == 0


def test_a_member_chooses_the_company(tried, person):
    company = make_company(member=person)
    tried.force_login(person)

    kept = tried.post(reverse(KEEP), {"company": company.pk})

    assertRedirects(kept, reverse("assessment_first_result", args=[Assessment.objects.get().pk]))
    assert answers() == KEPT


def test_somebody_elses_company_is_no_choice(tried, person):
    make_company(member=person)
    other = make_company(name="Other")
    tried.force_login(person)

    response = tried.post(reverse(KEEP), {"company": other.pk})

    assertContains(response, "Choose one of the companies below.")
    assert (Assessment.objects.count(), Trial.objects.count()) == (0, 1)


def test_a_reader_keeps_nothing_for_a_company(tried, person):
    make_company(member=person, role="reader")
    tried.force_login(person)

    assertRedirects(tried.get(reverse(KEEP)), reverse("company_create"))


def test_an_assessment_in_progress_is_not_mixed_with_it(tried, person):
    company = make_company(member=person)
    make_assessment(company=company)
    tried.force_login(person)

    response = tried.post(reverse(KEEP), {"company": company.pk})

    assert (answers(), Trial.objects.count()) == ({}, 1)
    assert response.status_code in {302, 409}
    with pytest.raises(AssessmentOpenError):
        claim(trial_pk=Trial.objects.get().pk, company=company, by=person)


def test_claimed_once_it_is_nobodys_any_more(tried, person):
    first, second = make_company(member=person), make_company(member=person, name="Second")
    key = Trial.objects.get().pk

    claim(trial_pk=key, company=first, by=person)

    with pytest.raises(TrialGoneError):
        claim(trial_pk=key, company=second, by=person)
    assert [one.company.name for one in Assessment.objects.all()] == ["Acme"]


def test_a_second_tab_that_claims_it_again_is_led_to_the_company(tried, person):
    company = make_company(member=person)
    tried.force_login(person)
    claim(trial_pk=Trial.objects.get().pk, company=company, by=person)  # in the other tab, the session not yet written

    response = tried.post(reverse(KEEP), {"company": company.pk})

    assertRedirects(response, reverse(START))
    assert Assessment.objects.count() == 1


def test_an_answer_that_arrives_after_the_claim_is_not_taken(tried, person):
    trial = Trial.objects.get()
    claim(trial_pk=trial.pk, company=make_company(member=person), by=person)

    with pytest.raises(TrialGoneError):
        save_trial(trial=trial, savings=[])


def test_whoever_signs_in_here_after_somebody_else_has_nothing_of_it(tried, person):
    make_company(member=person)
    tried.force_login(person)
    other = make_user(email="grace@company.example")

    tried.force_login(other)

    assertRedirects(tried.get(reverse(KEEP)), reverse(START))


def test_who_does_not_want_it_has_it_deleted(tried, person):
    make_company(member=person)
    tried.force_login(person)
    assertContains(tried.get(reverse("start")), "You answered questions before signing in")

    tried.post(reverse(KEEP), {"forget": "1"})

    assert Trial.objects.count() == 0
    assertNotContains(tried.get(reverse("start")), "You answered questions before signing in")


def test_without_a_trial_there_is_nothing_to_keep(signed_in):
    assertRedirects(signed_in.get(reverse(KEEP)), reverse(START))


def test_the_list_of_companies_costs_the_same_for_one_and_for_three(tried, person, django_assert_num_queries):
    make_company(member=person)
    tried.force_login(person)
    counts = []
    for more in [0, 2]:
        for number in range(more):
            make_company(member=person, name=f"Another {number}")
        with django_assert_num_queries(4):  # session, user, trial with its version, companies
            counts.append(len(tried.get(reverse(KEEP)).context["companies"]))

    assert counts == [1, 3]


# --- The database has the last word ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "name"),
    [({"sub_sector": "bakery"}, "trial_sub_sector_known"), ({"size": "enormous"}, "trial_size_known")],
)
def test_facts_of_a_trial_are_known_ones(published, values, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Trial.objects.create(version=published, **{"sub_sector": "ivd", "size": "micro"} | values)


def test_a_question_has_one_answer_of_a_known_state(tried):
    trial = Trial.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():  # SQLite names the columns, PostgreSQL the constraint
        TrialAnswer.objects.create(trial=trial, question="STR.VIS.1", state="answered")
    with pytest.raises(IntegrityError, match="trialanswer_state_known"), transaction.atomic():
        TrialAnswer.objects.create(trial=trial, question=str(uuid.uuid4()), state="guessed")


def test_a_company_made_meanwhile_is_not_lost(tried):
    sign_up(tried)
    Trial.objects.all().delete()

    created = tried.post(reverse("company_create"), COMPANY)

    assertRedirects(created, reverse("start"))
    assert Company.objects.get().name == "Acme"
