import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from contract.models import Project
from tests.contract import records


def address(name, *args, language="en"):
    with translation.override(language):
        return reverse(f"contract:{name}", args=args)


def words(response):
    """What a reader sees, without marks and with single spaces."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("count", [1, 3])
def test_contract_page_query_count(client, db, django_assert_num_queries, count):
    for number in range(count):
        records.make_everything(number)

    # contract, amendments, projects, missions, use cases, carriers, signatures, themes, statements, figures, sources
    with django_assert_num_queries(11):
        response = client.get(address("contract"))

    assertContains(response, "Mission mission-", count=count)


@pytest.mark.parametrize("count", [1, 3])
def test_project_page_query_count(client, db, django_assert_num_queries, count):
    project = records.make_project(contract=records.make_contract())
    for number in range(count):
        records.make_project(code=f"other-{number}")
        records.make_mission(project=project, code=f"mission-{number}")
        carriers = [records.make_carrier(code=f"carrier-{number}-{more}") for more in range(count)]
        records.make_use_case(project=project, code=f"use-case-{number}", carriers=carriers)

    # project, missions, use cases, carriers, other projects; version in force and published cases of companies
    with django_assert_num_queries(7):
        response = client.get(address("project", "project"))

    assertContains(response, "Use case use-case-", count=count)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Strategic contract of the health industries and technologies sector",
                "4 February 2019",
                "8 June 2021",
                "Bercy",
                "Relocation of active ingredients, intermediates or essential medicines",
                "Agnès Buzyn",
                "Olivier Bogillot",
                "3,100",
                "455,000",
                "35.6",
                "Source A speaks of “three projects” that continue and names four.",
                "Ecological transition",
                "Chemistry; electronics and photonics",
            ],
        ),
        (
            "fr",
            [
                "Contrat stratégique de la filière Industries et technologies de santé",
                "4 février 2019",
                "8 juin 2021",
                "Bercy",
                "Relocalisation des principes actifs, des intermédiaires ou des médicaments essentiels",
                "Agnès Buzyn",
                "Olivier Bogillot",
                "3\u202f100".replace("\u202f", "\u00a0"),
                "455\u00a0000",
                "35,6",
                "La source A parle de «\u00a0trois projets\u00a0» poursuivis et en nomme quatre.",
                "Transition écologique",
            ],
        ),
    ],
)
def test_contract_page_says_what_the_sources_say(client, real_contract, language, said):
    response = client.get(address("contract", language=language))

    page = response.content.decode()
    assert [text for text in said if text not in page] == []


def test_before_and_after_are_side_by_side(client, real_contract, in_english):
    page = words(client.get(address("contract")))

    assert "6 projects in 2019 10 projects since 8 June 2021" in page
    assert [page.count(text) for text in ["Not in the contract", "Goes on, with more", "Goes on"]] == [4, 2, 6]
    assert re.findall(r"(New|Extended|Continued) (\d) projects", page) == [
        ("New", "4"),
        ("Extended", "2"),
        ("Continued", "4"),
    ]


def test_contract_page_without_a_contract(client, db):
    response = client.get(address("contract"))

    assertTemplateUsed(response, "contract/none.html")


def test_contract_page_without_an_amendment(client, db):
    records.make_project()

    response = client.get(address("contract"))

    assertContains(response, "Not yet spoken of by an amendment")
    assert [text.pk for text in response.context["texts"]] == [records.make_contract().pk]


def test_the_latest_contract_is_shown(client, db):
    records.make_project()
    records.make_contract(code="later", title_en="Later contract", signed_on=date(2030, 1, 1))

    response = client.get(address("contract"))

    assertContains(response, "<h1>Later contract</h1>")
    assertNotContains(response, "Project project")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_project_has_its_page(client, real_contract, language):
    with translation.override(language):
        for project in Project.objects.all():
            assertContains(client.get(project.get_absolute_url()), f"<h1>{project.title}</h1>", html=True)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "medical-imaging",
            ["New", "Created by the amendment of 8 June 2021.", "FLASH radiotherapy", "Institut Curie, Thales"],
        ),
        (
            "ai-and-health",
            [
                "Extended",
                "In the contract since 4 February 2019.",
                "Extended by the amendment of 8 June 2021.",
                "Health care pathway",
                "AI &amp; Rare Diseases",
                "The source does not say who carries it.",
                "then names Bioproduction “for example”",
            ],
        ),
        (
            "antibiotic-resistance",
            ["Continued by the amendment of 8 June 2021.", "Prepare the antibiotics of tomorrow", "“three projects”"],
        ),
        ("in-vitro-diagnostics", ["New", "The sources say nothing more of this project."]),
        ("bioproduction", ["The source does not name the five axes.", "hundredfold"]),
    ],
)
def test_project_page_says_what_the_sources_say(client, real_contract, code, said):
    page = client.get(address("project", code)).content.decode()

    assert [text for text in said if text not in page] == []


def test_project_page_lists_the_sources_it_leans_on(client, real_contract):
    response = client.get(address("project", "relocation"))

    assert [source.code for source in response.context["sources"]] == ["A", "E"]


def test_every_source_letter_leads_to_its_source(client, real_contract):
    page = client.get(address("contract")).content.decode()

    letters, sources = set(re.findall(r'href="#source-(\w)"', page)), set(re.findall(r'id="source-(\w)"', page))
    assert (letters, sources) == (set("ABCDE"), set("ABCDE"))


@pytest.mark.parametrize("code", ["nothing", "PROJECT", "a-b"])
def test_an_unknown_project_is_not_found(client, db, code):
    records.make_project()

    assert client.get(address("project", code)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_for_reading(client, real_contract, method):
    assert getattr(client, method)(address("contract")).status_code == 405
    assert getattr(client, method)(address("project", "medical-imaging")).status_code == 405


def test_a_text_of_staff_is_never_markup(client, db):
    records.make_project(title_en="<script>alert(1)</script>", note_en="<img src=x onerror=alert(1)>")

    page = client.get(address("project", "project")).content.decode()

    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


def test_pages_hold_no_inline_style_or_script(client, real_contract):
    for page in [address("contract"), address("project", "ai-and-health")]:
        content = client.get(page).content.decode()
        assert re.findall(r"<style|style=|<script(?![^>]*src=)|\son\w+=", content) == []
