"""Leaving is not submitting: from any question of any sector's path, any link leads back to it, with its value."""

from copy import deepcopy
from functools import cache

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions import team
from assessment.actions.moves import move
from assessment.actions.questionnaire import import_questionnaire, publish
from assessment.maturity.file.format import load_document
from assessment.maturity.file.yaml_reader import read
from assessment.models import Answer, Assessment, Campaign, Result
from assessment.models.compiled import compiled
from tests.content.material import FULL, best, questionnaire, source, typical_companies
from tests.content.test_companies import seen
from tests.factories import (
    FIXTURES,
    NOON,
    PASSWORD,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_version,
)
from tests.people.makers import make_person

pytestmark = pytest.mark.django_db
EVERY_DAY = {"opens_on": "2026-01-01", "closes_on": "2999-12-31"}


@cache
def journeys():
    """One typical company for each set of questions that any of them sees, on both paths."""
    found = {}
    for company in typical_companies():
        codes = seen(FULL, company.profile)
        express = [code for code in codes if questionnaire(FULL).question(code).express]
        for path, asked in [("full", codes), ("express", express)]:
            found.setdefault((path, tuple(asked)), company)
    return [
        pytest.param(company.profile, path, list(asked), id=f"{company} {path}")
        for (path, asked), company in found.items()
    ]


@pytest.fixture
def real():
    return make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")


def begun(person, profile, version, **fields):
    values = {"sub_sector": profile.sub_sector, "size": profile.size, "activities": sorted(profile.activities)}
    return make_assessment(company=make_company(member=person, **values), version=version, **fields)


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def place_of(assessment, code):
    """The address of a question, its number counted through the questionnaire as it is now."""
    found = compiled(Assessment.objects.get(pk=assessment.pk).version)
    number = [question.code for question in found.questions].index(code) + 1
    if assessment.path == "express":
        return reverse("assessment_express", args=[assessment.pk]) + f"#q{number}"
    return reverse("assessment_dimension", args=[assessment.pk, dimension_of(found, code)]) + f"#q{number}"


def dimension_of(questionnaire, code):
    return next(one.code for one in questionnaire.dimensions if code in {question.code for question in one.questions})


def resume(client, assessment):
    return client.get(reverse("assessment_resume", args=[assessment.pk]))["Location"]


def touch(client, assessment, code):
    """Say that the question is where the person is, as the open page does."""
    dimension = dimension_of(compiled(Assessment.objects.get(pk=assessment.pk).version), code)
    address = reverse("assessment_place", args=[assessment.pk])
    assert client.post(address, {"dimension": dimension, "question": code}).status_code == 204


def posted(question):
    """The best answer with its comment, as the page posts it."""
    given = best(question)
    value = (
        {"typed": str(given.number)} if question.kind == "number" else {"pick": [f"choice.{c}" for c in given.choices]}
    )
    return value | {"comment": f"Vu par {question.code} à l’été"}


def save(client, assessment, question):
    fields = {f"{question.code}-{name}": value for name, value in posted(question).items()}
    return client.post(reverse("assessment_answer", args=[assessment.pk, question.code]), fields).status_code


def shown(client, assessment):
    """What each question that is put shows on another browser, as ``posted`` writes it, by its address."""
    found = {}
    dimensions = compiled(Assessment.objects.get(pk=assessment.pk).version).dimensions
    pages = [reverse("assessment_dimension", args=[assessment.pk, dimension.code]) for dimension in dimensions]
    if assessment.path == "express":
        pages = [reverse("assessment_express", args=[assessment.pk])]
    for address in pages:
        for section in client.get(address).context["sections"]:
            for item in section.asked:
                fields = {name: value for name, value in item.form.shown.items() if value}
                found |= {} if item.hidden else {f"{address}#{item.anchor}": fields}
    return found


def test_the_journeys_are_those_of_every_sector():
    expected = {("full", tuple(seen(FULL, company.profile))) for company in typical_companies()}

    tried = {(path, tuple(codes)) for _profile, path, codes in (journey.values for journey in journeys())}

    assert {journey for journey in tried if journey[0] == "full"} == expected
    assert len({profile.sub_sector for profile, _path, _codes in (journey.values for journey in journeys())}) >= 6


