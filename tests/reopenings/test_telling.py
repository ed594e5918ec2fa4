"""Who learns by e-mail that a reopening is asked for, or decided: those who must act, not who did it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db import transaction
from django.urls import reverse

from assessment.actions.reopenings import ask, grant, refuse
from assessment.models import Reopening
from tests.factories import make_company, make_membership, make_result, make_staff, make_user


def recipients():
    return sorted(address for message in mail.outbox for address in message.recipients())


def test_those_who_may_decide_are_told_and_no_other_staff(result, person, reviewer, posted):
    administrator = make_staff(group="administrator")
    make_staff(group="reader")
    make_staff(group="editor")
    make_staff(group="reviewer", email="gone@csf.example")
    type(person).objects.filter(email="gone@csf.example").update(is_active=False)

    with posted():
        ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    assert recipients() == sorted([administrator.email, reviewer.email])


def test_an_account_without_the_administration_is_not_told(result, person, posted):
    make_user().groups.add(Group.objects.get(name="reviewer"))

    with posted():
        ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    assert mail.outbox == []


def test_a_right_given_to_one_person_counts_as_that_of_a_group(result, person, posted):
    somebody = make_user(is_staff=True)
    somebody.user_permissions.add(Permission.objects.get(codename="view_assessment"))

    with posted():
        ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    assert recipients() == [somebody.email]


def test_who_asks_is_not_told_even_where_they_decide_too(reviewer, posted):
    result = make_result(company=make_company(member=reviewer), by=reviewer)

    with posted():
        ask(assessment=result.assessment, reason="A figure was wrong.", by=reviewer)

    assert mail.outbox == []


def test_the_request_is_read_in_the_administration_not_in_the_message(result, person, reviewer, posted):
    with posted():
        asked = ask(assessment=result.assessment, reason="Our score of 41 is wrong.", by=person)

    [message] = mail.outbox
    french, english = message.body.split("–" * 30)
    path = f"/admin/assessment/reopening/{asked.pk}/change/"
    assert message.subject.split(" / ")[1] == "A request to change submitted answers"
    assert english.strip().split("\n\n")[1] == (
        "Acme asks to change answers that it has submitted. Its reason, and your decision, are in the administration:"
    )
    assert [french.count(f"/fr{path}"), english.count(f"/en{path}")] == [1, 1]
    assert [message.body.count(word) for word in ["41", str(person), person.email]] == [0, 0, 0]


def test_asking_twice_tells_once(result, person, reviewer, posted):
    with posted():
        ask(assessment=result.assessment, reason="A figure was wrong.", by=person)
        ask(assessment=result.assessment, reason="Again.", by=person)

    assert recipients() == [reviewer.email]


def test_taken_back_nobody_is_told(result, person, reviewer, posted):
    with posted(), transaction.atomic():
        ask(assessment=result.assessment, reason="A figure was wrong.", by=person)
        transaction.set_rollback(True)

    assert (mail.outbox, Reopening.objects.count()) == ([], 0)


@pytest.mark.parametrize("decide", [grant, refuse])
def test_every_manager_is_told_of_the_decision_and_nobody_else(result, person, reviewer, decide, posted):
    other = make_user()
    make_membership(company=result.company, user=other, role="manager")
    for role in ["contributor", "reader"]:
        make_membership(company=result.company, user=make_user(), role=role)
    asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    with posted():
        decide(reopening=asked, reason="Seen together.", by=reviewer)

    assert recipients() == sorted([person.email, other.email])


def test_a_reviewer_who_manages_the_company_is_not_told_of_their_own_decision(result, person, reviewer, posted):
    make_membership(company=result.company, user=reviewer, role="manager")
    asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    with posted():
        grant(reopening=asked, reason="Seen together.", by=reviewer)

    assert recipients() == [person.email]


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (
            grant,
            "The assessment of Acme is open again: you can change its answers and submit it once more. "
            "The earlier result stays.",
        ),
        (refuse, "The assessment of Acme stays as it was submitted."),
    ],
)
def test_the_decision_comes_with_its_reason_and_leads_to_the_assessment(result, person, reviewer, decide, said, posted):
    asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    with posted():
        decide(reopening=asked, reason="Seen together.", by=reviewer)

    english = mail.outbox[0].body.split("–" * 30)[1].strip().split("\n\n")
    assert english[1:4] == [said, "Why it was decided so:", "Seen together."]
    assert english[4].endswith(f"/en/assessments/{result.assessment_id}/")


def test_a_decision_that_is_taken_back_tells_nobody(result, person, reviewer, posted):
    asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=person)

    with posted(), transaction.atomic():
        grant(reopening=asked, reason="Seen together.", by=reviewer)
        transaction.set_rollback(True)

    assert (mail.outbox, Reopening.objects.get().status) == ([], "asked")


def test_the_link_in_the_message_opens_the_decision(client, result, person, reviewer, posted):
    with posted():
        asked = ask(assessment=result.assessment, reason="A figure was wrong.", by=person)
    client.force_login(reviewer)

    assert client.get(reverse("admin:assessment_reopening_change", args=[asked.pk])).status_code == 200
