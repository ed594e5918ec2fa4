"""The administration's own pages: publish, retire, begin a new draft, take a file away and load one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions.questionnaire import clone_as_draft
from assessment.maturity.file.format import checksum, dump
from assessment.models import Choice, Question, Version
from assessment.models.compiled import compiled
from tests.factories import DATA, make_staff, make_user
from tests.questionnaire.pages import url


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
    assert [(problem.code, problem.place) for problem in page.context["problems"]] == [("OPS.CYB.2", place)]
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


def test_a_draft_that_was_edited_between_the_two_steps_is_not_replaced_unseen(desk, draft):
    text = (DATA / "small.yaml").read_text().replace("points: 4", "points: 5")
    shown = desk.post(reverse(LOAD), {"file": given(text)})
    Choice.objects.filter(question__code="STR.VIS.1", code="2").update(text_en="A colleague’s words")

    again = desk.post(reverse(LOAD), {"sealed": shown.context["confirmation"]["sealed"].value()})

    assert Choice.objects.get(question__code="STR.VIS.1", code="2").text_en == "A colleague’s words"
    assertContains(again, "A colleague’s words")
    desk.post(reverse(LOAD), {"sealed": again.context["confirmation"]["sealed"].value()})
    assert Choice.objects.get(question__code="STR.VIS.1", code="3").points == 5


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


def test_staff_of_no_group_take_no_file_away(client, published):
    client.force_login(make_user(is_staff=True))

    assert client.get(url(published, "file")).status_code == 403


@pytest.mark.parametrize("page", ["publish", "retire", "new-draft", "file"])
def test_a_version_that_does_not_exist_is_not_found(desk, page):
    assert desk.get(f"/en/admin/assessment/version/99/{page}/").status_code == 404
