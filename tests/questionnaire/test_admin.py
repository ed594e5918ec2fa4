"""The administration: drafts are edited, published versions are read, and nothing posted goes round that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.questionnaire import clone_as_draft, import_questionnaire, retire
from assessment.maturity.format import checksum, dump
from assessment.models import Band, Campaign, Capability, Choice, Dimension, Level, Question, Questionnaire, Version
from assessment.models.compiled import compiled
from tests.factories import DATA, NOON, make_staff

PARTS = [Level, Dimension, Capability, Question, Choice]


@pytest.fixture
def editor(db):
    return make_staff(group="editor")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def draft(small):
    return import_questionnaire(definition=small)


def url(row, page="change"):
    return reverse(f"admin:assessment_{row._meta.model_name}_{page}", args=[row.pk])


def row_of(version, model):
    path = model.VERSION.removesuffix("__") or "pk"
    return model.objects.filter(**{path: version.pk}).order_by("pk").last()


def posted(response):
    """Return what a browser would send of the page's form as it is."""
    form, data = response.context["adminform"].form, {}
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for part in [form, *(formset.management_form for formset in formsets), *(f for s in formsets for f in s.forms)]:
        for field in part:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = "on" if value is True else value
    return data


# --- Reading ----------------------------------------------------------------------------------------------------------
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


# --- A published version ----------------------------------------------------------------------------------------------
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


# --- Publishing, retiring, cloning ------------------------------------------------------------------------------------
def test_a_draft_is_published_after_a_look_at_its_checksum(desk, draft, small, editor):
    page = desk.get(url(draft, "publish"))
    assert draft.__class__.objects.get().is_draft

    response = desk.post(url(draft, "publish"))

    assertContains(page, checksum(small), count=1)
    assertContains(page, "No other version of this questionnaire is published.")
    assertRedirects(response, url(draft))
    version = Version.objects.get()
    assert (version.status, version.published_by) == ("published", editor)


def test_what_changes_from_the_current_version_is_shown_first(desk, published):
    draft = clone_as_draft(version=published, number="2", by=None)
    assertContains(desk.get(url(draft, "publish")), "Its content is the same as that of small 1, published now.")
    draft.dimensions.filter(code="OPS").update(weight=5)
    Question.objects.filter(capability__dimension__version=draft, code="STR.VIS.1").update(text_en="How far?")

    changes = desk.get(url(draft, "publish")).context["changes"]

    shown = [(change.part, change.what, change.before, change.after) for change in changes]
    assert shown == [
        ("question STR.VIS.1", "text (en)", "How far is your digital roadmap?", "How far?"),
        ("dimension OPS", "weight", "2", "5"),
    ]


def test_a_draft_with_problems_shows_them_and_is_not_published(desk, draft):
    Choice.objects.filter(question__code="OPS.CYB.2").delete()

    page = desk.get(url(draft, "publish"))
    desk.post(url(draft, "publish"))

    place = "dimensions[1].capabilities[1].questions[1].choices"
    assert [problem.place for problem in page.context["problems"]] == [place]
    assertContains(page, place)
    assert Version.objects.get().is_draft


def test_what_is_published_is_not_published_again(desk, published):
    assertRedirects(desk.post(url(published, "publish")), url(published))


def test_a_version_is_retired_after_a_confirmation(desk, published):
    page = desk.get(url(published, "retire"))
    assert Version.objects.get().status == "published"

    desk.post(url(published, "retire"))

    assertContains(page, "0 assessments under way go on with it.")
    assert Version.objects.get().status == "retired"
    assertRedirects(desk.post(url(published, "retire")), url(published))


def test_a_new_draft_begins_from_a_published_version(desk, published):
    page = url(published, "clone")
    assertContains(desk.get(page), "small 1")
    refused = desk.post(page, {"number": "1"})

    desk.post(page, {"number": "2"})

    assert refused.context["form"].errors == {"number": ["There is a version 1 already."]}
    assert Version.objects.get(number="2").is_draft


# --- Files ------------------------------------------------------------------------------------------------------------
LOAD = "admin:assessment_version_load"


def given(text):
    return SimpleUploadedFile("file.yaml", text if isinstance(text, bytes) else text.encode())


def test_the_file_of_a_version_is_taken_away(desk, published):
    response = desk.get(url(published, "file"))

    assert response.content.decode() == (DATA / "small.yaml").read_text()
    assert response["Content-Disposition"] == 'attachment; filename="small-1.yaml"'


