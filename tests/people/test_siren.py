"""One SIREN, one company, or an entity of it that says which one it is; whoever comes second may ask to be let in."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessment.models import Company
from tests.factories import make_company, make_staff, make_user
from tests.people.test_admin import NO_INVITATIONS, NO_MEMBERS
from tests.people.test_company import PROFILE, create, errors

pytestmark = pytest.mark.django_db
SIREN = "552008443"
TAKEN = (
    "A company with this SIREN is here already, so that each counts once. Ask its managers to let you in; or, if yours "
    "is an entity of it that answers for itself, name the entity."
)


@pytest.fixture
def manager():
    return make_user(email="manager@company.example")


@pytest.fixture
def company(manager):
    return make_company(name="Orthomed", siren=SIREN, member=manager)


def test_nine_zeros_are_no_siren(signed_in):
    answer = create(signed_in, siren="000 000 000")

    assert errors(answer) == {
        "siren": ["“000000000” is not a valid SIREN: nine digits, the last one checks the others."]
    }


def test_a_siren_that_is_here_is_refused_in_words_and_nothing_typed_is_lost(signed_in, company):
    answer = create(signed_in, siren=SIREN)

    assert errors(answer) == {"siren": [TAKEN]}
    assert answer.context["form"]["name"].value() == PROFILE["name"]
    assert (answer.context["may_ask"], Company.objects.count(), mail.outbox) == (True, 1, [])


def test_whose_company_is_here_asks_its_managers_to_be_let_in(
    signed_in, person, company, manager, django_capture_on_commit_callbacks
):
    make_company(name="Another", member=make_user())

    with django_capture_on_commit_callbacks(execute=True):
        answer = create(signed_in, siren=SIREN, ask="1")

    assert (answer.status_code, [message.to for message in mail.outbox]) == (302, [[manager.email]])
    assert f"{reverse('company_invite', args=[company.pk])}?email=ada%40company.example" in mail.outbox[0].body
    assert list(company.memberships.values_list("user", flat=True)) == [manager.pk]


def test_the_manager_finds_the_address_in_the_invitation(client, company, manager):
    client.force_login(manager)

    page = client.get(reverse("company_invite", args=[company.pk]), {"email": "ada@company.example"})

    assert page.context["form"]["email"].value() == "ada@company.example"


def test_a_person_asks_three_times_a_day(signed_in, company, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            create(signed_in, siren=SIREN, ask="1")

    assert len(mail.outbox) == 3


def test_an_entity_that_names_itself_is_a_company_of_its_own(signed_in, company):
    create(signed_in, siren=SIREN, entity="Site de Tours")
    again = create(signed_in, siren=SIREN, entity="site de tours", name="Other")

    assert [str(company) for company in Company.objects.all()] == ["Laboratoires Curie – Site de Tours", "Orthomed"]
    assert errors(again) == {"siren": [TAKEN]}


def test_a_form_with_a_siren_sent_twice_makes_one_company(signed_in):
    answers = [create(signed_in, siren=SIREN) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Company.objects.count() == 1


def test_another_companys_siren_is_refused_when_a_profile_is_edited(signed_in, person, company):
    mine = make_company(member=person, name="Mine")
    page = signed_in.get(reverse("company_edit", args=[mine.pk]))
    read_at = {field.html_name: field.value() for field in page.context["form"] if field.is_hidden}

    answer = signed_in.post(reverse("company_edit", args=[mine.pk]), PROFILE | read_at | {"siren": SIREN})

    assert errors(answer) == {"siren": [TAKEN]}


def test_staff_are_told_too(client, company):
    client.force_login(make_staff())

    page = client.post(
        reverse("admin:assessment_company_add"), PROFILE | NO_MEMBERS | NO_INVITATIONS | {"siren": SIREN}
    )

    assert page.context["adminform"].form.errors == {"siren": [TAKEN]}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"siren": SIREN}, "company_siren_once"),
        ({"entity": "Site de Tours"}, "company_entity_of_a_siren"),
    ],
)
def test_the_database_has_the_last_word(company, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_company(**fields)
