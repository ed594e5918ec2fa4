"""The method's page: every sum on it comes out, with any version, in both languages."""

import re
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains

from assessment.maturity.conditions import Profile
from assessment.maturity.scoring import published, score
from assessment.reports.questionnaire.method import answered, worked_out
from assessment.reports.results.frames import frame_reading
from assessment.reports.results.page import result_page
from tests.content.material import EXPRESS, FULL, questionnaire
from tests.factories import FIXTURES, make_company, make_result, make_user, make_version

SUM = re.compile(r"\((.+)\) / (\d+) = (\S+) → (\S+)")
WEAKEST = re.compile(r"min\((.+)\) = (\S+) → (\S+)")


@pytest.fixture
def published_version(db):
    return make_version(file=FIXTURES / f"questionnaire-{FULL}.yaml")


def worked_by_hand(expression):
    """Do the sum as a reader would, and return it beside the two results that the page gives."""
    weakest = WEAKEST.fullmatch(expression)
    if weakest:
        parts, exact, shown = weakest.groups()
        return min(map(Fraction, parts.split("; "))), Fraction(exact), shown
    terms, weight, exact, shown = SUM.fullmatch(expression).groups()
    products = [term.split(" × ") for term in terms.split(" + ")]
    total = sum(int(times) * Fraction(value) for times, value in products)
    assert sum(int(times) for times, _value in products) == int(weight)
    return total / int(weight), Fraction(exact), shown


@pytest.mark.parametrize("version", [FULL, EXPRESS])
def test_every_sum_comes_out(version):
    method = worked_out(questionnaire(version))
    nodes = [method, *method.dimensions, *(node for part in method.dimensions for node in part.capabilities)]
    expressions = [node.expression for node in nodes if node.expression != "–"]

    assert len(expressions) >= 20
    for expression in expressions:
        by_hand, exact, shown = worked_by_hand(expression)
        assert (by_hand, published(by_hand)) == (exact, shown)


def test_the_figures_are_those_of_the_engine():
    whole = questionnaire(FULL)
    method = worked_out(whole)

    profile = Profile("biotech", "small", frozenset({"research", "clinical"}))
    assert method.result == score(whole, profile, answered(whole, profile))
    assert method.figures == method.result.to_json()["overall"]
    assert method.result.complete


def test_the_example_has_all_that_the_page_speaks_of():
    method = worked_out(questionnaire(FULL))

    coverage = method.result.coverage
    assert (coverage.unknown, coverage.not_applicable, coverage.unanswered) == (1, 1, 0)
    assert coverage.hidden == 6
    assert method.result.overall.low < method.result.overall.high
    assert [step.question.code for step in method.unknown] == ["STR.GOV.1"]
    assert {step.question.weight for capability in method.shown.capabilities for step in capability.steps} == {0, 1}
    assert [step.result.state for step in method.neutral.uncounted] == ["not_applicable"]


def test_the_gate_s_example_is_held_back_by_one_dimension_alone():
    method = worked_out(questionnaire(FULL))

    by_score, after_gates = method.gate_levels
    assert method.gate.result.overall.held_back_by == (method.gate.dimension.code,)
    assert (by_score.number, after_gates.number) == (5, 3)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_shows_the_example_in_the_reader_s_language(client, published_version, language):
    with translation.override(language):
        address, method = reverse("method"), worked_out(questionnaire(FULL))
        expressions = [part.expression for part in method.dimensions]

    response = client.get(address)

    for part, expression in zip(method.dimensions, expressions, strict=True):
        assertContains(response, part.dimension.title[language])
        assertContains(response, f"<dd>{expression}</dd>", html=True)
    for level in method.questionnaire.levels:
        assertContains(response, level.description[language])


def test_the_european_reading_says_what_it_is_not(client, published_version):
    response = client.get(reverse("method"))

    assertContains(response, "Indicative reading, never an official score")
    assertContains(response, "It does not replace an assessment by that model")


def test_a_small_questionnaire_has_its_method_too(client, db):
    make_version()

    response = client.get(reverse("method"))

    method = response.context["method"]
    assert worked_by_hand(method.expression)[0] == method.result.overall.score
    assertContains(response, "min(")


@pytest.mark.parametrize("name", ["method", "method_versions"])
def test_a_page_costs_one_query(client, published_version, django_assert_num_queries, name):
    client.get(reverse(name))

    with django_assert_num_queries(1):  # the version in force, or all of them
        client.get(reverse(name))


def test_before_a_version_is_published_there_is_nothing_to_explain(client, db):
    assert client.get(reverse("method")).status_code == 404


@pytest.mark.parametrize("name", ["method", "method_versions", "glossary"])
def test_the_pages_weigh_little(client, published_version, name):
    assert len(client.get(reverse(name)).content) < 50_000


def test_a_stored_result_is_read_in_the_other_model(db):
    person = make_user()
    result = make_result(company=make_company(member=person), by=person)

    [reading] = frame_reading(result_page(result))

    [line] = reading.lines
    vision = result.trace["dimensions"][0]["capabilities"][0]
    assert (line.dimension.code, line.figure) == ("strategy", vision["score"])
    assert [capability.code for capability in line.capabilities] == ["STR.VIS"]
