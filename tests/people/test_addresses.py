"""One mailbox, one account, however its address is spelled."""

import unicodedata

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment.forms.team import InviteForm
from assessment.models import User
from assessment.models.addresses import canonical
from tests.factories import PASSWORD, make_company, make_user
from tests.people.makers import code_in, make_person

MARIE = "marie@xn--socit-esab.fr"
SPELLINGS = [
    "marie@société.fr",
    "Marie@SOCIÉTÉ.FR",
    "marie@xn--socit-esab.fr",
    "MARIE@XN--SOCIT-ESAB.FR",
    unicodedata.normalize("NFD", "marie@société.fr"),
    "ｍａｒｉｅ@ｓｏｃｉéｔé．ｆｒ",
    "marie＠société。fr",
    "MARİE@société.fr",
    "mari̇e@société.fr",
    '"marie"@société.fr',
    " marie@société.fr\u00a0",
]
INVISIBLE = [
    "ma\u200brie",
    "marie\u200d",
    "\ufeffmarie",
    "ma\u00adrie",
    "ma\u2060rie",
    "\u202emarie",
    "\u3164marie",
    "ma\ufe0frie",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_one_mailbox_has_one_spelling(spelling):
    assert canonical(spelling) == MARIE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada+work@example.org", "ada+work@example.org"),
        ("O'Neil@Example.org", "o'neil@example.org"),
        ("\u212aelvin@example.org", "kelvin@example.org"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),  # another domain than strasse.example
    ],
)
def test_other_mailboxes_stay_others(typed, kept):
    assert canonical(typed) == kept


@pytest.mark.parametrize("local", INVISIBLE)
def test_what_cannot_be_seen_is_refused_in_words(local):
    with pytest.raises(ValidationError) as refused:
        canonical(f"{local}@example.org")

    assert refused.value.messages == ["Remove the characters that cannot be seen."]


@pytest.mark.parametrize(
    "address", ["nobody", "é@example.org", "marıe@example.org", "a b@example.org", "a@xn--a.fr", ""]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        canonical(address)


LOCALS = st.text("abikß.+'-_019İſé", min_size=1, max_size=12)
DOMAINS = st.sampled_from(["example.org", "société.fr", "straße.example", "i.k.example", "münchen-ost.example"])


@given(
    st.builds("{}@{}".format, LOCALS, DOMAINS),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_any_two_spellings_of_one_mailbox_are_one(address, form, case):
    try:
        kept = canonical(address)
    except ValidationError:
        return

    assert canonical(kept) == kept
    assert canonical(unicodedata.normalize(form, kept)) == kept
    assert canonical(case(kept)) == kept
    assert canonical(unicodedata.normalize(form, address)) == kept
    assert canonical("".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in address)) == kept
    assert kept.isascii()
    assert kept == kept.lower()


# --- Every door takes every spelling ----------------------------------------------------------------------------------

pages = pytest.mark.django_db
each_spelling = pytest.mark.parametrize("spelling", SPELLINGS)


@pages
def test_signing_up_with_each_spelling_makes_one_account():
    for spelling in SPELLINGS:
        cache.clear()
        Client().post(reverse("account_signup"), {"email": spelling, "password1": PASSWORD})

    assert [user.email for user in User.objects.all()] == [MARIE]
    assert {message.to[0] for message in mail.outbox} == {MARIE}
    assert len(mail.outbox) == len(SPELLINGS)


@pages
@each_spelling
def test_one_signs_in_with_each_spelling(client, spelling):
    make_person(MARIE)

    client.post(reverse("account_login"), {"login": spelling, "password": PASSWORD})

    assert "_auth_user_id" in client.session


@pages
@each_spelling
def test_codes_and_resets_are_sent_whatever_the_spelling(client, spelling):
    make_person(MARIE)

    client.post(reverse("account_request_login_code"), {"email": spelling})
    Client().post(reverse("account_reset_password"), {"email": spelling})

    assert [(message.to, message.subject) for message in mail.outbox] == [
        ([MARIE], "Your code to sign in"),
        ([MARIE], "Your code for a new password"),
    ]


@pages
@each_spelling
def test_a_person_is_invited_once_whatever_the_spelling(client, spelling):
    manager, member = make_person("manager@example.org"), make_person(MARIE)
    company = make_company(member=manager)
    company.memberships.create(user=member, role="reader")
    client.force_login(manager)

    answer = client.post(reverse("company_invite", args=[company.pk]), {"email": spelling, "role": "reader"})

    assert answer.context["form"].errors == {"email": ["This person is a member of the company already."]}


@pages
def test_an_invitation_refuses_what_cannot_be_seen():
    form = InviteForm({"email": "ma\u200brie@example.org", "role": "reader"})

    assert form.errors == {"email": ["Remove the characters that cannot be seen."]}


@pages
@each_spelling
def test_an_address_is_changed_to_one_spelling(client, spelling):
    person = make_person("old@example.org")
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("account_email"), {"email": spelling, "action_add": ""})
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})

    person.refresh_from_db()
    assert person.email == MARIE
    assert [address.email for address in EmailAddress.objects.all()] == [MARIE]


@pages
@each_spelling
def test_one_deletes_the_account_with_each_spelling(client, spelling):
    client.force_login(make_person(MARIE))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("account_delete"), {"email": spelling})

    assert User.objects.count() == 0


@pages
@each_spelling
def test_commands_and_lookups_take_each_spelling(monkeypatch, spelling):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)

    call_command("createsuperuser", email=spelling, interactive=False, verbosity=0)

    assert User.objects.get().email == MARIE
    assert User.objects.get_by_natural_key(spelling).is_superuser
    with pytest.raises(CommandError):
        call_command("createsuperuser", email=SPELLINGS[0], interactive=False, verbosity=0)


@pages
@pytest.mark.parametrize("email", ["Ada@example.org", "adä@example.org", "ADA@EXAMPLE.ORG"])
def test_the_database_keeps_one_spelling(email):
    user = make_user()

    with pytest.raises(IntegrityError, match="user_email_canonical"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email=email)


# --- Passwords --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_an_accent_is_one_however_it_is_typed(kept, typed):
    user = User()

    user.set_password(unicodedata.normalize(kept, "éléphant à vélo"))

    assert user.check_password(unicodedata.normalize(typed, "éléphant à vélo"))


def test_a_password_kept_with_split_accents_by_an_older_release_still_opens():

    split = unicodedata.normalize("NFD", "éléphant à vélo")

    assert User(password=make_password(split)).check_password(split)
