"""E-mails in the language of the person who gets them, and staff told of what waits for them."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from assessment.actions import team
from assessment.actions.notices import managers, tell
from assessment.actions.showcase import ask_for_contact
from assessment.models import Company
from tests.factories import PASSWORD, make_company, make_membership, make_staff, make_user
from tests.usecases.makers import consent, make_published, make_use_case

pytestmark = pytest.mark.django_db


def tell_managers(company):
    tell(managers(company), lambda: translation.gettext("Hello,"), lambda: translation.gettext("Hello,"))


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize(("language", "subject"), [("fr", "Bonjour,"), ("en", "Hello,"), ("", "Bonjour, / Hello,")])
def test_a_person_reads_their_own_language(committed, language, subject):
    company = make_company(member=make_user(language=language))

    with committed():
        tell_managers(company)

    assert [message.subject for message in mail.outbox] == [subject]


def test_each_reads_their_own(committed):
    company = make_company(member=make_user(language="fr"))
    make_membership(company=company, user=make_user(language="en"), role="manager")

    with committed():
        tell_managers(company)

    assert [message.subject for message in mail.outbox] == ["Bonjour,", "Hello,"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_language_is_that_of_the_first_sign_in_until_one_chooses(client, person, language):
    with translation.override(language):
        login, account = reverse("account_login"), reverse("account")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)

    client.post(login, {"login": person.email, "password": PASSWORD})
    person.refresh_from_db()
    first = person.language
    for chosen in [{"language": "en"}, {}]:
        read_at = {field.html_name: field.value() for field in client.get(account).context["form"] if field.is_hidden}
        client.post(account, read_at | {"name": "Ada"} | chosen)
    person.refresh_from_db()

    assert (first, person.language) == (language, "en")


def test_each_choice_of_a_language_is_said_in_words(signed_in, person):
    page = signed_in.get(reverse("account"))

    labels = [label for _value, label in page.context["form"].fields["language"].choices]
    assert labels == ["French, then English", "French", "English"]


def test_reviewers_are_told_of_a_use_case_that_waits(committed):
    staff = [make_staff(group=group, email=f"{group}@csf.example") for group in ["reader", "reviewer", "editor"]]
    staff[1].language = "fr"
    staff[1].save()
    use_case = make_use_case(company=make_company(name="Orthomed", member=(by := make_user())), by=by)
    mail.outbox.clear()

    with committed():
        consent(use_case)

    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["reviewer@csf.example"], "Un cas d’usage à relire")
    ]
    assert "L’entreprise Orthomed consent" in mail.outbox[0].body
    assert f"/admin/assessment/usecase/{use_case.pk}/change/" in mail.outbox[0].body


def test_reviewers_are_told_once_of_a_request_for_contact(committed):
    publication = make_published(contactable=True).publication
    make_staff(group="reviewer", email="other@csf.example")
    asking = make_company(member=(by := make_user()))
    mail.outbox.clear()

    with committed():
        for _ in range(2):
            ask_for_contact(publication=publication, company=asking, by=by, message="Tell us more.")

    told = [message.to for message in mail.outbox]
    assert ["other@csf.example"] in told
    assert len(told) == len({address for [address] in told})
    assert "Tell us more." not in mail.outbox[0].body


@pytest.fixture
def invitation(client, committed):
    with committed():
        team.invite(company=make_company(member=(by := make_user())), email="bob@company.example", role="reader", by=by)
    [link] = [word for word in mail.outbox[-1].body.split() if "/en/" in word and "token=" in word]
    return link.partition("localhost:8000")[2]


@pytest.mark.parametrize(
    ("page", "field"),
    [("account_signup", "email"), ("account_login", "login"), ("account_request_login_code", "email")],
)
def test_whoever_opened_an_invitation_finds_its_address_typed(client, invitation, page, field):
    client.get(invitation)

    assert client.get(reverse(page)).context["form"][field].value() == "bob@company.example"


def test_whoever_was_invited_and_signs_in_without_the_link_may_accept(client, invitation):
    user = make_user(email="bob@company.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)

    arrived = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    client.post(reverse("invitation"))

    assert arrived.context["theirs"] is True
    assert list(user.memberships.values_list("company__name", "role")) == [("Acme", "reader")]
    assert Company.objects.count() == 1