@pytest.mark.parametrize(("profile", "path", "codes"), journeys())
def test_leaving_at_every_question_leads_another_browser_back_to_it_with_its_value(
    signed_in, person, real, profile, path, codes
):
    assessment, elsewhere = begun(person, profile, real, path=path), browser_of(person)
    touched, answered, expected = [], [], {}

    for code in codes:
        touch(signed_in, assessment, code)
        touched.append(resume(elsewhere, assessment))
        assert save(signed_in, assessment, compiled(real).question(code)) == 200
        answered.append(resume(elsewhere, assessment))
        expected[place_of(assessment, code)] = posted(compiled(real).question(code))

    assert touched == answered == list(expected)
    assert shown(elsewhere, assessment) == expected
    assert (Assessment.objects.get().status, Result.objects.count()) == ("open", 0)


def test_a_page_saved_and_left_without_javascript_is_where_one_stopped(signed_in, person, real):
    assessment = begun(person, typical_companies()[0].profile, real)
    address = reverse("assessment_dimension", args=[assessment.pk, "PEO"])
    signed_in.get(address)

    signed_in.post(address, {"PEO.SKL.1-pick": "choice.2", "PEO.SKL.1-revision": "0"})

    assert resume(browser_of(person), assessment) == place_of(assessment, "PEO.SKL.1")
    assert Assessment.objects.get().status == "open"


# --- The questionnaire's order changes meanwhile -----------------------------------------------------------------------------


@cache
def in_another_order():
    """The same questions, the last dimensions and capabilities first, so that none keeps its number."""
    document, _problems = read(source(FULL))
    document = deepcopy(document) | {"version": f"{FULL}.other-order"}
    document["dimensions"] = [*document["dimensions"][3:], *document["dimensions"][:3]]
    for dimension in document["dimensions"]:
        dimension["capabilities"].reverse()
    return load_document(document)


def publish_another_order():
    version = import_questionnaire(definition=in_another_order())
    publish(version=version, at=NOON.replace(day=9))
    version.refresh_from_db()
    return version


def test_after_a_change_of_order_each_question_left_is_found_at_its_new_place(signed_in, person, real):
    company = typical_companies()[0]
    codes, second = seen(FULL, company.profile), publish_another_order()
    assessment, elsewhere = begun(person, company.profile, real), browser_of(person)
    for code in codes:
        save(signed_in, assessment, compiled(real).question(code))
    before = [place_of(assessment, code) for code in codes]
    move(assessment=assessment, to=second, by=person)
    after = {place_of(assessment, code): posted(compiled(second).question(code)) for code in codes}
    found = []

    for code in codes:
        touch(signed_in, assessment, code)
        found.append(resume(elsewhere, assessment))

    assert found == list(after)
    assert shown(elsewhere, assessment) == after
    assert [code for code, old, new in zip(codes, before, after, strict=True) if old == new] == []


@pytest.mark.parametrize("answered", [True, False])
def test_who_stopped_before_the_order_changed_comes_back_to_the_same_question(signed_in, person, real, answered):
    assessment = begun(person, typical_companies()[0].profile, real)
    touch(signed_in, assessment, "PEO.SKL.1")
    if answered:
        save(signed_in, assessment, compiled(real).question("PEO.SKL.1"))
    before = resume(browser_of(person), assessment)

    move(assessment=assessment, to=publish_another_order(), by=person)

    after = resume(browser_of(person), assessment)
    assert (after, after == before) == (place_of(assessment, "PEO.SKL.1"), False)


def test_a_draft_finishes_in_the_order_it_began_with_where_nobody_moves_it(signed_in, person, real):
    assessment = begun(person, typical_companies()[0].profile, real)
    touch(signed_in, assessment, "PEO.SKL.1")
    before = resume(browser_of(person), assessment)

    publish_another_order()

    assert resume(browser_of(person), assessment) == before


# --- Every kind of link ------------------------------------------------------------------------------------------------------


@pytest.fixture
def stopped(person):
    """An assessment in a campaign, left at a question that is neither the first nor the first one left."""
    version = make_version()
    campaign = Campaign.objects.create(title="Spring", version=version, **EVERY_DAY)
    assessment = make_assessment(company=make_company(member=person), version=version, campaign=campaign)
    answer(assessment=assessment, by=person, question="OPS.CYB.1", value={"choices": ["backup"]})
    team.arrive(assessment=assessment, user=person, dimension="OPS", question="OPS.CYB.2")
    return assessment


