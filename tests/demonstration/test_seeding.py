"""Fictional companies as they are stored, and the people who may look at them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessment.models import Answer, Assessment, Company, Membership, NodeScore, Result, User, Version
from assessment.rules.moves import newer_version
from demo import bulk, seeding
from demo.logins import LOGINS, PASSWORD
from tests.factories import DATA, FIXTURES, NOON, definition_of, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_version()


@pytest.fixture
def versions():
    """The sector's own, as the demonstration publishes them."""
    return [
        make_version(file=FIXTURES / "questionnaire-2026.0.yaml", at=NOON - timedelta(days=400)),
        make_version(file=FIXTURES / "questionnaire-2026.1.yaml", at=NOON - timedelta(days=250)),
        make_version(file=FIXTURES / "questionnaire-2026.2.yaml", at=NOON - timedelta(days=130)),
    ]


def counted():
    return {model.__name__: model.objects.count() for model in [Company, Assessment, Answer, Result, NodeScore, User]}


def test_every_company_is_marked_and_has_no_siren(version):
    seeding.seed(companies=12, seed="s", at=NOON)

    assert set(Company.objects.values_list("fictional", "siren")) == {(True, "")}
    assert Company.objects.count() == Company.objects.filter(name__endswith=" (fictif)").count() == 12


def test_seeding_again_adds_nothing(version):
    added = seeding.seed(companies=6, seed="s", at=NOON)
    before = counted()

    again = seeding.seed(companies=6, seed="s", at=NOON)

    assert (added, again) == (6, 0)
    assert counted() == before


def test_asking_for_more_adds_those_that_are_missing(version):
    seeding.seed(companies=4, seed="s", at=NOON)
    few = set(Company.objects.values_list("pk", flat=True))

    added = seeding.seed(companies=9, seed="s", at=NOON)

    assert added == 5
    assert few < set(Company.objects.values_list("pk", flat=True))


def test_results_are_those_of_the_real_scoring(versions):
    seeding.seed(companies=12, seed="s", at=NOON)
    output = StringIO()

    call_command("verify_scores", stdout=output)  # exits with an error where one differs

    assert Result.objects.count() > 8


def test_an_assessment_is_submitted_when_its_result_says(versions):
    seeding.seed(companies=12, seed="s", at=NOON)

    stored = Result.objects.values_list("submitted_at", "submitted_by")
    said = Assessment.objects.submitted().values_list("submitted_at", "submitted_by")
    assert sorted(stored) == sorted(said)
    assert Assessment.objects.open().filter(results__isnull=False).count() == 0


def test_each_company_answered_the_version_of_its_day(versions):
    seeding.seed(companies=24, seed="s", at=NOON)

    answered = set()
    for assessment in Assessment.objects.select_related("version"):
        age = (NOON - assessment.started_at).days
        day = "first" if age >= 250 else "second" if age >= 130 else "third"
        answered.add((day, assessment.version.number, assessment.path))
    assert answered == {
        ("first", "2026.0", "express"),
        ("second", "2026.1", "full"),
        ("third", "2026.2", "full"),
    }


def test_an_assessment_left_open_can_move_to_the_version_in_force(versions):
    seeding.seed(companies=24, seed="s", at=NOON)

    stalled = Assessment.objects.open().filter(version=versions[1])
    assert {newer_version(assessment) for assessment in stalled} == {versions[2]}


def test_answers_are_saved_one_after_the_other_before_submission(version):
    seeding.seed(companies=1, seed="s", at=NOON)

    for assessment in Assessment.objects.submitted():
        times = list(assessment.answers.order_by("saved_at").values_list("saved_at", flat=True))
        assert assessment.started_at < times[0] < times[-1] < assessment.submitted_at


def test_the_manager_and_her_colleague_are_of_the_first_company(version):
    seeding.seed(companies=2, seed="s", at=NOON)

    roles = Membership.objects.filter(user__email__endswith="@demo.example").order_by("pk")
    assert list(roles.values_list("user__email", "role")) == [
        ("manager@demo.example", "manager"),
        ("colleague@demo.example", "contributor"),
    ]
    assert len({membership.company_id for membership in roles}) == 1


