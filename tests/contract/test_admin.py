import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from contract.models import Contract, Mission, Project
from tests.contract import records
from tests.contract.test_fixture import MODELS
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NAMES = [model._meta.model_name for model in MODELS]
# session, user, the two counts and the page itself, then one query for each filter by a related record
LIST_QUERIES = {
    "source": 4,
    "contract": 5,
    "amendment": 6,
    "party": 5,
    "person": 5,
    "signature": 7,
    "statement": 7,
    "project": 7,
    "mission": 8,
    "projectusecase": 10,
    "carrier": 5,
    "theme": 7,
    "figure": 7,
}
# session with its user, the list that is asked what it leaves out: count and rows, then the rows,
# and one query for each filter by a related record; use cases: pages and carriers
EXPORT_QUERIES = {
    "source": 4,
    "contract": 5,
    "amendment": 6,
    "party": 5,
    "person": 5,
    "signature": 7,
    "statement": 7,
    "project": 7,
    "mission": 8,
    "projectusecase": 11,
    "carrier": 5,
    "theme": 7,
    "figure": 7,
}


def page(name, action="changelist", *args):
    return reverse(f"admin:contract_{name}_{action}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_every_record_is_in_the_admin(model):
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_list_query_count(staff, django_assert_num_queries, name, count):
    for number in range(count):
        records.make_everything(number)

    with django_assert_num_queries(LIST_QUERIES[name]):
        response = staff.get(page(name))

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_export_query_count(staff, django_assert_num_queries, name, count):
    for number in range(count):
        records.make_everything(number)

    with django_assert_num_queries(EXPORT_QUERIES[name]):
        response = staff.post(page(name, "export"), {"format": "0", "resource": "0"})

    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("count", [1, 3])
def test_a_project_with_its_missions_query_count(staff, django_assert_num_queries, count):
    project = records.make_project(amendment=records.make_amendment())
    for number in range(count):
        records.make_mission(project=project, code=f"mission-{number}", amendment=records.make_amendment())

    ContentType.objects.get_for_model(Project)  # read once a process

    # session, user, project, contracts, amendments, sources, missions, use cases, carriers
    with django_assert_num_queries(9):
        response = staff.get(page("project", "change", project.pk))

    assertContains(response, 'value="mission-', count=count)


def test_search_in_both_languages(staff, real_contract):
    expected = {
        ("project", "antibiorésistance"): 1,
        ("project", "antibiotic"): 1,
        ("project", "ai-and-health"): 1,
        ("mission", "Health Data Hub"): 2,
        ("projectusecase", "Thales"): 2,
        ("signature", "Vidal"): 2,
        ("source", "economie.gouv.fr"): 1,
        ("theme", "Cohésion"): 1,
        ("figure", "exportés"): 1,
        ("party", "union"): 0,
    }

    found = {(name, text): staff.get(page(name), {"q": text}).context["cl"].result_count for name, text in expected}

    assert found == expected


def test_filters(staff, real_contract):
    expected = {
        ("project", "standing__exact=extended"): 2,
        ("project", "kind__exact=structuring"): 4,
        ("signature", "party__kind__exact=ministry"): 6,
        ("theme", "kind__exact=part"): 3,
        ("figure", "approximate__exact=1"): 2,
    }

    found = {(name, kept): staff.get(f"{page(name)}?{kept}").context["cl"].result_count for name, kept in expected}

    assert found == expected


def test_a_broken_rule_is_said_in_words(staff):
    project = records.make_project()

    response = staff.post(page("project", "change", project.pk), form_of(project, standing="new"))

    assertContains(response, "new by the amendment that introduced it", html=False)
    assert Project.objects.get().standing == ""


def test_both_languages_are_asked_for(staff):
    project = records.make_project()

    response = staff.post(page("project", "change", project.pk), form_of(project, title_en=""))

    assert list(response.context["adminform"].form.errors) == ["title_en"]


def test_history_says_who_changed_what(staff):
    project = records.make_project(title_en="Before")

    staff.post(page("project", "change", project.pk), form_of(project, title_en="After", title_fr="Après"))

    latest = project.history.latest()
    assert (latest.title_en, latest.title_fr, latest.history_user.email) == ("After", "Après", "staff@csf.example")
    assert latest.prev_record.title_en == "Before"
    assertContains(staff.get(page("project", "history", project.pk)), "staff@csf.example")


def test_history_holds_the_carriers(staff):
    use_case = records.make_use_case(project=records.make_project(), carriers=[records.make_carrier()])

    assert [row.carrier.code for row in use_case.history.latest().carriers.all()] == ["carrier"]


def test_a_text_with_records_cannot_be_deleted(staff):
    records.make_project()

    staff.post(page("contract", "delete", records.make_contract().pk), {"post": "yes"})

    assert Contract.objects.count() == 1


def test_deleting_a_project_takes_its_missions_and_keeps_their_history(staff):
    project = records.make_project()
    mission = records.make_mission(project=project)

    staff.post(page("project", "delete", project.pk), {"post": "yes"})

    assert Mission.objects.count() == 0
    assert [record.history_type for record in Mission.history.filter(id=mission.pk)] == ["-", "+"]


@pytest.mark.parametrize("action", ["changelist", "import", "export", "add", "process_import"])
@pytest.mark.parametrize("name", ["project", "source"])
def test_staff_without_the_right_see_nothing(client, name, action):
    client.force_login(make_user(email="other@csf.example", is_staff=True))

    response = client.post(page(name, action)) if action == "process_import" else client.get(page(name, action))

    assert response.status_code == 403


def test_others_are_sent_to_sign_in(client):
    client.force_login(make_user(email="somebody@company.example"))

    assert client.get(page("project")).status_code == 302


def test_the_list_offers_import_and_export(staff):
    response = staff.get(page("project"))

    assertContains(response, page("project", "import"))
    assertContains(response, page("project", "export"))
    assertNotContains(response, "style=")


def form_of(project, **changed):
    """The change form's values, with empty inlines."""
    management = {
        f"{prefix}-{field}": "0"
        for prefix in ["missions", "use_cases"]
        for field in ["TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"]
    }
    values = {
        "code": project.code,
        "title_fr": project.title_fr,
        "title_en": project.title_en,
        "kind": project.kind,
        "position": project.position,
        "standing": project.standing,
        "standing_by": "",
        "contract": project.contract_id or "",
        "amendment": project.amendment_id or "",
        "source": project.source_id,
        "also_in": "",
        "note_fr": "",
        "note_en": "",
    }
    return {**management, **values, **changed}
