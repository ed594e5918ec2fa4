"""Published versions in the administration are read, their texts corrected; nothing posted goes round that."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from assessment.actions.questionnaire import retire
from assessment.maturity.file.format import checksum, dump
from assessment.models import Choice, Question, Questionnaire, Version
from assessment.models.compiled import compiled
from tests.questionnaire.pages import PARTS, posted, row_of, url

HOSTILE = {
    "number": "9",
    "code": "HACK",
    "weight": "9",
    "points": "9",
    "position": "9",
    "start": "9",
    "status": "draft",
    "checksum": "",
    "unknown_policy": "exclude",
    "aggregation": "minimum",
    "kind": "text",
    "cap": "1",
    "unit_fr": "‰",
    "introduction_fr": "Autre",
    "applies_when": "null",
    "reads_as": "{}",
    "languages": ["fr"],
}


@pytest.mark.parametrize("model", [Version, *PARTS])
@pytest.mark.parametrize("status", ["published", "retired"])
def test_a_post_changes_nothing_but_texts(desk, published, model, status):
    if status == "retired":
        published = retire(version=published)
    row, before = row_of(published, model), dump(compiled(published))
    texts = {name: "Corrigé" for name in ["title_fr", "text_fr"] if hasattr(row, name)}
    others = {name: getattr(row, name.replace("_fr", "_en")) for name in texts}
    both = {name.replace("_fr", "_en"): text for name, text in others.items()}

    response = desk.post(url(row), posted(desk.get(url(row))) | HOSTILE | texts | both)

    assert response.status_code == 302
    after = Version.objects.get(pk=published.pk)
    assert (after.checksum, after.status, after.texts_revision) == (published.checksum, status, 1)
    assert dump(compiled(after)) != before
    assert checksum(compiled(after)) == published.checksum


def test_a_post_adds_changes_and_deletes_nothing_below(desk, published):
    before = dump(compiled(published))
    question = Question.objects.get(code="OPS.MES.2")
    choice = Choice.objects.get(question__code="OPS.CYB.2", code="1")
    band = question.bands.first()
    rows = {
        "bands-TOTAL_FORMS": "2",
        "bands-INITIAL_FORMS": "1",
        "bands-0-id": band.pk,
        "bands-0-question": question.pk,
        "bands-0-points": "9",
        "bands-0-DELETE": "on",
        "bands-1-start": "95",
        "bands-1-points": "9",
        "choices-TOTAL_FORMS": "1",
        "choices-INITIAL_FORMS": "1",
        "choices-0-id": choice.pk,
        "choices-0-points": "9",
    }

    response = desk.post(url(question), posted(desk.get(url(question))) | rows)

    assert response.status_code == 302
    assert dump(compiled(Version.objects.get())) == before


@pytest.mark.parametrize("model", [Version, *PARTS])
def test_nothing_published_is_deleted(desk, published, model):
    row = row_of(published, model)

    response = desk.post(url(row, "delete"), {"post": "yes"})

    assert response.status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Version, *PARTS])
def test_no_list_deletes_by_the_dozen(desk, published, model):
    row = row_of(published, model)
    data = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}

    desk.post(reverse(f"admin:assessment_{model._meta.model_name}_changelist"), data)

    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", PARTS)
def test_no_part_is_added_by_itself(desk, published, model):
    response = desk.get(reverse(f"admin:assessment_{model._meta.model_name}_add"))

    assert response.status_code == 403


def test_a_correction_keeps_who_and_what(desk, published, editor):
    question = Question.objects.get(code="OPS.MES.1")

    desk.post(url(question), posted(desk.get(url(question))) | {"text_fr": "Où sont les dossiers ?"})

    now, before = question.history.all()
    assert (now.text_fr, now.history_user) == ("Où sont les dossiers ?", editor)
    assert (before.text_fr, before.history_user) == (question.text_fr, None)
    assertContains(desk.get(url(question, "history")), "Où sont les dossiers ?")


def test_a_page_saved_without_a_change_corrects_nothing(desk, published):
    question = Question.objects.get(code="OPS.MES.1")

    response = desk.post(url(question), posted(desk.get(url(question))))

    assert response.status_code == 302
    assert Version.objects.get().texts_revision == 0
    assert question.history.count() == 0


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        ({"text_fr": "", "text_en": "Where?"}, {"text_fr"}),
        ({"text_fr": "", "text_en": ""}, {"text_fr", "text_en"}),
        ({"text_fr": "Où ?", "text_en": "Where?", "help_fr": "Aide."}, {"help_en"}),
    ],
)
def test_a_correction_gives_every_language(desk, published, data, missing):
    question = Question.objects.get(code="OPS.MES.1")

    response = desk.post(url(question), posted(desk.get(url(question))) | data)

    assert set(response.context["adminform"].form.errors) == missing
    assert Version.objects.get().texts_revision == 0


def test_an_earlier_text_is_taken_back_as_a_new_correction(desk, published):
    question = Question.objects.get(code="OPS.MES.1")
    first = question.text_en
    desk.post(url(question), posted(desk.get(url(question))) | {"text_en": "Wrong"})
    record = question.history.earliest()

    desk.post(f"{url(question, 'history')}{record.pk}/", {"text_fr": record.text_fr, "text_en": record.text_en})

    question.refresh_from_db()
    assert (question.text_en, question.history.count()) == (first, 3)
    assert Version.objects.get().texts_revision == 2


def test_the_code_of_a_published_questionnaire_is_only_read(desk, published):
    desk.post(url(published.questionnaire), {"code": "other"})

    assert Questionnaire.objects.get().code == "small"
    assert desk.post(url(published.questionnaire, "delete"), {"post": "yes"}).status_code == 403
