"""What an address asks for and a list doesn't know: said, the rest in force; a file for it refused."""

import pytest
from django.contrib.admin import site
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessment.actions.access import record_view
from assessment.maturity.conditions import Profile
from assessment.models import Campaign
from tests.contract.records import make_everything
from tests.factories import make_company, make_result, make_staff, make_user, make_version
from tests.usecases.makers import make_published

pytestmark = pytest.mark.django_db
LISTS = sorted(site._registry, key=lambda model: model._meta.label)
ONE = "Left out, because it isn’t understood here: “%s”. All other criteria hold."
FRENCH = (
    "Laissé de côté, parce que ce n’est pas compris ici\u00a0: «\u00a0%s\u00a0». Tous les autres critères s’appliquent."
)


def address_of(model, page="changelist"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


@pytest.fixture
def root(client):
    """Somebody who may see every list, where each has two rows to choose from."""
    for number in (1, 2):
        make_everything(number)
    Campaign.objects.create(
        title_fr="A", title_en="A", version=make_version(), opens_on="2026-01-01", closes_on="2026-12-31"
    )
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.label)
def test_every_list_of_the_administration_says_what_it_does_not_know(root, model):
    plain = root.get(address_of(model)).context["cl"]
    names = [name for spec in plain.filter_specs for name in spec.expected_parameters()]
    asked = dict.fromkeys([*names, "nosuch", "o", "p"], "nosuch") | ({} if plain.search_fields else {"q": "a"})

    page = root.get(address_of(model), asked)

    assert sorted(page.context["cl"].left_out) == sorted(f"{name}={value}" for name, value in asked.items())
    assert list(page.context["cl"].queryset) == list(plain.queryset)
    assert len(page.context["messages"]) == 1


def test_it_is_said_in_french_too(root):
    page = root.get("/fr/admin/assessment/company/?sector=pharma")

    assert [str(message) for message in page.context["messages"]] == [FRENCH % "sector=pharma"]


def test_of_many_things_a_few_are_named(root):
    page = root.get("/en/admin/assessment/company/", {f"a{number}": "b" * 99 for number in range(9)})

    [message] = map(str, page.context["messages"])
    assert (message.count("“"), len(message) < 500) == (5, True)


@pytest.mark.parametrize("model", [model for model in LISTS if model._meta.app_label == "contract"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_export_of_records_is_refused(root, model, method):
    answer = getattr(root, method)(address_of(model, "export") + "?q=a&kind=nosuch")

    assert (answer.status_code, answer["Location"]) == (302, address_of(model) + "?q=a")


def test_an_action_on_a_list_reaches_no_row_that_was_not_asked_for(root):
    address = address_of(Campaign)
    typed = {"action": "delete_selected", "select_across": "1", "_selected_action": Campaign.objects.get().pk}

    answer = root.post(f"{address}?year=2020", typed | {"index": "0", "post": "yes"})

    assert (answer.status_code, answer["Location"], Campaign.objects.count()) == (302, address, 1)


# The showcase

LIST = "/en/use-cases/"


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ("sector=pharma", "sector=pharma"),
        ("sub_sectors=nosuch", "sub_sectors=nosuch"),
        ("capabilities=NO.SUCH", "capabilities=NO.SUCH"),
        ("project=nosuch", "project=nosuch"),
        ("technologies=a b", "technologies=a b"),
        ("sort=best", "sort=best"),
        ("page=9", "page=9"),
        ("page=last", "page=last"),
        ("q=!!!", "q=!!!"),
        ("size=nosuch&size=", "size=nosuch"),
    ],
)
def test_the_showcase_says_what_it_does_not_know(client, asked, left_out):
    make_published(title_en="Of walruses")
    make_published(title_en="Of batches")

    page = client.get(f"{LIST}?{asked}" + ("" if asked.startswith("q=") else "&q=walrus"))

    assert page.context["left_out"] == ONE % left_out
    assert page.context["listing"].total == (2 if asked.startswith("q=") else 1)
    assert (ONE % left_out).replace("'", "&#x27;") in page.content.decode()


def test_words_beyond_the_most_that_are_looked_for_are_said(client):
    page = client.get(LIST, {"q": " ".join("abcdefghijklm")})

    assert page.context["left_out"] == ONE % "q=m"


@pytest.mark.parametrize("asked", ["", "utm_source=letter&utm_campaign=x", "fbclid=1", "q=&size=&sort=", "page=1"])
def test_what_mailings_hang_on_an_address_is_nobodys_criterion(client, asked):
    assert client.get(f"{LIST}?{asked}").context["left_out"] == ""


def test_the_feed_gives_no_more_than_was_asked_for(client):
    make_published(title_en="Of walruses")

    refused = client.get(f"{LIST}feed.atom?q=batch")

    assert (refused.status_code, refused.content.decode()) == (400, ONE % "q=batch")
    assert client.get(f"{LIST}feed.atom?utm_source=letter").status_code == 200


# The questionnaire read as a company

QUESTIONNAIRE = "/en/questionnaire/"
MADE = ["questionnaire.pdf", "questionnaire.xlsx"]


@pytest.mark.parametrize(
    ("asked", "left_out"),
    [
        ("sector=pharma", "sector=pharma"),
        ("size=nosuch", "size=nosuch"),
        ("activities=nosuch", "activities=nosuch"),
        ("express=perhaps", "express=perhaps"),
        ("shown_for=nosuch", "shown_for=nosuch"),
    ],
)
@pytest.mark.parametrize("page", ["", "dimensions/OPS/"])
def test_the_questionnaire_says_what_it_does_not_know(client, page, asked, left_out):
    make_version()
    others = "sub_sector=pharma&size=micro&activities=manufacturing&"

    answer = client.get(QUESTIONNAIRE + page + "?" + others + asked)

    assert answer.context["left_out"] == ONE % left_out
    assert answer.context["form"].profile == Profile("pharma", "micro", frozenset({"manufacturing"}))


@pytest.mark.parametrize("file", MADE)
@pytest.mark.parametrize("asked", ["size=nosuch", "sector=pharma", "size=micro"])
def test_a_file_of_it_is_made_of_what_was_asked_for_or_not_at_all(client, file, asked):
    make_version()

    refused = client.get(f"/en/{file}?{asked}")

    assert (refused.status_code, refused["Location"]) == (302, f"{QUESTIONNAIRE}?{asked}")


# Lists with pages alone


def test_the_record_of_readings_says_a_page_that_is_not_there(signed_in, person):
    company = make_company(member=person)
    record_view(result=make_result(company=company, by=person), by=make_staff(group="reviewer"))

    page = signed_in.get(reverse("company_accesses", args=[company.pk]), {"page": "9", "kind": "view"})

    assert page.context["left_out"] == (
        "Left out, because they aren’t understood here: “kind=view”, “page=9”. All other criteria hold."
    )


@pytest.mark.parametrize("option", ["--version", "--campaign"])
def test_the_command_takes_an_empty_choice_for_none_that_there_is(option):
    with pytest.raises(CommandError, match="There is no"):
        call_command("export_scores", option, "")