def link_to_resume(assessment):
    return f'href="{reverse("assessment_resume", args=[assessment.pk])}"'


def test_the_bare_link_of_the_assessment_leads_on_from_there(signed_in, stopped):
    page = signed_in.get(stopped.get_absolute_url())

    assert page.context["next_question"] == place_of(stopped, "OPS.CYB.2")
    assertContains(page, f'href="{place_of(stopped, "OPS.CYB.2")}">Continue</a>', count=1)


def test_the_link_of_the_campaign_leads_there(signed_in, stopped):
    started = signed_in.post(reverse("campaign_start", args=[stopped.campaign_id, stopped.company_id]))

    assert signed_in.get(started["Location"])["Location"] == place_of(stopped, "OPS.CYB.2")


@pytest.mark.parametrize("name", ["start", "company"])
def test_the_pages_of_the_person_and_of_the_company_lead_there(signed_in, stopped, name):
    page = signed_in.get(reverse(name, args=[stopped.company_id] if name == "company" else []))

    assertContains(page, link_to_resume(stopped), count=1)
    assert resume(signed_in, stopped) == place_of(stopped, "OPS.CYB.2")


def test_starting_again_leads_there_instead(signed_in, stopped):
    Assessment.objects.update(campaign=None)

    page = signed_in.get(reverse("assessment_start", args=[stopped.company_id]))

    assertContains(page, link_to_resume(stopped), count=1)


def test_the_link_of_the_message_that_asks_for_a_dimension_leads_on_from_there(
    signed_in, person, stopped, settings, django_capture_on_commit_callbacks
):
    manager = make_person(email="grace@company.example")
    with django_capture_on_commit_callbacks(execute=True):
        team.assign(assessment=stopped, asked={"STR": [person]}, by=manager, tell=True)
    link = next(line for line in mail.outbox[0].body.splitlines() if str(stopped.pk) in line)

    page = signed_in.get(link.removeprefix(settings.SITE_URL))

    assert page.context["next_question"] == place_of(stopped, "OPS.CYB.2")


def test_the_link_of_a_dimension_opens_it_and_its_question_left_is_found_again(signed_in, person, stopped):
    team.arrive(assessment=stopped, user=person, dimension="STR", question="STR.VIS.2")

    signed_in.get(reverse("assessment_dimension", args=[stopped.pk, "STR"]))

    assert resume(browser_of(person), stopped) == place_of(stopped, "STR.VIS.2")


def test_signing_in_goes_on_to_the_question(client, stopped):
    person = make_person(email="zoe@company.example")
    make_membership(company=stopped.company, user=person)
    team.arrive(assessment=stopped, user=person, dimension="OPS", question="OPS.CYB.2")
    asked = client.get(reverse("assessment_resume", args=[stopped.pk]))

    signed = client.post(asked["Location"], {"login": person.email, "password": PASSWORD})

    assertRedirects(signed, reverse("assessment_resume", args=[stopped.pk]), fetch_redirect_response=False)
    assert client.get(signed["Location"])["Location"] == place_of(stopped, "OPS.CYB.2")


# --- What the button says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("opens", "says"), [(False, "Answer the first question"), (True, "Continue")])
def test_the_overview_says_whether_one_was_here(signed_in, person, opens, says):
    assessment = make_assessment(company=make_company(member=person))
    if opens:
        signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "OPS"]))

    page = signed_in.get(assessment.get_absolute_url())

    assertContains(page, f">{says}</a>", count=1)
    assert page.context["standing"].whole.answered == 0


@pytest.mark.parametrize(("opens", "says"), [(False, "Answer the first question"), (True, "Resume")])
def test_the_start_page_says_whether_one_was_here(signed_in, person, opens, says):
    assessment = make_assessment(company=make_company(member=person))
    if opens:
        signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "OPS"]))

    page = signed_in.get(reverse("start"))

    assertContains(page, f">{says}</a>", count=1)


def test_a_colleague_who_opened_a_page_is_nobodys_own_visit(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))
    team.arrive(assessment=assessment, user=make_person(), dimension="OPS", question="OPS.CYB.1")

    page = signed_in.get(assessment.get_absolute_url())

    assertContains(page, ">Answer the first question</a>", count=1)
    assert Answer.objects.count() == 0
