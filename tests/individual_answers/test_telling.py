"""Members learn by e-mail that their individual answers are asked for, once, and never what anybody answered."""

import pytest
from django.core import mail
from django.db import transaction

from assessment.actions.errors import ClosedError
from assessment.actions.individual_answers import close_consultation, open_consultation
from assessment.models import Consultation
from tests.factories import make_company, make_membership, make_result, make_user
from tests.faults import assert_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(assessment, person, posted):
    """Open the consultation on operations as Ada does."""

    def opened():
        with posted():
            open_consultation(assessment=assessment, dimension="OPS", by=person)

    return opened


def recipients():
    return [message.recipients() for message in mail.outbox]


def test_every_other_member_gets_one_message_readers_too(ask, colleague, reader):
    make_membership(company=make_company(name="Other"), user=make_user(), role="manager")

    ask()

    assert recipients() == [[colleague.email], [reader.email]]


def test_the_message_names_the_dimension_and_leads_to_it_in_each_language(ask, assessment, colleague):
    ask()

    [message] = mail.outbox
    french, english = message.body.split("–" * 30)
    path = f"/assessments/{assessment.pk}/dimensions/OPS/own/consultation/"
    assert message.subject.split(" / ")[1] == "Acme asks for your own view"
    assert english.strip().split("\n\n")[1] == (
        "Each member of Acme is asked how they see this part of the assessment, before you compare: Operations."
    )
    assert [french.count(f"/fr{path}"), english.count(f"/en{path}")] == [1, 1]


def test_an_account_that_is_closed_gets_none(ask, colleague):
    colleague.is_active = False
    colleague.save()

    ask()

    assert mail.outbox == []


def test_asking_while_it_is_open_tells_nobody_again(ask, colleague):
    ask()

    ask()

    assert recipients() == [[colleague.email]]


def test_opened_again_it_is_told_again(ask, person, colleague):
    ask()
    close_consultation(consultation=Consultation.objects.get(), by=person)

    ask()

    assert recipients() == [[colleague.email]] * 2


def test_a_submitted_assessment_asks_nobody(person, django_capture_on_commit_callbacks):
    result = make_result(company=make_company(member=person), by=person)
    make_membership(company=result.company, user=make_user())

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ClosedError):
        open_consultation(assessment=result.assessment, dimension="OPS", by=person)

    assert mail.outbox == []


def test_taken_back_nobody_is_told(assessment, person, colleague, posted):
    with posted(), transaction.atomic():
        open_consultation(assessment=assessment, dimension="OPS", by=person)
        transaction.set_rollback(True)

    assert (mail.outbox, Consultation.objects.count()) == ([], 0)


def test_a_fault_at_any_statement_opens_nothing(assessment, person, colleague):
    after = assert_whole(
        lambda: open_consultation(assessment=assessment, dimension="OPS", by=person),
        lambda: list(Consultation.objects.values_list("dimension", "closed_at")),
    )

    assert after == [("OPS", None)]
