"""Whoever saves a page of the administration over what somebody else stored meanwhile is shown it first."""

import pytest
from django.contrib import admin

from assessment.actions.questionnaire import import_questionnaire, publish
from assessment.models import Question
from tests.access.world import World
from tests.contract.records import make_amendment, make_everything, make_mission, make_project
from tests.edits.pages import address, changeable, other, page_of, texts
from tests.factories import DATA, definition_of, make_user
from tests.questionnaire.pages import posted, row_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # the admin's own templates


@pytest.fixture
def desk(client):
    client.force_login(make_user(email="chief@csf.example", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def draft():
    return import_questionnaire(definition=definition_of(DATA / "small.yaml"))


def test_every_page_refuses_what_was_overtaken_and_shows_both_texts():
    world = World()
    rows, desk = world.rows(), world.clients["staff: superuser"]
    tried = {}

    for row in changeable(rows, world.people["staff: superuser"]):
        response, mine = page_of(desk, row)
        form = response.context["adminform"].form
        name = texts(form)[0]
        stored = other(form, name, "theirs")
        theirs = desk.post(address(row), mine | {name: stored} | reasons(form))
        late = desk.post(address(row), mine | {name: other(form, name, "mine")} | reasons(form))
        tried[row._meta.label] = (theirs.status_code, *refused(late, name, stored), str(getattr_fresh(row, name)))

    assert {label: found[:-1] for label, found in tried.items()} == dict.fromkeys(tried, (302, True, True, True))
    assert [label for label, found in tried.items() if not found[-1].endswith("theirs")] == []
    assert len(tried) == sum(model not in READ_ONLY for model in rows)


READ_ONLY = {
    model
    for model, options in admin.site._registry.items()
    if model._meta.label in {"auth.Group", "assessment.Result", "assessment.StaffAccess", "mail.Letter"}
}


def reasons(form):
    return {"verdict": "refused"} if "verdict" in form.fields else {}


def refused(response, name, stored):
    """Whether the page says so, shows their text beside, and keeps in its form what was typed."""
    shown = response.context["overtaken"]
    form = response.context["adminform"].form
    return bool(form.non_field_errors()), stored in [change.theirs for change in shown], "mine" in form[name].value()


def getattr_fresh(row, name):
    return getattr(type(row)._default_manager.get(pk=row.pk), name)


def test_what_only_the_other_changed_is_taken_into_the_form_and_saving_again_keeps_both(desk):
    project = make_project(title_en="Title", title_fr="Titre")
    _page, mine = page_of(desk, project)
    desk.post(address(project), mine | {"title_fr": "Titre du collègue"})

    late = desk.post(address(project), mine | {"title_en": "My title"})
    again = desk.post(address(project), posted(late))

    project.refresh_from_db()
    assert (late.status_code, again.status_code) == (200, 302)
    assert (project.title_fr, project.title_en) == ("Titre du collègue", "My title")


def test_an_overtaken_text_is_replaced_once_it_was_seen(desk):
    project = make_project(title_en="Title")
    _page, mine = page_of(desk, project)
    desk.post(address(project), mine | {"title_en": "Theirs"})

    desk.post(address(project), posted(desk.post(address(project), mine | {"title_en": "Mine"})))

    project.refresh_from_db()
    assert project.title_en == "Mine"


def test_a_third_change_between_the_two_is_shown_as_well(desk):
    project = make_project(title_en="Title")
    _page, mine = page_of(desk, project)
    desk.post(address(project), mine | {"title_en": "Theirs"})
    seen = posted(desk.post(address(project), mine | {"title_en": "Mine"}))
    _page, others = page_of(desk, project)
    desk.post(address(project), others | {"title_en": "A third one"})

    response = desk.post(address(project), seen)

    project.refresh_from_db()
    assert project.title_en == "A third one"
    assert [(each.theirs, each.yours) for each in response.context["overtaken"]] == [("A third one", "Mine")]


def test_the_same_change_twice_is_no_conflict(desk):
    project = make_project(title_en="Title")
    _page, mine = page_of(desk, project)
    desk.post(address(project), mine | {"title_en": "Same"})

    assert desk.post(address(project), mine | {"title_en": "Same"}).status_code == 302


def test_a_reading_that_is_no_reading_overwrites_nothing(desk):
    project = make_project(title_en="Title")
    _page, mine = page_of(desk, project)

    for broken in ["", "x", "[]", "[" * 10_000, '{"title_en": 1}']:
        desk.post(address(project), mine | {"title_en": "Mine", "read_at": broken})

    project.refresh_from_db()
    assert project.title_en == "Title"


# --- Rows below a row -------------------------------------------------------------------------------------------------
def test_a_row_below_that_was_changed_meanwhile_is_shown_beside_what_was_typed(desk):
    project = make_everything(1)
    mission = project.missions.get()
    _page, mine = page_of(desk, project)
    _page, theirs = page_of(desk, mission)
    desk.post(address(mission), theirs | {"title_en": "Theirs"})

    response = desk.post(address(project), mine | {"missions-0-title_en": "Mine"})

    mission.refresh_from_db()
    assert mission.title_en == "Theirs"
    assert [(each.label, each.theirs, each.yours) for each in response.context["overtaken"]] == [
        ("Theirs – Title [en]", "Theirs", "Mine")
    ]
    assert desk.post(address(project), posted(response)).status_code == 302
    mission.refresh_from_db()
    assert mission.title_en == "Mine"


def test_a_row_below_that_was_changed_meanwhile_is_not_deleted_unseen(desk):
    project = make_everything(1)
    mission = project.missions.get()
    _page, mine = page_of(desk, project)
    _page, theirs = page_of(desk, mission)
    desk.post(address(mission), theirs | {"title_en": "Theirs"})

    response = desk.post(address(project), mine | {"missions-0-DELETE": "on"})

    assert project.missions.get().title_en == "Theirs"
    assert desk.post(address(project), posted(response)).status_code == 302
    assert not project.missions.exists()


def test_what_was_typed_in_a_row_that_was_deleted_meanwhile_becomes_a_new_row(desk):
    project = make_everything(1)
    make_mission(project=project, code="second", amendment=make_amendment())
    _page, mine = page_of(desk, project)
    project.missions.get(code="mission-1").delete()

    response = desk.post(address(project), mine | {"missions-0-title_en": "Mine", "missions-1-title_en": "Second"})

    assert [mission.title_en for mission in project.missions.all()] == ["Mission second"]
    assert "somebody else deleted a row meanwhile" in response.content.decode()
    assert desk.post(address(project), posted(response)).status_code == 302
    assert sorted(mission.title_en for mission in project.missions.all()) == ["Mine", "Second"]


def test_a_row_that_was_deleted_meanwhile_and_not_touched_is_left_out(desk):
    project = make_everything(1)
    make_mission(project=project, code="second", amendment=make_amendment())
    _page, mine = page_of(desk, project)
    project.missions.get(code="mission-1").delete()

    response = desk.post(address(project), mine | {"missions-1-title_en": "Second"})

    assert response.status_code == 302
    assert [mission.title_en for mission in project.missions.all()] == ["Second"]


def test_a_row_that_was_added_meanwhile_stays(desk):
    project = make_everything(1)
    _page, mine = page_of(desk, project)
    make_mission(project=project, code="second", amendment=make_amendment())

    assert desk.post(address(project), mine | {"title_en": "Mine"}).status_code == 302
    assert project.missions.count() == 2


# --- Drafts and states of old -----------------------------------------------------------------------------------------
def test_two_editors_of_a_question_lose_neither_language(desk, draft):
    question = row_of(draft, Question)
    _page, mine = page_of(desk, question)
    desk.post(url(question), mine | {"text_fr": "Texte du collègue"})

    late = desk.post(url(question), mine | {"text_en": "My text"})
    desk.post(url(question), posted(late))

    question.refresh_from_db()
    assert (question.text_fr, question.text_en) == ("Texte du collègue", "My text")


def test_what_was_typed_for_a_draft_that_was_published_meanwhile_is_shown(desk, draft):
    question = row_of(draft, Question)
    _page, mine = page_of(desk, question)
    publish(version=draft)

    response = desk.post(url(question), mine | {"text_en": "My text", "code": "MY.CODE"})

    question.refresh_from_db()
    assert question.code != "MY.CODE"
    assert "MY.CODE" in response.content.decode()
    assert posted(response)["text_en"] == "My text"


def test_a_state_of_old_is_not_put_back_over_what_was_stored_meanwhile(desk):
    project = make_project(title_en="First")
    first = project.history.first()
    _page, mine = page_of(desk, project)
    desk.post(address(project), mine | {"title_en": "Second"})
    old = f"{address(project, 'history')}{first.pk}/"
    going_back = posted_alone(desk.get(old))
    _page, theirs = page_of(desk, project)
    desk.post(address(project), theirs | {"title_en": "Third"})

    refused = desk.post(old, going_back)
    project.refresh_from_db()

    assert (refused.status_code, project.title_en) == (200, "Third")
    assert [(each.theirs, each.yours) for each in refused.context["overtaken"]] == [("Third", "First")]
    assert desk.post(old, posted_alone(refused)).status_code == 302
    project.refresh_from_db()
    assert project.title_en == "First"


def posted_alone(response):
    form = response.context["adminform"].form
    return {field.html_name: field.value() for field in form if field.value() is not None}
