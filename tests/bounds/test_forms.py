"""Numbers in forms: refused in words where no column holds them, and never a failure."""

import uuid

import pytest
from django import forms
from django.urls import reverse

from assessment.actions.questionnaire import clone_as_draft
from assessment.forms.numbers import LARGEST_COUNT, LARGEST_KEY
from assessment.models import Answer, Assessment, IndividualAnswer, Place, Question
from tests.bounds.world import HOSTILE, failures
from tests.factories import make_staff
from tests.questionnaire.pages import posted, row_of, url

pytestmark = pytest.mark.django_db
DEEP = "[" * 100_000


@pytest.fixture
def at_home(client, world):
    client.force_login(world.person)
    return client


def sent(world, number):
    """Each form of a company's pages that reads a number, whole but for the one."""
    open_one, company = [world.assessment.pk], [world.company.pk]
    choice, typed = "STR.VIS.1", "OPS.MES.2"
    answer = {f"{choice}-pick": "choice.2", f"{choice}-revision": number}
    own = {"OPS.CYB.2-pick": "choice.0", "OPS.CYB.2-revision": number}
    [mine] = IndividualAnswer.objects.filter(question="OPS.CYB.2")
    agreed = {"OPS.CYB.2-answer": mine.stamp, "OPS.CYB.2-revision": number}
    edited = {"people": number, "project": number, "capabilities": number, "figure_0_before": number}
    yield "assessment_answer", [*open_one, choice], answer
    yield "assessment_answer", [*open_one, typed], {f"{typed}-typed": number}
    yield "assessment_dimension", [*open_one, "STR"], answer
    yield "assessment_dimension", [*open_one, "STR"], answer | {"confirm_all": "1"}
    yield "answer_confirm", [*open_one, choice], {f"{choice}-revision": number}
    yield "assessment_confirmations", open_one, {"batch": str(uuid.UUID(int=1)), f"{choice}-revision": number}
    yield "answer_history", [*open_one, choice], {"again": number, "revision": "0"}
    yield "answer_history", [*open_one, choice], {"again": "1", "revision": number}
    yield "assessment_move", open_one, {"version": number}
    yield "assessment_place", open_one, {"dimension": "OPS", "shown": number}
    yield "individual_answer", [*open_one, "OPS", "OPS.CYB.2"], own
    yield "individual_answers", [*open_one, "OPS"], own
    yield "comparison", [*open_one, "OPS"], agreed
    yield "assessment_team", open_one, {"dimension-OPS": number}
    yield "assessment_start", company, {"campaign": number}
    yield "company_use_case_start", company, {"result": number, "capability": number}
    seen = {"seen": world.use_case.updated_at.isoformat()}
    yield "company_use_case_edit", [*company, world.use_case.pk], edited | seen
    yield "use_case_keep", [world.use_case.pk], {"company": number, "doing_since": number}


def test_no_number_in_a_form_makes_its_page_fail(at_home, world):
    asked = [("post", reverse(name, args=args), data) for number in HOSTILE for name, args, data in sent(world, number)]

    assert failures(at_home, asked) == []


@pytest.mark.parametrize("number", ["-1", str(LARGEST_COUNT + 1), str(2**63), "9" * 5000, "NaN"], ids=lambda n: n[:20])
@pytest.mark.parametrize("name", ["assessment_answer", "assessment_dimension"])
def test_an_answer_over_a_revision_that_cannot_be_is_not_saved_and_says_what_to_do(at_home, world, name, number):
    args = [world.assessment.pk, "STR.VIS.1" if name == "assessment_answer" else "STR"]

    response = at_home.post(reverse(name, args=args), {"STR.VIS.1-pick": "choice.2", "STR.VIS.1-revision": number})

    assert response.status_code == 422
    assert "This page is out of date: reload it, then try again." in response.content.decode()
    assert not Answer.objects.filter(assessment=world.assessment).exists()


def test_the_greatest_revision_is_read_as_any_other(at_home, world):
    response = at_home.post(
        reverse("assessment_answer", args=[world.assessment.pk, "STR.VIS.1"]),
        {"STR.VIS.1-pick": "choice.2", "STR.VIS.1-revision": str(LARGEST_COUNT)},
    )

    assert response.status_code == 200


def test_a_move_to_a_version_that_cannot_be_shows_the_newer_one(at_home, world):
    response = at_home.post(reverse("assessment_move", args=[world.assessment.pk]), {"version": "9" * 5000})

    assert response.status_code == 409
    assert Assessment.objects.get(pk=world.assessment.pk).version == world.assessment.version


def test_a_place_is_noted_whatever_people_the_page_says_to_show(at_home, world):
    shown = f"{'9' * 5000} {LARGEST_KEY + 1} -1 x"

    at_home.post(reverse("assessment_place", args=[world.assessment.pk]), {"dimension": "OPS", "shown": shown})

    assert Place.objects.get(assessment=world.assessment).dimension == "OPS"


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_whole_number_of_a_form_has_bounds():
    # Mixins derive from BaseForm and declare no field: what is collected are the classes with fields of their own.
    ours = {
        form
        for form in subclasses(forms.BaseForm)
        if form.__module__.startswith(("assessment", "contract")) and hasattr(form, "base_fields")
    }
    unbounded = [
        f"{form.__name__}.{name}"
        for form in ours
        for name, field in form.base_fields.items()
        if isinstance(field, forms.IntegerField) and None in (field.min_value, field.max_value)
    ]

    assert "RevisionField" in {type(field).__name__ for form in ours for field in form.base_fields.values()}
    assert unbounded == []


# --- Structures -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("structure", [DEEP, "9" * 5000, "1e999999"], ids=["deep", "long", "exponent"])
@pytest.mark.parametrize("page", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_a_passkey_that_is_no_passkey_is_refused(at_home, page, structure):
    at_home.raise_request_exception = False

    response = at_home.post(reverse(page), {"credential": structure})

    assert response.status_code < 500


@pytest.mark.parametrize(
    "structure", [DEEP, "9" * 5000, "NaN", '{"all": [1e999999]}'], ids=["deep", "long", "NaN", "exponent"]
)
def test_a_condition_that_no_database_keeps_is_refused_on_its_page(client, world, structure):
    draft = clone_as_draft(version=world.assessment.version, number="3", by=None)
    page = url(row_of(draft, Question))
    client.force_login(make_staff())
    data = posted(client.get(page)) | {"applies_when": structure}
    client.raise_request_exception = False

    response = client.post(page, data)

    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"applies_when"}