def test_another_seed_leaves_the_logins_where_they_are(version):
    seeding.seed(companies=1, seed="s", at=NOON)

    seeding.seed(companies=1, seed="t", at=NOON)

    assert User.objects.get(email="manager@demo.example").memberships.count() == 1


def test_only_the_printed_logins_have_a_password(version):
    seeding.seed(companies=3, seed="s", at=NOON)

    able = [user.email for user in User.objects.all() if user.has_usable_password()]
    assert sorted(able) == sorted(login.email for login in LOGINS)


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.email)
def test_each_printed_login_works(client, version, login):
    seeding.seed(companies=1, seed="s", at=NOON)

    response = client.post(reverse("account_login"), {"login": login.email, "password": PASSWORD}, follow=True)

    assert response.status_code == 200
    assert response.context["user"].email == login.email


@pytest.mark.parametrize(("group", "opens"), [("reader", 200), ("reviewer", 200), ("editor", 200)])
def test_staff_reach_the_admin(client, version, group, opens):
    seeding.seed(companies=0, seed="s", at=NOON)
    client.force_login(User.objects.get(email=f"{group}@demo.example"))

    assert client.get(reverse("admin:index")).status_code == opens


def test_it_says_how_far_it_is(version):
    heard = []

    seeding.seed(companies=3, seed="s", at=NOON, progress=lambda done, total: heard.append((done, total)))

    assert heard == [(3, 3)]


def test_the_command_prints_the_logins(version):
    output = StringIO()

    call_command("seed_demo", companies=1, stdout=output)

    lines = output.getvalue().splitlines()
    assert lines[2] == "Sign in with the password Demonstration-2026:"
    assert [line.split()[0] for line in lines[3:]] == [login.email for login in LOGINS]


def test_the_command_refuses_to_start_without_a_questionnaire():
    with pytest.raises(CommandError, match="^Publish a questionnaire first: the demonstration answers it.$"):
        call_command("seed_demo", companies=1)


def test_the_command_refuses_production(version, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="^Fictional companies and known passwords have no place in production.$"):
        call_command("seed_demo", companies=1)

    assert User.objects.count() == 0


# Many at once


def test_other_processes_make_the_same_rows():
    version = (Version(pk=1, published_at=NOON), definition_of(DATA / "small.yaml"))
    work = {"seed": "s", "at": NOON, "versions": [version, version]}
    pieces = [seeding.Work(numbers=[number], users=[number], results=range(3), **work) for number in range(6)]

    alone, others = (list(seeding.drawn(iter(pieces), processes=processes)) for processes in [1, 2])

    assert [scored(rows) for rows in others] == [scored(rows) for rows in alone]
    assert any(scored(rows) for rows in alone)


def scored(rows):
    return [made for turn in rows.turns for made in turn.others if made.table != "assessment_answer" and made.rows]


@pytest.mark.parametrize("text", ["a\tb\nc\r\nd", "\\N", "\\", "\\.", "é 🏭 ’", "", "'\"", "%s"])
def test_any_text_is_stored_as_it_is(text):
    company = Company(name=text or "–", entity=text, siren="732829320", sub_sector="ivd", size="small", region="FR-BRE")

    bulk.block(Company, [company]).write()

    stored = Company.objects.get()
    assert (stored.pk, stored.name, stored.entity, stored.activities) == (company.pk, text or "–", text, [])


def test_a_key_is_given_once():
    taken = bulk.keys(User, 3)
    later = make_user().pk

    assert [taken[0] + 1, taken[0] + 2, taken[0] + 3] == [*taken[1:], later]
    assert bulk.keys(User, 1) == [later + 1]


def test_each_company_has_a_history(version):
    seeding.seed(companies=3, seed="s", at=NOON)

    assert set(Company.history.values_list("id", "name", "history_type")) == {
        (company.pk, company.name, "+") for company in Company.objects.all()
    }
