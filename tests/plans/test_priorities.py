"""A result against targets: proposed by the questionnaire, changed by the company, obligations apart."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.models import Membership, Target
from tests.factories import FIXTURES, make_company, make_membership, make_result, make_user, make_version
from tests.plans.test_typical_companies import NEWEST, lowest

NEWEST_FILE = FIXTURES / "questionnaire-2026.2.yaml"


@pytest.fixture
def result(person):
    """The lowest answers of a small biotech to the newest questionnaire."""
    answers = {question.code: lowest(question).to_json() for question in NEWEST.questions}
    answers |= {
        code: value | {"number": float(value["number"])} for code, value in answers.items() if "number" in value
    }
    return make_result(
        company=make_company(member=person), by=person, answers=answers, version=make_version(file=NEWEST_FILE)
    )


def address(result):
    return reverse("result_priorities", args=[result.assessment_id, result.number])


def typed(**scores):
    return {f"target_{code}": score for code, score in scores.items()}


def aims(response):
    return {aim.dimension.code: (aim.target, aim.is_own) for aim in response.context["page"].aims}


def test_what_suits_sub_sector_and_size_is_proposed(signed_in, result):
    proposed = {"STR": 45, "PEO": 45, "DAT": 55, "TEC": 45, "OPS": 45, "PAT": 40, "TRU": 50, "SUS": 40}

    assert aims(signed_in.get(address(result))) == {code: (score, False) for code, score in proposed.items()}


def test_a_company_aims_elsewhere_until_it_takes_the_proposal_again(signed_in, result):
    assertRedirects(signed_in.post(address(result), typed(STR=80, PEO=10)), address(result))
    changed = aims(signed_in.get(address(result)))
    signed_in.post(address(result), typed(STR="", PEO=12))

    assert (changed["STR"], changed["PEO"], changed["DAT"]) == ((80, True), (10, True), (55, False))
    assert list(Target.objects.values_list("dimension", "score")) == [("PEO", 12)]


def test_a_target_out_of_bounds_is_refused_and_kept(signed_in, result):
    response = signed_in.post(address(result), typed(STR=101, PEO=10))

    assertContains(response, "less than or equal to 100", status_code=422)
    assertContains(response, 'value="101"', status_code=422)
    assert Target.objects.count() == 0


def test_targets_that_a_colleague_changed_meanwhile_are_not_overwritten(signed_in, result):
    form = signed_in.get(address(result)).context["form"]
    read_at = form["read_at"].value()
    Target.objects.create(company=result.company, dimension="STR", score=70)

    response = signed_in.post(address(result), typed(STR=60) | {"read_at": read_at})

    assert response.status_code == 409
    assert Target.objects.get().score == 70


def test_what_a_law_asks_stands_apart_from_what_brings_most(signed_in, result):
    page = signed_in.get(address(result)).context["page"]

    required = {line.question.code for line in page.required}
    assert required == {line.question.code for line in page.required if line.question.obligation} != set()
    assert required.isdisjoint(step.line.question.code for step in page.first)


def test_the_order_is_missing_points_times_gain(signed_in, result):
    signed_in.post(
        address(result), typed(SUS=100, **dict.fromkeys(["STR", "PEO", "DAT", "TEC", "OPS", "PAT", "TRU"], 0))
    )

    page = signed_in.get(address(result)).context["page"]

    in_sus = [step.dimension.code == "SUS" for step in page.first]
    assert in_sus == sorted(in_sus, reverse=True)
    assert in_sus[0]


def test_a_reader_sees_and_changes_nothing(client, result):
    reader = make_user()
    make_membership(company=result.company, user=reader, role=Membership.Role.READER)
    client.force_login(reader)

    assert client.post(address(result), typed(STR=1)).status_code == 403
    assert Target.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "fields"), [("target_at_most_100", {"score": 101}), ("target_once_a_dimension", {"score": 5})]
)
def test_what_must_be_true_of_a_target(name, fields):
    company = make_company()
    Target.objects.create(company=company, dimension="PEO" if "most" in name else "STR", score=5)

    with pytest.raises(IntegrityError, match=f"{name}|assessment_target.company_id"), transaction.atomic():
        Target.objects.create(company=company, dimension="STR", **fields)
