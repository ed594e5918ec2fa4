"""What a stranger has sent to somebody: how much, what the pages say, and what the person still gets."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import PASSWORD, make_company
from tests.people.makers import code_in, make_person
from tests.people.strangers import (
    ADDRESS,
    ask_for_code,
    ask_for_reset,
    browser,
    enters_by_code,
    is_signed_in,
    lock_out,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("email", [ADDRESS, "unknown@example.org"])
@pytest.mark.parametrize("ask", [ask_for_code, ask_for_reset])
def test_one_network_has_five_messages_sent_and_the_person_is_told_once(ask, email):
    make_person()

    answers = [ask(browser(), email) for _ in range(12)]

    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.subject for message in mail.outbox[5:]] == ["No more codes for an hour"]


def test_many_networks_have_ten_messages_sent_whatever_they_ask_for():
    make_person()

    for number in range(10):
        for ask in [ask_for_code, ask_for_reset]:
            ask(browser(f"198.51.100.{number}"), f"ada+{number}@example.org" if number % 2 else ADDRESS)
        browser(f"192.0.2.{number}").post(reverse("account_signup"), {"email": ADDRESS})

    assert len(mail.outbox) == 11


def test_who_is_known_still_gets_a_code_when_strangers_have_used_theirs_up():
    make_company(member=make_person())
    known = browser()
    sign_in(known)
    known.post(reverse("account_logout"))
    for number in range(20):
        ask_for_code(browser(f"198.51.100.{number}"))

    assert enters_by_code(known)


@pytest.mark.parametrize(
    ("ask", "state", "confirm"),
    [
        (ask_for_code, lambda kept: kept["account_login"]["state"]["stages"]["login_by_code"]["data"], "login"),
        (ask_for_reset, lambda kept: kept["account_password_reset_verification"], "password_reset"),
    ],
)
def test_a_code_that_was_not_sent_opens_nothing(ask, state, confirm):
    make_person()
    for _ in range(6):
        stranger = browser()
        ask(stranger)

    answer = stranger.post(reverse(f"account_confirm_{confirm}_code"), {"code": state(stranger.session)["code"]})

    assert answer.status_code == 200
    assert answer.context["form"].errors["code"] == ["Incorrect code."]


def test_the_page_after_asking_says_the_same_when_nothing_was_sent():
    make_person()

    pages = [page_after(browser(), ask_for_code) for _ in range(7)]

    assert len(set(pages)) == 1


def page_after(client, ask):
    answer = ask(client)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(answer["Location"]).content.decode())


def test_wrong_codes_in_a_strangers_browser_leave_the_persons_own_code_good():
    make_company(member=make_person())
    person, stranger = browser("198.51.100.1"), browser()
    ask_for_code(person)
    code = code_in(mail.outbox[-1])
    ask_for_code(stranger)

    for _ in range(4):
        stranger.post(reverse("account_confirm_login_code"), {"code": "wrong"})
    stranger.post(reverse("account_confirm_login_code"), {"code": code})
    person.post(reverse("account_confirm_login_code"), {"code": code})

    assert (is_signed_in(stranger), is_signed_in(person)) == (False, True)


def test_what_was_done_to_an_account_is_told_whatever_strangers_asked_for():
    user = make_person()
    lock_out(browser())
    person = browser()
    person.force_login(user)
    mail.outbox.clear()

    new = "quite another long one"
    person.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [message.subject for message in mail.outbox] == ["Your password was changed"]
