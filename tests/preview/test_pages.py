"""The public questionnaire: whole or as a profile sees it, in both languages, at little cost."""

import gzip
import re

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from assessment.models import Activity
from assessment.reports.questionnaire.typical import EXAMPLES, typical_activities
from assessment.views.making import MAKING
from tests.content.material import FULL, questionnaire, typical_companies
from tests.factories import FIXTURES, make_version

PROFILE = {"sub_sector": "biotech", "size": "small"}


@pytest.fixture
def published(db):
    return make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")


@pytest.fixture
def small(db):
    return make_version()


def numbers(context):
    """The numbers of the questions that a page shows or counts."""
    return [item.number for part in context["preview"].parts for section in part.sections for item in section.items]


def test_nobody_has_to_sign_in_to_read_all_50_questions(client, published):
    response = client.get(reverse("questionnaire"))

    assert numbers(response.context) == list(range(1, 51))
    assertContains(response, "50 questions")
    assertContains(response, "16 of them make up the express path.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_question_is_on_the_page_of_its_dimension_in_the_reader_s_language(client, published, language):
    whole = questionnaire(FULL)

    with translation.override(language):
        pages = {part.code: reverse("questionnaire_dimension", args=[part.code]) for part in whole.dimensions}

    for part in whole.dimensions:
        response = client.get(pages[part.code])
        for question in part.questions:
            assertContains(response, question.text[language], html=True)
            for choice in question.choices:
                assertContains(response, f"<span>{choice.text[language]}", count=1)


@pytest.mark.parametrize("company", typical_companies(), ids=str)
def test_a_typical_company_sees_its_own_questions(client, published, company):
    profile = company.profile

    response = client.get(reverse("questionnaire"), {"sub_sector": profile.sub_sector, "size": profile.size})

    assert response.context["form"].profile == profile
    assert response.context["preview"].count == company.seen[FULL][0]
    assert response.context["preview"].express_count == company.seen[FULL][1]


def test_typical_activities_are_those_that_the_content_is_checked_with():
    assert {
        (company.profile.sub_sector, company.profile.size): company.profile.activities
        for company in typical_companies()
    } == {
        (company.profile.sub_sector, company.profile.size): typical_activities(
            company.profile.sub_sector, company.profile.size
        )
        for company in typical_companies()
    }


@pytest.mark.parametrize(
    ("posted", "activities"),
    [
        ({}, {"research", "clinical"}),  # an address without boxes: the usual ones
        ({"shown_for": ""}, {"research", "clinical"}),
        ({"shown_for": "", "activities": ["software"]}, {"software"}),
        ({"shown_for": "biotech-small", "activities": ["research"]}, {"research"}),  # one box unticked
        ({"shown_for": "biotech-small"}, set()),  # all boxes unticked
        ({"shown_for": "cdmo-micro", "activities": ["manufacturing"]}, {"research", "clinical"}),  # the trade changed
        ({"shown_for": "cdmo-micro", "activities": ["software"]}, {"software"}),  # changed, but boxes chosen before
        ({"shown_for": "nonsense", "activities": ["nonsense"]}, {"research", "clinical"}),
    ],
)
def test_activities_follow_the_trade_until_somebody_changes_them(client, small, posted, activities):
    form = client.get(reverse("questionnaire"), PROFILE | posted).context["form"]

    assert form.activities_read == activities


@pytest.mark.parametrize("half", [{"sub_sector": "biotech"}, {"size": "small"}, {"sub_sector": "x", "size": "small"}])
def test_half_a_profile_shows_everything_and_says_so(client, small, half):
    response = client.get(reverse("questionnaire"), half)

    assert response.context["preview"].count == 6
    assertContains(response, "Choose both a sub-sector and a size")


def test_the_express_path_alone(client, published):
    response = client.get(reverse("questionnaire"), PROFILE | {"express": "on"})

    assert response.context["preview"].count == 15


def test_the_reading_is_kept_from_page_to_page(client, published):
    first = client.get(reverse("questionnaire"), PROFILE | {"shown_for": "biotech-small", "activities": ["software"]})
    address = re.search(r'href="(/en/questionnaire/dimensions/OPS/[^"]*)"', first.content.decode())[1]

    second = client.get(address.replace("&amp;", "&"))

    assert second.context["form"].profile == first.context["form"].profile
    assert second.context["form"].profile.activities == {"software"}


def test_a_question_says_in_words_when_it_is_asked(client, small):
    response = client.get(reverse("questionnaire_dimension", args=["OPS"]))

    assertContains(response, "Asked if the company’s activities include Manufacturing.")
    assertContains(
        response,
        "Asked if the company’s activities include Manufacturing and the answer to question 3 is another than "
        "“On paper.” or “I don’t know”.",
    )
    assertContains(
        response,
        "Asked if the company’s size is not “Micro: fewer than 10 people” or the answer to question 5 includes "
        "“A crisis exercise.”.",
    )


def test_for_a_profile_only_what_rests_on_an_answer_is_said(client, small):
    maker = {"sub_sector": "cdmo", "size": "micro"}

    response = client.get(reverse("questionnaire_dimension", args=["OPS"]), maker)

    conditions = [item.asked_if for section in response.context["part"].sections for item in section.items]
    assert conditions == [
        "",
        "the answer to question 3 is another than “On paper.” or “I don’t know”",
        "",
        "the answer to question 5 includes “A crisis exercise.”",
    ]


def test_a_question_keeps_its_number_whatever_is_left_out(client, small):
    response = client.get(reverse("questionnaire"), PROFILE)

    assert numbers(response.context) == [1, 2, 5, 6]
    assertContains(response, "2 others do not concern it, and cost it nothing.")


def test_a_figure_is_shown_with_its_steps(client, small):
    response = client.get(reverse("questionnaire_dimension", args=["OPS"]))

    assertContains(response, "from 0 to under 12.5")
    assertContains(response, "from 12.5 to under 50")
    assertContains(response, "90 and more")
    assertContains(response, "At most 4 points.")


def test_the_open_file_is_the_one_that_was_published(client, published):
    response = client.get(reverse("questionnaire_file"))

    assert response.content == (FIXTURES / f"questionnaire-{FULL}.yaml").read_bytes()
    assert response["Content-Disposition"] == f'attachment; filename="csf-its-{FULL}.yaml"'


@pytest.mark.parametrize("name", ["questionnaire_pdf", "questionnaire_xlsx"])
def test_a_busy_process_asks_to_come_back_instead_of_making_more_files(client, small, name):
    with MAKING, MAKING:
        busy = client.get(reverse(name))
    free = client.get(reverse(name))

    assert (busy.status_code, busy["Retry-After"], free.status_code) == (429, "5", 200)


@pytest.mark.parametrize("name", ["questionnaire", "questionnaire_pdf", "questionnaire_xlsx", "questionnaire_file"])
def test_before_a_version_is_published_there_is_nothing_to_read(client, db, name):
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("code", ["NOPE", "str", "STR.VIS"])
def test_a_dimension_that_does_not_exist_is_not_found(client, small, code):
    assert client.get(reverse("questionnaire_dimension", args=[code])).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", ["questionnaire", "questionnaire_pdf", "questionnaire_xlsx"])
def test_there_is_nothing_to_send(client, small, name, method):
    assert getattr(client, method)(reverse(name)).status_code == 405


@pytest.mark.parametrize(
    "garbage",
    [
        {"sub_sector": "<script>alert(1)</script>", "size": "small"},
        {"sub_sector": "biotech", "size": "'; DROP TABLE"},
        {"activities": ["\0", "=1+1"], **PROFILE},
        {"shown_for": "x" * 5000, **PROFILE},
        {"express": "🦠", **PROFILE},
    ],
)
def test_an_address_that_makes_no_sense_is_no_error(client, small, garbage):
    response = client.get(reverse("questionnaire"), garbage)

    assert response.status_code == 200
    assertNotContains(response, "<script>")


@pytest.mark.parametrize("query", [{}, PROFILE])
@pytest.mark.parametrize(
    ("name", "args"), [("questionnaire", []), ("questionnaire_dimension", ["OPS"]), ("questionnaire_xlsx", [])]
)
def test_a_page_costs_one_query(client, published, django_assert_num_queries, name, args, query):
    client.get(reverse(name, args=args))

    with django_assert_num_queries(1):  # the version in force; the questionnaire itself costs none
        client.get(reverse(name, args=args), query)


def test_no_page_weighs_more_than_a_quarter_of_what_is_allowed(client, published):
    """100 kB is for the whole page; style sheets take some 45 of them."""
    pages = [reverse("questionnaire")] + [
        reverse("questionnaire_dimension", args=[part.code]) for part in questionnaire(FULL).dimensions
    ]

    for page in pages:
        content = client.get(page).content
        assert len(content) < 50_000, page
        assert len(gzip.compress(content)) < 25_000, page


def test_examples_are_companies_that_exist(client, small):
    response = client.get(reverse("questionnaire"))

    examples = response.context["examples"]
    assert [(form.profile.sub_sector, form.profile.size) for form in examples] == EXAMPLES
    assert all(form.profile.activities <= set(Activity.values) for form in examples)
