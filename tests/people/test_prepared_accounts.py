"""An account prepared by a stranger, before its owner proves the address: the stranger gets nothing, the owner gets in."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment.actions.people import UNPROVED_FOR, forget_credentials, forget_unproved
from assessment.actions.team import invite
from assessment.models import Invitation, Membership, User
from assessment.models.team import hash_of
from tests.authenticator import enrol, give_recovery_codes
from tests.factories import PASSWORD, make_company, make_membership, make_staff, make_user
from tests.people.makers import code_in, make_person

pytestmark = pytest.mark.django_db
ADDRESS = "victim@example.org"
OWN = "the owner chose this one"


def sign_up(client, password=PASSWORD, email=ADDRESS):
    cache.clear()
    return client.post(reverse("account_signup"), {"email": email, "password1": password})


def sign_in(client, password, email=ADDRESS):
    cache.clear()
    return client.post(reverse("account_login"), {"login": email, "password": password})


def enter_code(client, page="account_email_verification_sent"):
    return client.post(reverse(page), {"code": code_in(mail.outbox[-1])})


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- What the stranger prepares ---------------------------------------------------------------------------------------


def prepared():
    """An unproved account as no page makes one any more; an older release did, and so may somebody with a shell."""
    user = make_user(email=ADDRESS)
    EmailAddress.objects.create(user=user, email=ADDRESS, primary=True)
    return user


def by_signing_up(stranger):
    sign_up(stranger)


def by_a_password_kept(stranger):
    prepared()


def by_a_passkey(stranger):
    Authenticator.objects.create(user=prepared(), type="webauthn", data={"name": "theirs", "credential": {}})


def by_an_app(stranger):
    enrol(prepared(), "JBSWY3DPEHPK3PXP")


def by_recovery_codes(stranger):
    give_recovery_codes(prepared())


def by_another_organisation(stranger):
    SocialAccount.objects.create(user=prepared(), provider="idp", uid="stranger")


def by_changing_address(stranger):
    stranger.force_login(make_person("stranger@example.org"))
    stranger.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    stranger.post(reverse("account_email"), {"email": ADDRESS, "action_add": ""})
    assert mail.outbox[-1].to == [ADDRESS]


# --- How the owner proves the address ---------------------------------------------------------------------------------


def with_a_code(owner):
    if not User.objects.filter(email=ADDRESS).exists():
        sign_up(Client(), "")
    cache.clear()
    owner.post(reverse("account_request_login_code"), {"email": ADDRESS})
    enter_code(owner, "account_confirm_login_code")


def with_a_sign_up(owner):
    sign_up(owner, OWN)
    enter_code(owner)


def with_a_reset(owner):
    if not User.objects.filter(email=ADDRESS).exists():
        sign_up(Client(), "")
    owner.post(reverse("account_reset_password"), {"email": ADDRESS})
    enter_code(owner, "account_confirm_password_reset_code")
    owner.post(reverse("account_complete_password_reset"), {"password1": OWN, "password2": OWN})
    sign_in(owner, OWN)


def with_an_invitation(owner):
    manager = make_user()
    company = make_company(member=manager)
    invitation = invite(company=company, email=ADDRESS, role="contributor", by=manager)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of("token"))
    owner.get(reverse("invitation"), {"token": "token"})
    with_a_sign_up(owner)
    owner.post(reverse("invitation"))
    assert Membership.objects.filter(company=company, user__email=ADDRESS).exists()


def made_staff_meanwhile(owner):
    if not User.objects.filter(email=ADDRESS).exists():
        sign_up(Client(), "")
    person = User.objects.get(email=ADDRESS)
    administrator = Client()
    administrator.force_login(make_staff())
    administrator.post(
        reverse("admin:assessment_user_change", args=[person.pk]),
        {"name": "", "is_active": "on", "is_staff": "on"}
        | {f"{part}-{form}_FORMS": 0 for part in ["memberships", "authenticator_set"] for form in ["TOTAL", "INITIAL"]},
    )
    assert User.objects.get(email=ADDRESS).is_staff
    with_a_code(owner)


PREPARED = [
    by_signing_up,
    by_a_password_kept,
    by_a_passkey,
    by_an_app,
    by_recovery_codes,
    by_another_organisation,
    by_changing_address,
]
PROVED = [with_a_code, with_a_sign_up, with_a_reset, with_an_invitation, made_staff_meanwhile]


@pytest.mark.parametrize("prepare", PREPARED)
@pytest.mark.parametrize("prove", PROVED)
def test_the_stranger_gets_nothing_and_the_owner_gets_in(prepare, prove):
    stranger, owner = Client(), Client()

    prepare(stranger)
    prove(owner)

    person = User.objects.get(email=ADDRESS)
    assert owner.session["_auth_user_id"] == str(person.pk)
    assert stranger.session.get("_auth_user_id") != str(person.pk)
    assert not person.check_password(PASSWORD)
    assert not Authenticator.objects.filter(user=person).exists()
    assert not SocialAccount.objects.filter(user=person).exists()
    sign_in(stranger, PASSWORD)
    assert stranger.session.get("_auth_user_id") != str(person.pk)


@pytest.mark.parametrize("prove", [with_a_code, with_a_sign_up, with_a_reset])
def test_the_session_that_signed_up_stays_outside_after_the_owner_proved_the_address(prove):
    stranger = Client()
    sign_up(stranger)
    prove(Client())

    for page in ["account_login", "account_signup", "account_email_verification_sent", "account_confirm_login_code"]:
        stranger.get(reverse(page), follow=True)
        stranger.post(reverse(page), {"code": "AAAA-AAAA"})

    assert not is_signed_in(stranger)
    assert not User.objects.get().check_password(PASSWORD)


def test_no_password_is_stored_before_the_address_is_proved(client):
    sign_up(client)

    assert not User.objects.get().has_usable_password()


def test_who_proves_the_address_where_they_signed_up_keeps_their_password(client):
    sign_up(client, OWN)
    enter_code(client)

    assert User.objects.get().check_password(OWN)
    assert client.get(reverse("account")).status_code == 200


def test_a_second_sign_up_of_an_address_takes_no_first_password(client):
    sign_up(Client(), PASSWORD)
    sign_up(client, OWN)
    enter_code(client)

    user = User.objects.get()
    assert (user.check_password(OWN), user.check_password(PASSWORD)) == (True, False)


def test_an_administrator_made_by_command_keeps_the_password_and_proves_the_address(client):
    User.objects.create_superuser(ADDRESS, PASSWORD)

    sign_in(client, PASSWORD)
    enter_code(client)

    assert is_signed_in(client)
    assert User.objects.get().check_password(PASSWORD)


def test_a_strangers_sign_up_does_not_keep_an_address_from_who_changes_to_it(client):
    sign_up(Client())
    person = make_person("old@example.org")
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    cache.clear()

    client.post(reverse("account_email"), {"email": ADDRESS, "action_add": ""})
    enter_code(client)

    person.refresh_from_db()
    assert [user.email for user in User.objects.all()] == [person.email] == [ADDRESS]
    assert person.check_password(PASSWORD)


def test_nobody_changes_to_an_address_that_somebody_else_has(client):
    make_person(ADDRESS)
    client.force_login(make_person("stranger@example.org"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("account_email"), {"email": ADDRESS, "action_add": ""})
    answer = enter_code(client)

    assert list(answer.context["form"].errors) == ["code"]
    assert sorted(User.objects.values_list("email", flat=True)) == ["stranger@example.org", ADDRESS]


# --- Staff ------------------------------------------------------------------------------------------------------------


def test_staff_without_a_second_factor_give_a_code_beside_the_password(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_person(ADDRESS, is_staff=True)

    answer = sign_in(client, PASSWORD)
    before = is_signed_in(client)
    enter_code(client, "account_confirm_login_code")

    assert (answer["Location"], before) == (reverse("account_confirm_login_code"), False)
    assert is_signed_in(client)


def test_members_sign_in_with_their_password_alone(client, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_person(ADDRESS)

    sign_in(client, PASSWORD)

    assert is_signed_in(client)


def test_the_account_that_one_signed_in_with_stays_at_the_proof():
    person = make_person(ADDRESS)
    SocialAccount.objects.create(user=person, provider="openid", uid="own")
    SocialAccount.objects.create(user=person, provider="openid", uid="strangers")

    forget_credentials(user=person, keep_password=True, keep_social=[("openid", "own")])

    assert list(SocialAccount.objects.values_list("uid", flat=True)) == ["own"]
    assert person.has_usable_password()


# --- What nobody confirmed --------------------------------------------------------------------------------------------


def test_sign_ups_that_nobody_confirmed_are_forgotten_after_a_week():
    sign_up(Client())
    confirmed = make_person("confirmed@example.org")
    staff = make_user(email="staff@example.org", is_staff=True)
    expected = make_user(email="expected@example.org")
    make_membership(company=make_company(), user=expected)
    joined = User.objects.get(email=ADDRESS).date_joined

    early = forget_unproved(at=joined + UNPROVED_FOR)
    late = forget_unproved(at=timezone.now() + UNPROVED_FOR)

    assert (early, late) == (0, 1)
    assert set(User.objects.all()) == {confirmed, staff, expected}


def test_a_forgotten_sign_up_leaves_no_address_in_the_log_of_the_administration():
    sign_up(Client())
    user = User.objects.get(email=ADDRESS)
    users = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=make_user(email="staff@example.org", is_staff=True),
        content_type=users,
        object_id=str(user.pk),
        object_repr=ADDRESS,
        action_flag=CHANGE,
    )

    forget_unproved(at=timezone.now() + UNPROVED_FOR)

    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == [""]


def test_forgetting_them_is_a_command(capsys):
    call_command("forget_unconfirmed")

    assert capsys.readouterr().out == "0 unconfirmed accounts deleted\n"
