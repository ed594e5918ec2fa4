"""Drafts in the administration: listed, read, edited, deleted."""

import json

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.questionnaire import clone_as_draft
from assessment.models import Band, Campaign, Capability, Choice, Dimension, Level, Question, Questionnaire, Version
from tests.factories import NOON
from tests.questionnaire.pages import PARTS, posted, row_of, url


@pytest.mark.parametrize("model", [Version, *PARTS])
def test_every_page_of_a_draft_and_of_a_published_version_opens(desk, published, model):
    draft = clone_as_draft(version=published, number="2", by=None)

    for version in [published, draft]:
        row = row_of(version, model)
        for page in ["change", "history"]:
            assert desk.get(url(row, page)).status_code == 200


def more_versions(published, count):
    for number in range(2, count + 1):
        clone_as_draft(version=published, number=str(number), by=None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions(desk, published, count, django_assert_num_queries):
    more_versions(published, count)

    with django_assert_num_queries(7):  # session, user, 2 of permissions, the filter's questionnaires, count, list
        response = desk.get(reverse("admin:assessment_version_changelist"))

    assert len(response.context["cl"].result_list) == count
    first = response.context["cl"].result_list[0]
    assert (first.dimension_count, first.question_count, first.assessment_count) == (2, 6, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_questionnaires(desk, count, django_assert_num_queries):
    for number in range(count):
        Questionnaire.objects.create(code=f"q{number}")

    with django_assert_num_queries(6):  # session, user, 2 of permissions, count, list
        response = desk.get(reverse("admin:assessment_questionnaire_changelist"))

    assertContains(response, "/change/", count=count)


def with_rows(version, count):
    """Return the first row of each table, each with ``count`` rows below it."""
    dimension = version.dimensions.first()
    capability = dimension.capabilities.first()
    question = capability.questions.first()
    for rows in [version.levels, version.dimensions, dimension.capabilities, capability.questions, question.choices]:
        for row in rows.all()[count:]:
            row.delete()
    for number in range(2, count + 1):
        Level.objects.get_or_create(version=version, number=number, defaults={"start": 10 * number})
        Dimension.objects.get_or_create(version=version, position=number, defaults={"code": f"D{number}"})
        Capability.objects.create(dimension=dimension, position=number, code=f"C{number}")
        others = {"code": f"Q{number}", "kind": "text"}
        Question.objects.get_or_create(capability=capability, position=number, defaults=others)
        Choice.objects.get_or_create(question=question, position=number, defaults={"code": f"X{number}", "points": 0})
    return [version, dimension, capability, question]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_a_draft_cost_the_same_whatever_they_list(desk, draft, count, django_assert_num_queries):
    pages = with_rows(draft, count)

    # Session, user, 2 of permissions, the row with all above it, and one for each list below (questions have two);
    # a version's form also asks for its questionnaire.
    for row, queries in zip(pages, [7, 6, 6, 7], strict=True):
        desk.get(url(row))  # content types are asked for once a process
        with django_assert_num_queries(queries):
            assert desk.get(url(row)).status_code == 200


# --- Editing a draft --------------------------------------------------------------------------------------------------
def test_a_question_of_a_draft_is_edited_with_its_choices(desk, draft, editor):
    question = draft.dimensions.get(code="OPS").capabilities.get(code="OPS.CYB").questions.get(code="OPS.CYB.2")
    data = posted(desk.get(url(question)))
    data |= {"text_en": "Who is in charge?", "weight": "3", "choices-1-points": "4", "choices-1-text_fr": "Une."}
    data |= {"choices-2-position": "3", "choices-2-code": "2", "choices-2-points": "5", "choices-2-text_fr": "Deux."}

    response = desk.post(url(question), data)

    assertRedirects(response, url(question.capability))
    question.refresh_from_db()
    assert (question.text_en, question.weight) == ("Who is in charge?", 3)
    choices = question.choices.values_list("code", "points", "text_fr")
    assert list(choices) == [("0", 0, "Personne en particulier."), ("1", 4, "Une."), ("2", 5, "Deux.")]
    assert question.history.get().history_user == editor


def test_codes_and_numbers_are_checked_where_they_are_typed(desk, draft):
    question = Question.objects.get(code="OPS.MES.2")
    data = posted(desk.get(url(question))) | {"code": "OPS MES", "maximum": "123456789012345.5"}

    response = desk.post(url(question), data)

    assert set(response.context["adminform"].form.errors) == {"code", "maximum"}


def test_conditions_are_written_over_several_lines_and_may_be_emptied(desk, draft):
    question = Question.objects.get(code="OPS.MES.1")
    data = posted(desk.get(url(question)))

    desk.post(url(question), data | {"applies_when": ""})

    written = data["applies_when"]
    assert json.loads(written) == {"profile": "activities", "in": ["manufacturing"]}
    assert len(written.split("\n")) == 6
    question.refresh_from_db()
    assert question.applies_when is None


def test_what_is_no_json_is_refused_and_kept_on_the_page(desk, draft):
    question = Question.objects.get(code="OPS.MES.1")

    response = desk.post(url(question), posted(desk.get(url(question))) | {"applies_when": "{profile"})

    assert set(response.context["adminform"].form.errors) == {"applies_when"}
    assertContains(response, "\n{profile</textarea>")


def test_numbers_come_without_their_column_s_zeros(desk, draft):
    data = posted(desk.get(url(Question.objects.get(code="OPS.MES.2"))))
    page = desk.get(url(Question.objects.get(code="OPS.MES.2")))

    assert data["maximum"] == 100
    assertContains(page, '<input type="number" name="maximum" value="100"')
    assertContains(page, 'name="bands-1-start" value="12.5"')


def test_bands_are_for_numbers_alone(desk, draft):
    question = Question.objects.get(code="OPS.CYB.2")
    data = posted(desk.get(url(question))) | {"bands-0-start": "1", "bands-0-points": "1"}

    response = desk.post(url(question), data)

    assertContains(response, "Only a number question has bands.")


def test_a_part_of_a_draft_is_deleted_and_leads_back(desk, draft):
    capability = Capability.objects.get(code="OPS.MES")

    response = desk.post(url(capability, "delete"), {"post": "yes"})

    assertRedirects(response, url(capability.dimension))
    assert not Capability.objects.filter(code="OPS.MES").exists()


def test_a_version_is_begun_by_hand(desk):
    questionnaire = Questionnaire.objects.create(code="new")
    add = reverse("admin:assessment_version_add")
    data = posted(desk.get(add)) | {"questionnaire": questionnaire.pk, "number": "1", "title_fr": "Neuf"}

    desk.post(add, data)

    version = Version.objects.get()
    assert (version.is_draft, version.title_fr, version.languages) == (True, "Neuf", ["fr", "en"])


def test_a_draft_is_deleted_whole(desk, draft):
    response = desk.post(url(draft, "delete"), {"post": "yes"})

    assertRedirects(response, reverse("admin:assessment_version_changelist"))
    assert [model.objects.count() for model in [Version, *PARTS, Band]] == [0] * 7


def test_a_draft_that_a_campaign_names_is_not_deleted(desk, draft):
    Campaign.objects.create(title="Spring", version=draft, opens_on=NOON.date(), closes_on=NOON.date())

    response = desk.post(url(draft, "delete"), {"post": "yes"})

    assertContains(response, "Spring", status_code=200)
    assert Version.objects.count() == 1
