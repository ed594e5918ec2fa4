"""What could not be sent, as administrators see it: to whom and why, never what it said."""

import pytest
from django.core.mail import EmailMessage, send_mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.letters import expiring
from mail.models import Letter
from tests.factories import make_staff
from tests.mail.sink import REFUSES

pytestmark = pytest.mark.django_db
LIST = "admin:mail_letter_changelist"
SECRET = "canary-of-the-body"


@pytest.fixture
def desk(client):
    client.force_login(make_staff())
    return client


@pytest.fixture
def dead(sink, work):
    sink.mood = REFUSES
    EmailMessage("A subject", SECRET, None, ["ada@company.example"]).send()
    work()
    return Letter.objects.get()


def send_again(desk, letters):
    keys = [str(letter.pk) for letter in letters]
    return desk.post(reverse(LIST), {"action": "send_again", "_selected_action": keys}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_says_to_whom_and_why_and_nothing_of_the_text(desk, dead):
    page = desk.get(reverse(LIST)).text

    assert [text in page for text in ["ada@company.example", "550 5.1.1 no such person", SECRET]] == [True, True, False]


def test_its_page_says_no_more_than_the_list(desk, dead):
    page = desk.get(reverse("admin:mail_letter_change", args=[dead.pk])).text

    assert [text in page for text in ["550 5.1.1 no such person", SECRET, "A subject"]] == [True, False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_long_it_is(desk, django_assert_num_queries, count):
    for _number in range(count):
        send_mail("A subject", "A body", None, ["ada@company.example"])
    desk.get(reverse(LIST))

    with django_assert_num_queries(6):
        desk.get(reverse(LIST))


def test_a_dead_letter_is_sent_again(desk, dead):
    response = send_again(desk, [dead])

    dead.refresh_from_db()
    assert (dead.status, said(response)) == ("READY", ["1 e-mail will be sent again."])


def test_what_waits_already_and_what_had_a_code_is_left(desk, sink, work):
    sink.mood = REFUSES
    EmailMessage("A code", "ABC", None, ["ada@company.example"], headers=expiring(timezone.now())).send()
    work()
    send_mail("A subject", "A body", None, ["bob@company.example"])
    letters = list(Letter.objects.all())

    response = send_again(desk, letters)

    assert sorted(Letter.objects.values_list("status", flat=True)) == ["FAILED", "READY"]
    assert said(response) == ["2 e-mails were left: they wait already, or had a code that is worth nothing any more."]


@pytest.mark.parametrize("group", ["reader", "reviewer", "editor"])
def test_it_is_for_administrators_alone(dead, group):
    client = Client()
    client.force_login(make_staff(group=group))
    pages = [reverse(LIST), reverse("admin:mail_letter_change", args=[dead.pk])]

    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert client.post(reverse(LIST), {"action": "send_again", "_selected_action": [str(dead.pk)]}).status_code == 403


@pytest.mark.parametrize("page", ["add", "delete"])
def test_nobody_writes_or_deletes_one_by_hand(desk, dead, page):
    arguments = [] if page == "add" else [dead.pk]

    assert desk.get(reverse(f"admin:mail_letter_{page}", args=arguments)).status_code == 403


@pytest.mark.parametrize("state", ["dead", "waiting"])
def test_the_list_is_narrowed_by_state(desk, dead, state):
    send_mail("A subject", "A body", None, ["bob@company.example"])

    page = desk.get(reverse(LIST), {"state": state}).text

    shown = [address for address in ["ada@company.example", "bob@company.example"] if address in page]
    assert shown == {"dead": ["ada@company.example"], "waiting": ["bob@company.example"]}[state]


def test_a_state_that_no_letter_has_is_not_passed_over(client):
    client.force_login(make_staff(group="administrator"))
    address = reverse("admin:mail_letter_changelist")

    assert client.get(address, {"state": "lost"}).context["cl"].left_out == ["state=lost"]
