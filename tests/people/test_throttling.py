"""A stranger tries, asks and asks again: what is refused to whom, and what the person gets meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertRedirects

from assessment.rates import count
from tests.authenticator import enrol, give_recovery_codes
from tests.factories import PASSWORD, make_company, make_staff
from tests.people.makers import code_in, make_person
from tests.people.strangers import (
    ADDRESS,
    REFUSED,
    WRONG,
    ask_for_code,
    ask_for_reset,
    browser,
    enters,
    enters_by_code,
    is_evaluated,
    is_signed_in,
    lock_out,
    sign_in,
)

pytestmark = pytest.mark.django_db


# --- Passwords --------------------------------------------------------------------------------------------------------


def test_sixty_guesses_under_changing_names_are_ten_and_the_person_enters_at_every_point():
    make_company(member=make_person())
    known, stranger = browser(), browser()
    sign_in(known)
    known.post(reverse("account_logout"))

    evaluated, entered = [], []
    for number in range(60):
        other, claimed = f"person{number}@example.org", f"198.51.100.{number}, 10.0.0.{number}"
        answer = sign_in(stranger, WRONG, other, HTTP_X_FORWARDED_FOR=claimed)
        evaluated.append(is_evaluated(answer))
        if number % 10 == 9:
            sign_in(stranger, WRONG)
            entered.append(enters(known))

    assert (sum(evaluated) <= 10, entered) == (True, [True] * 6)


def test_who_guesses_one_persons_password_is_refused_after_five():
    make_person()
    stranger = browser()

    answers = [sign_in(stranger, WRONG) for _ in range(6)]

    assert [is_evaluated(answer) for answer in answers] == [True] * 5 + [False]
    assert (answers[5].status_code, answers[5]["Retry-After"]) == (429, "300")


def test_the_right_password_is_refused_too_where_guesses_came_from():
    make_person()
    stranger = browser()
    lock_out(stranger)

    assert not enters(stranger)


@pytest.mark.parametrize("enter", [enters, enters_by_code])
def test_a_stranger_keeps_nobody_out_of_another_network(enter):
    make_company(member=make_person())
    lock_out(browser("203.0.113.9"))

    assert enter(browser("198.51.100.1"))


@pytest.mark.parametrize("enter", [enters, enters_by_code])
def test_a_stranger_keeps_nobody_out_of_a_device_in_the_same_network(enter):
    make_company(member=make_person())
    known, stranger = browser(), browser()
    sign_in(known)
    known.post(reverse("account_logout"))
    for _ in range(3):
        lock_out(stranger)

    assert enter(known)


def test_a_forgotten_password_is_replaced_while_a_stranger_asks():
    make_company(member=make_person())
    lock_out(browser("203.0.113.9"))
    person = browser("198.51.100.1")

    ask_for_reset(person)
    person.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[-1])})
    new = "quite another long one"
    person.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})

    assert enters(person, new)


def test_a_new_password_opens_where_the_old_one_was_mistyped():
    make_company(member=make_person())
    person, new = browser(), "quite another long one"
    for _ in range(6):
        sign_in(person, WRONG)

    ask_for_reset(person)
    person.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[-1])})
    person.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})

    assert enters(person, new)


def test_guesses_from_many_networks_are_fifty_and_close_neither_devices_nor_codes():
    make_company(member=make_person())
    known = browser()
    sign_in(known)
    known.post(reverse("account_logout"))

    answers = [sign_in(browser(f"198.51.100.{number}"), WRONG) for number in range(60)]

    assert sum(map(is_evaluated, answers)) == 50
    elsewhere = browser("192.0.2.1")
    assert [enters(elsewhere), enters(known), enters_by_code(elsewhere)] == [False, True, True]


def test_a_right_password_counts_as_no_failure():
    make_company(member=make_person())
    stranger = browser()

    entered = []
    for _ in range(8):
        stranger.cookies.pop("device", None)
        entered.append(enters(stranger))

    assert entered == [True] * 8


def test_of_twelve_tries_at_once_five_are_counted_in():
    with ThreadPoolExecutor(12) as pool:
        counted = list(pool.map(lambda _number: count("the same", "5/5m"), range(12)))

    assert sum(usage is not None for usage in counted) == 5


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("::ffff:203.0.113.9", "::ffff:198.51.100.1", False),
    ],
)
def test_a_network_is_an_address_or_the_sixty_fourth_of_ipv6(first, second, together):
    make_person()
    for _ in range(5):
        sign_in(browser(first), WRONG)

    assert is_evaluated(sign_in(browser(second), WRONG)) is not together


def test_a_known_and_an_unknown_address_are_refused_alike():
    make_person()
    answers = []

    for email in [ADDRESS, "unknown@example.org"]:
        stranger = browser(f"203.0.113.{len(email)}")
        answers.append([sign_in(stranger, WRONG, email).status_code for _ in range(8)])

    assert answers[0] == answers[1] == [200] * 5 + [429] * 3


def test_the_sign_in_page_of_the_administration_evaluates_nothing(client):
    make_person(is_staff=True)

    answer = client.post(reverse("admin:login"), {"username": ADDRESS, "password": PASSWORD})

    assertRedirects(answer, f"{reverse('account_login')}?next={reverse('admin:login')}", fetch_redirect_response=False)
    assert not is_signed_in(client)


def test_the_administration_changes_no_password_of_its_own(client):
    client.force_login(make_staff())

    answer = client.post("/en/admin/password_change/", {"old_password": WRONG})

    assertRedirects(answer, reverse("account_change_password"), fetch_redirect_response=False)


# --- Second factors ---------------------------------------------------------------------------------------------------


def at_second_factor(client):
    sign_in(client)
    return lambda code: client.post(reverse("mfa_authenticate"), {"code": code})


def with_recovery_codes(user):
    enrol(user)
    return iter(give_recovery_codes(user))


def test_who_has_the_password_keeps_nobody_from_giving_the_second_factor():
    user = make_person()
    make_company(member=user)
    codes = with_recovery_codes(user)
    stranger, person = browser("203.0.113.9"), browser("198.51.100.1")
    give = at_second_factor(stranger)

    answers = [give("000000") for _ in range(7)]
    at_second_factor(person)(next(codes))

    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert is_signed_in(person)


def test_second_factors_are_guessed_thirty_times_a_day_and_not_at_all_by_who_has_the_mailbox():
    user = make_person()
    make_company(member=user)
    codes = with_recovery_codes(user)
    answers = []
    for number in range(8):
        give = at_second_factor(browser(f"198.51.100.{number}"))
        answers += [give("000000").status_code for _ in range(5)]

    person = browser("192.0.2.1")
    refused = at_second_factor(person)(next(codes))
    person.post(reverse("account_logout"))
    enters_by_code(person)
    person.post(reverse("mfa_authenticate"), {"code": next(codes)})

    assert (answers.count(200), refused.status_code, is_signed_in(person)) == (30, 429, True)


def test_confirming_that_it_is_you_is_limited_by_session(client):
    user = make_person()
    client.force_login(user)
    elsewhere = browser("127.0.0.1")
    elsewhere.force_login(user)
    for _ in range(6):
        sign_in(browser("127.0.0.1"), WRONG)

    wrong = [client.post(reverse("account_reauthenticate"), {"password": WRONG}).status_code for _ in range(7)]
    right = elsewhere.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert (wrong, right.status_code) == ([200] * 5 + [429] * 2, 302)


def test_nobody_in_the_network_closes_the_way_in_by_passkey():
    stranger = browser()

    answers = [stranger.post(reverse("mfa_login_webauthn"), {"credential": "{}"}) for _ in range(30)]

    assert {answer.status_code for answer in answers} == {302}


# --- Pages of refusal -------------------------------------------------------------------------------------------------


def refusals(client):
    yield "sign-up", [client.post(reverse("account_signup"), {"email": "x"}) for _ in range(21)]
    yield "codes", [ask_for_code(browser(), f"person{number}@example.org") for number in range(21)]
    yield "resets", [ask_for_reset(client, f"person{number}@example.org") for number in range(21)]
    yield "invitations", [client.get(reverse("invitation"), {"token": f"wrong{number}"}) for number in range(11)]
    yield "passwords", [sign_in(client, WRONG) for _ in range(6)]
    client.force_login(make_person("bob@example.org"))
    wrong = {"oldpassword": WRONG, "password1": "x", "password2": "x"}
    yield "change of password", [client.post(reverse("account_change_password"), wrong) for _ in range(6)]
    yield "confirmation", [client.post(reverse("account_reauthenticate"), {"password": WRONG}) for _ in range(6)]


@pytest.mark.parametrize(("language", "words"), [("en", ["Too many tries", REFUSED]), ("fr", ["Trop de tentatives"])])
def test_each_refusal_says_so_in_the_readers_language_and_when_to_come_back(language, words):
    with translation.override(language):
        for what, answers in refusals(browser()):
            last, page = answers[-1], answers[-1].content.decode()
            told = any(word in page for word in words)
            assert (what, last.status_code, int(last["Retry-After"]) >= 60, told) == (what, 429, True, True)
