import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects
from structlog.testing import capture_logs

from tests.factories import PASSWORD, make_company
from tests.people.makers import code_in, make_person, said

pytestmark = pytest.mark.django_db


def sign_in(client, email="ada@example.org", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_with_a_password_one_arrives_where_there_is_something_to_do(client):
    make_company(member=make_person())

    answer = sign_in(client)

    assertRedirects(answer, reverse("start"), fetch_redirect_response=False)


def test_without_a_company_one_arrives_where_it_is_created(client):
    make_person()

    answer = sign_in(client)

    assertRedirects(answer, reverse("company_create"))


def test_with_a_code_sent_by_e_mail(client):
    make_person()

    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    assert mail.outbox[0].subject == "Your code to sign in"
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert is_signed_in(client)


def test_a_code_to_sign_in_is_good_once(client):
    make_person()
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    code = code_in(mail.outbox[0])
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("account_logout"))

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert not is_signed_in(client)


def test_a_code_to_sign_in_is_good_for_ten_minutes(client):
    make_person()
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()

    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert not is_signed_in(client)


def test_a_code_serves_only_in_the_browser_that_asked(client):
    make_person()
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    elsewhere = Client()

    elsewhere.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert not is_signed_in(elsewhere)


def test_signing_in_gives_the_session_a_new_key(client):
    make_person()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "sign-in"
    session.save()
    key = session.session_key

    client.cookies["session"] = key
    sign_in(client)

    assert client.session.session_key != key


def test_signing_out_asks_then_takes_a_post(client):
    make_person()
    sign_in(client)

    asked = client.get(reverse("account_logout"))
    still = is_signed_in(client)
    done = client.post(reverse("account_logout"))

    assert (asked.status_code, still) == (200, True)
    assertRedirects(done, reverse("home"))
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_page():
    make_person("known@example.org")

    pages = [refusal(email) for email in ["known@example.org", "unknown@example.org"]]

    assert pages[0] == pages[1]


def refusal(email):
    response = sign_in(Client(), email=email, password="not the password at all")
    return response.status_code, anonymous(response, email)


def anonymous(response, email):
    page = response.content.decode().replace(email, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("form", ["account_request_login_code", "account_reset_password"])
def test_asking_for_a_code_tells_nothing_of_who_has_an_account(form):
    make_person("known@example.org")

    pages = [page_after(form, email) for email in ["known@example.org", "unknown@example.org"]]

    assert pages[0] == pages[1]
    assert mail.outbox[1].subject == "No account with this address"


def page_after(form, email):
    visitor = Client()
    answer = visitor.post(reverse(form), {"email": email})
    return answer.status_code, answer["Location"], anonymous(visitor.get(answer["Location"]), email)


def test_five_failures_close_an_account_to_passwords_for_a_while(client):
    make_person()
    for _ in range(5):
        sign_in(client, password="not the password at all")

    answer = sign_in(client)

    assert answer.context["form"].non_field_errors() == ["Too many failed login attempts. Try again later."]
    assert not is_signed_in(client)


def test_who_is_locked_out_by_somebody_else_still_enters_by_code(client):
    make_person()
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), password="not the password at all")

    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})

    assert is_signed_in(client)


def test_one_address_guesses_ten_times_a_minute_whatever_it_claims_to_be(client):
    answers = [
        sign_in(client, email=f"person{n}@example.org", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").context["form"]
        for n in range(12)
    ]

    evaluated = [form.non_field_errors()[0].startswith("The email address and/or password") for form in answers]
    assert evaluated == [True] * 10 + [False] * 2


def test_behind_one_trusted_proxy_the_last_address_it_added_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    for n in range(10):
        sign_in(client, email=f"person{n}@example.org", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9")
    same = sign_in(client, email="more@example.org", HTTP_X_FORWARDED_FOR="198.51.100.99, 203.0.113.9")
    other = sign_in(client, email="more@example.org", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.1")

    assert [form.context["form"].non_field_errors()[0][:8] for form in [same, other]] == ["Too many", "The emai"]


def test_a_closed_account_cannot_be_entered(client):
    make_person(is_active=False)

    answer = sign_in(client)

    assertRedirects(answer, reverse("account_inactive"))
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "////evil.example/%2f..",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://evil.example",
        "HTTPS://EVIL.EXAMPLE",
        "http://evil.example",
        "ftp://evil.example",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example\\@testserver",
        "https://testserver@evil.example",
        "https://testserver.evil.example",
        "https://evil.example/testserver",
        "https://evil.example#testserver",
        "https://еvil.example",
        "https://xn--vil-rdc.example",
        "\thttps://evil.example",
        "https://evil.example\t",
        "/\t/evil.example",
        "\r\n//evil.example",
        "%0d%0aLocation:https://evil.example",
        " //evil.example",
        "http:\\\\evil.example",
        "//user:word@evil.example:8000",
    ],
)
def test_the_way_on_never_leaves_the_site(client, target):
    make_person()

    signed_in = client.post(
        reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD, "next": target}
    )
    signed_out = client.post(reverse("account_logout"), {"next": target})

    assert [host_after(answer) for answer in [signed_in, signed_out]] == ["testserver", "testserver"]


def host_after(answer):
    """As browsers read an address: tabs and line ends are dropped, a backslash is a slash."""
    address = re.sub(r"[\t\r\n]", "", answer["Location"]).strip().replace("\\", "/")
    return urlsplit(urljoin("http://testserver/en/account/login/", address)).netloc


def test_the_way_on_leads_back_to_where_one_was_going(client):
    company = make_company(member=make_person())
    page = reverse("company", args=[company.pk])

    asked = client.get(page)
    answer = client.post(asked["Location"], {"login": "ada@example.org", "password": PASSWORD})

    assertRedirects(answer, page)


def test_the_demonstration_says_that_staff_need_no_second_factor(client, settings):
    settings.DEMO, settings.STAFF_SECOND_FACTOR = True, False

    page = client.get(reverse("account_login")).content.decode()

    assert "Staff enter here without a second factor. On a real site they cannot." in page


def test_a_real_site_says_nothing_of_the_kind(client, settings):
    settings.STAFF_SECOND_FACTOR = True

    page = client.get(reverse("account_login")).content.decode()

    assert "without a second factor" not in page


def test_the_security_log_keeps_who_entered_and_nothing_of_what_was_typed(client):
    user = make_person()

    with capture_logs() as lines:
        sign_in(client, password="not the password at all")
        sign_in(client)

    assert [line for line in lines if line["event"].startswith("sign")] == [
        {"event": "sign_in_failed", "log_level": "warning"},
        {"event": "signed_in", "user": user.pk, "log_level": "info"},
    ]


def test_messages_tell_what_happened(client):
    make_company(member=make_person())

    sign_in(client)

    assert said(client.get(reverse("account"))) == ["You are signed in."]