def test_a_draft_that_is_not_ready_gives_its_problems_instead(desk, draft):
    Choice.objects.filter(question__code="OPS.CYB.2").delete()

    assertContains(desk.get(url(draft, "file")), "questions[1].choices")


def test_a_file_is_loaded_in_two_steps(desk, small):
    text = (DATA / "small.yaml").read_text()

    shown = desk.post(reverse(LOAD), {"file": given(text)})
    written_before = Version.objects.count()
    confirmed = desk.post(reverse(LOAD), {"sealed": shown.context["confirmation"]["sealed"].value()})

    assertContains(shown, "No problem was found. Version 1 of small will be a new draft.")
    assert written_before == 0
    version = Version.objects.get()
    assertRedirects(confirmed, url(version))
    assert compiled(version) == small


def test_a_file_with_problems_lists_them_with_their_places(desk):
    text = (DATA / "small.yaml").read_text().replace("points: 4", "points: -4").replace("from: 40", "from: 400")

    response = desk.post(reverse(LOAD), {"file": given(text)})

    places = [error.split(": ")[0] for error in response.context["form"].errors["file"]]
    assert places == [
        "dimensions[0].capabilities[0].questions[0].choices[3].points",
        "levels[1].from",
        "levels[2].from",
    ]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"\xe9", "This file is not in UTF-8."),
        (b"#" * 2_000_001, "This file is too large for this page: use manage.py load_questionnaire."),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(desk, content, error):
    response = desk.post(reverse(LOAD), {"file": given(content)})

    assert response.context["form"].errors["file"] == [error]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("points: 4", "points: 4", "has this content already: there is nothing to load."),
        ("points: 4", "points: 5", "is published and says otherwise. Give the file a new version number."),
    ],
)
def test_a_file_that_cannot_be_loaded_says_why_and_offers_nothing(desk, published, old, new, said):
    text = (DATA / "small.yaml").read_text().replace(old, new)

    response = desk.post(reverse(LOAD), {"file": given(text)})

    assertContains(response, said)
    assert response.context["confirmation"] is None


def test_texts_of_a_published_version_are_corrected_by_a_file(desk, published):
    text = (DATA / "small.yaml").read_text().replace('"Vision"', '"La vision"')

    shown = desk.post(reverse(LOAD), {"file": given(text)})
    desk.post(reverse(LOAD), {"sealed": shown.context["confirmation"]["sealed"].value()})

    assertContains(shown, "the file differs in its texts alone")
    assert dump(compiled(Version.objects.get())) == text


def test_what_changed_between_the_two_steps_is_shown_again(desk):
    text = (DATA / "small.yaml").read_text()
    shown = desk.post(reverse(LOAD), {"file": given(text.replace("points: 4", "points: 5"))})
    sealed = shown.context["confirmation"]["sealed"].value()
    other = desk.post(reverse(LOAD), {"file": given(text)})
    desk.post(reverse(LOAD), {"sealed": other.context["confirmation"]["sealed"].value()})

    again = desk.post(reverse(LOAD), {"sealed": sealed})

    assertContains(again, "There is a draft of version 1 of small: all of its content will be replaced")
    assert Choice.objects.get(question__code="STR.VIS.1", code="3").points == 4


def test_a_confirmation_that_is_not_ours_is_refused(desk):
    response = desk.post(reverse(LOAD), {"sealed": "x"})

    assertContains(response, "This confirmation is too old: give the file again.")


# --- Who may ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("group", "reads", "writes"),
    [("reader", 200, 403), ("reviewer", 200, 403), ("editor", 200, 200), ("administrator", 200, 200)],
)
def test_everybody_on_the_staff_reads_and_editors_write(client, published, group, reads, writes):
    client.force_login(make_staff(group=group))

    assert [client.get(url(published, page)).status_code for page in ["change", "file"]] == [reads] * 2
    assert [client.get(url(published, page)).status_code for page in ["retire", "clone"]] == [writes] * 2
    assert client.get(reverse(LOAD)).status_code == writes


@pytest.mark.parametrize("page", ["publish", "retire", "new-draft", "file"])
def test_a_version_that_does_not_exist_is_not_found(desk, page):
    assert desk.get(f"/en/admin/assessment/version/99/{page}/").status_code == 404
