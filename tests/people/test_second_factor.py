import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.cache import cache
from django.urls import URLPattern, reverse
from pytest_django.asserts import assertRedirects

from tests.authenticator import code_of, enrol, give_recovery_codes, new_secret
from tests.factories import PASSWORD, make_company
from tests.people.makers import make_person, said

pytestmark = pytest.mark.django_db


def give_app(user):
    secret = new_secret()
    enrol(user, secret)
    return secret


def sign_in(client, email="ada@example.org"):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def enter(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


@pytest.fixture
def staff(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    return make_person("staff@example.org", is_staff=True, is_superuser=True)


def test_everybody_can_set_up_an_app(client):
    client.force_login(make_person())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assertRedirects(answer, reverse("mfa_view_recovery_codes"))
    kinds = Authenticator.objects.order_by("type").values_list("type", flat=True)
    assert list(kinds) == ["recovery_codes", "totp"]


def test_the_picture_for_the_app_is_drawn_in_the_page(client):
    client.force_login(make_person())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse("mfa_activate_totp")).content.decode()

    assert page.count('<svg class="qr" role="img" aria-label="QR code for your authenticator app"') == 1
    assert "data:image" not in page


def test_the_app_is_asked_for_after_the_password(client):
    user = make_person()
    make_company(member=user)
    secret = give_app(user)

    first = sign_in(client)
    assertRedirects(first, reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    second = enter(client, code_of(secret))

    assertRedirects(second, reverse("start"), fetch_redirect_response=False)


def test_the_digits_of_an_app_are_good_once(client):
    secret = give_app(make_person())
    code = code_of(secret)
    sign_in(client)
    enter(client, code)
    client.post(reverse("account_logout"))

    sign_in(client)
    enter(client, code)

    assert "_auth_user_id" not in client.session


def test_a_telephone_half_a_minute_late_is_heard_and_two_minutes_not(client):
    secret = give_app(make_person())

    outcomes = []
    for steps in [-1, -4]:
        sign_in(client)
        enter(client, code_of(secret, steps=steps))
        outcomes.append("_auth_user_id" in client.session)
        client.post(reverse("account_logout"))

    assert outcomes == [True, False]


def test_a_recovery_code_is_good_once(client):
    user = make_person()
    give_app(user)
    code = give_recovery_codes(user)[0]

    outcomes = []
    for _ in range(2):
        sign_in(client)
        enter(client, code)
        outcomes.append("_auth_user_id" in client.session)
        client.post(reverse("account_logout"))

    assert outcomes == [True, False]


def test_guessing_digits_is_bounded(client):
    secret = give_app(make_person())
    sign_in(client)
    for _ in range(5):
        enter(client, "000000")

    answer = enter(client, code_of(secret))

    assert "_auth_user_id" not in client.session
    assert answer.context["form"].errors["code"] == ["Too many failed login attempts. Try again later."]


def admin_paths(patterns=None, base=""):
    """Every address below /admin/, with 1 for each identifier."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        path = base + re.sub(r"<[^>]+>", "1", str(pattern.pattern).replace("^", "").replace("$", ""))
        if isinstance(pattern, URLPattern):
            yield re.sub(r"\(\?P1\((.*?)\|.*\)", r"\1", re.sub(r"\(\?P1([a-z_]+)\|.*?\)", r"\1", path))
        else:
            yield from admin_paths(pattern.url_patterns, path)


def test_a_staff_session_without_second_factor_gets_none_of_the_admins_addresses(client, staff):
    client.force_login(staff)
    paths = [f"/{language}/admin/{path}" for language in ["fr", "en"] for path in admin_paths()]

    got = [path for path in paths if client.get(path)["Location"] != f"{path[:3]}/account/2fa/"]

    assert len(paths) > 100
    assert got == []


def test_posting_to_the_admin_without_second_factor_changes_nothing(client, staff):
    client.force_login(staff)
    company = make_company()

    client.post(reverse("admin:assessment_company_delete", args=[company.pk]), {"post": "yes"})

    company.refresh_from_db()


def test_staff_are_told_what_to_do(client, staff):
    client.force_login(staff)

    page = client.get(reverse("admin:index"), follow=True)

    assert said(page) == ["The administration asks for a second factor. Add one here, then return."]


def test_staff_who_have_one_but_did_not_use_it_are_asked_for_it(client, staff):
    secret = give_app(staff)
    client.force_login(staff)
    target = reverse("admin:assessment_company_changelist") + "?q=Acme"

    asked = client.get(target)
    page = client.get(asked["Location"])
    answer = client.post(asked["Location"], {"code": code_of(secret)})

    assert said(page) == ["Confirm that it is you, to enter the administration."]
    assertRedirects(answer, target)


def test_staff_who_used_it_at_sign_in_enter(client, staff):
    secret = give_app(staff)
    sign_in(client, "staff@example.org")
    enter(client, code_of(secret))

    assert client.get(reverse("admin:index")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, staff):
    give_recovery_codes(staff)
    client.force_login(staff)

    assertRedirects(client.get(reverse("admin:index")), reverse("mfa_index"))


def test_taking_the_second_factor_away_closes_the_admin_at_once(client, staff):
    secret = give_app(staff)
    sign_in(client, "staff@example.org")
    enter(client, code_of(secret))

    Authenticator.objects.all().delete()

    assertRedirects(client.get(reverse("admin:index")), reverse("mfa_index"))


@pytest.mark.parametrize(("signed_in", "status"), [(False, 302), (True, 403)])
def test_whoever_is_not_staff_is_turned_away_as_ever(client, settings, signed_in, status):
    settings.STAFF_SECOND_FACTOR = True
    if signed_in:
        client.force_login(make_person())

    answer = client.get(reverse("admin:index"), follow=signed_in)

    assert answer.status_code == status


def test_where_the_setting_is_off_staff_enter_without(client, staff, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(staff)

    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_admin_has_no_sign_in_of_its_own(client, language):
    asked = client.get(f"/{language}/admin/login/?next=/{language}/admin/")

    assert asked["Location"] == f"/{language}/account/login/?next=%2F{language}%2Fadmin%2F"


def test_the_admins_sign_in_takes_no_password(client):
    make_person("staff@example.org", is_staff=True)

    client.post("/en/admin/login/", {"username": "staff@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "page",
    [
        "mfa_index",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "usersessions_list",
        "socialaccount_connections",
        "account_email",
        "account_change_password",
    ],
)
def test_each_page_of_the_account_opens(client, page):
    user = make_person()
    give_app(user)
    give_recovery_codes(user)
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert client.get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", ["account_login", "account_signup", "account_reset_password", "account_inactive"])
def test_each_page_before_the_account_opens(client, page):
    assert client.get(reverse(page)).status_code == 200


def test_a_rate_limit_answers_429(client):
    cache.clear()

    answers = {client.post(reverse("account_signup"), {"email": "x"}).status_code for _ in range(21)}

    assert answers == {200, 429}
