"""Dimensions are asked of people; everybody sees who answered what, and what is left."""

import pytest
from django.core import mail
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from assessment.actions import people, team
from assessment.actions.errors import ClosedError
from assessment.models import Answer, Assessment, Assignment, Place, User
from tests.factories import answer, make_assessment, make_company, make_membership, make_user
from tests.people.makers import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(company):
    user = make_user(email="bob@company.example", name="Bob")
    make_membership(company=company, user=user)
    return user


def page(assessment, name="assessment_team"):
    return reverse(name, args=[assessment.pk])


def asked(assessment):
    return sorted((kept.dimension, str(kept.user)) for kept in assessment.assignments.select_related("user"))


def share(client, assessment, **ticked):
    return client.post(page(assessment), {f"dimension-{code}": [u.pk for u in users] for code, users in ticked.items()})


def parts_of(client, assessment, name="assessment_team"):
    return {part.dimension.code: part for part in client.get(page(assessment, name)).context["parts"]}


def test_a_manager_shares_the_dimensions_out(signed_in, person, assessment, bob):
    response = share(signed_in, assessment, STR=[person], OPS=[person, bob])

    assertRedirects(response, page(assessment), fetch_redirect_response=False)
    assert asked(assessment) == [("OPS", "Ada"), ("OPS", "Bob"), ("STR", "Ada")]
    assert {kept.assigned_by for kept in assessment.assignments.all()} == {person}


def test_sharing_out_again_keeps_what_stays_and_takes_back_the_rest(signed_in, person, assessment, bob):
    share(signed_in, assessment, STR=[person], OPS=[bob])
    kept = assessment.assignments.get(dimension="OPS").pk

    share(signed_in, assessment, OPS=[person, bob])

    assert asked(assessment) == [("OPS", "Ada"), ("OPS", "Bob")]
    assert assessment.assignments.filter(pk=kept).exists()


def test_the_form_shows_who_is_asked(signed_in, person, assessment, bob):
    share(signed_in, assessment, OPS=[bob])

    form = signed_in.get(page(assessment)).context["form"]

    assert {name: field.initial for name, field in form.fields.items() if name.startswith("dimension-")} == {
        "dimension-STR": [],
        "dimension-OPS": [str(bob.pk)],
    }


def test_readers_and_strangers_cannot_be_asked(signed_in, assessment, company, bob):
    reader, stranger = make_user(), make_user()
    make_membership(company=company, user=reader, role="reader")

    responses = [share(signed_in, assessment, STR=[bob], OPS=[user]) for user in [reader, stranger]]

    assert [response.status_code for response in responses] == [422, 422]
    assert responses[0].content.decode().count("<title>Error: Who answers what") == 1
    assert asked(assessment) == []


def test_those_newly_asked_are_told_when_the_manager_wants_it(
    signed_in, person, assessment, bob, django_capture_on_commit_callbacks
):
    share(signed_in, assessment, STR=[bob])
    User.objects.filter(pk=bob.pk).update(language="en")

    with django_capture_on_commit_callbacks(execute=True):
        boxes = {"dimension-STR": [bob.pk], "dimension-OPS": [person.pk, bob.pk], "tell": "on"}
        signed_in.post(page(assessment), boxes)

    [message] = mail.outbox  # not to the manager, and not about what was asked before
    assert (message.to, message.subject) == ([bob.email], "Ada asks you to answer for Acme")
    assert message.body.split("\n\n")[1].splitlines() == [
        "Ada asks you to answer these parts of the assessment of Acme:",
    ]
    assert [line for line in message.body.splitlines() if line.startswith("- ")] == ["- Operations"]
    assert message.body.count(f"/en/assessments/{assessment.pk}/") == 1


def test_telling_them_is_proposed(signed_in, assessment):
    assert signed_in.get(page(assessment)).context["form"]["tell"].value() is True


def test_nobody_is_told_otherwise(signed_in, assessment, bob, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        share(signed_in, assessment, STR=[bob])

    assert mail.outbox == []


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_only_a_manager_shares_out_and_every_member_reads(client, company, assessment, role):
    member = make_user()
    make_membership(company=company, user=member, role=role)
    client.force_login(member)

    read, written = client.get(page(assessment)), share(client, assessment, STR=[member])

    assert (read.status_code, read.context["form"], written.status_code) == (200, None, 403)
    assert asked(assessment) == []


@pytest.mark.parametrize("name", ["assessment_team", "assessment_resume"])
def test_someone_else_gets_404(client, assessment, name):
    client.force_login(make_user())

    assert client.get(page(assessment, name)).status_code == 404
    assert client.post(page(assessment)).status_code == 404


@pytest.mark.parametrize("name", ["assessment_team", "assessment_resume"])
def test_a_visitor_is_asked_to_sign_in(client, assessment, name):
    response = client.get(page(assessment, name))

    assertRedirects(response, f"/en/account/login/?next={page(assessment, name)}", fetch_redirect_response=False)


def test_what_was_submitted_is_no_longer_shared_out(signed_in, person, assessment):
    Assessment.objects.update(status="submitted", submitted_at="2026-06-08T12:00Z")

    read, written = signed_in.get(page(assessment)), share(signed_in, assessment, STR=[person])

    assert (read.status_code, read.context["form"], written.status_code) == (200, None, 403)
    with pytest.raises(ClosedError):
        team.assign(assessment=assessment, asked={"STR": [person]}, by=person)


def test_who_answered_how_many_and_what_is_left(signed_in, person, assessment, bob):
    answer(assessment=assessment, by=bob, question="STR.VIS.1", value={"choices": ["2"]})
    answer(assessment=assessment, by=bob, question="OPS.CYB.1", value={"choices": ["backup"]})
    answer(assessment=assessment, by=person, question="OPS.CYB.2", value={"draft": {}}, state="draft")

    parts = parts_of(signed_in, assessment)

    assert {code: (part.answered_by, part.count.left) for code, part in parts.items()} == {
        "STR": ([(bob, 1)], 0),
        "OPS": ([(bob, 1)], 1),
    }
    assert [(line.question.code, line.number, line.is_left) for line in parts["OPS"].lines] == [
        ("OPS.CYB.1", 5, False),
        ("OPS.CYB.2", 6, True),
    ]


def test_the_page_names_each_question_with_its_person_and_state(signed_in, assessment, bob):
    answer(assessment=assessment, by=bob, question="OPS.CYB.1", value={"unknown": True}, state="unknown")

    rows = signed_in.get(page(assessment)).content.decode().split("<tr>")

    [row] = [row for row in rows if "Which practices are in place?" in row]
    assert (row.count(">“I don’t know”<"), row.count(">Bob<"), row.count(">left<")) == (1, 1, 0)


def test_what_is_asked_of_a_member_comes_first_and_says_so(client, person, assessment, bob):
    team.assign(assessment=assessment, asked={"OPS": [bob]}, by=person)
    client.force_login(bob)

    overview = client.get(assessment.get_absolute_url())

    assert [(part.dimension.code, part.is_mine) for part in overview.context["parts"]] == [
        ("OPS", True),
        ("STR", False),
    ]
    assertContains(overview, "asked of you", count=1)


def test_the_overview_says_who_is_asked_and_who_answered(signed_in, person, assessment, bob):
    team.assign(assessment=assessment, asked={"OPS": [bob, person]}, by=person)
    answer(assessment=assessment, by=bob, question="STR.VIS.1", value={"choices": ["2"]})

    shown = parts_of(signed_in, assessment, "assessment")

    assert {code: (part.asked, part.answered_by) for code, part in shown.items()} == {
        "OPS": ([bob, person], []),
        "STR": ([], [(bob, 1)]),
    }


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_overview_costs_ten_queries(signed_in, person, company, assessment, django_assert_num_queries, row_count):
    fill(assessment, person, company, row_count)
    signed_in.get(page(assessment, "assessment"))

    # session, user, assessment with its company and version, answers and assignments with people, place, newer version,
    # individual answers, reopening
    with django_assert_num_queries(10):
        signed_in.get(page(assessment, "assessment"))


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_page_of_who_answers_what_costs_six_queries(
    signed_in, person, company, assessment, django_assert_num_queries, row_count
):
    fill(assessment, person, company, row_count)
    signed_in.get(page(assessment))

    # session, user, assessment with its company and version, assignments with people, writers, answers with people
    with django_assert_num_queries(6):
        signed_in.get(page(assessment))


def fill(assessment, person, company, row_count):
    users = [make_user() for _ in range(row_count)]
    for user, question in zip(users, ["STR.VIS.1", "STR.VIS.2", "OPS.CYB.1"], strict=False):
        make_membership(company=company, user=user)
        answer(assessment=assessment, by=user, question=question, value={"unknown": True}, state="unknown")
    team.assign(assessment=assessment, asked={"OPS": users}, by=person)


def test_removing_a_member_keeps_the_answers_and_ends_what_was_asked(person, company, assessment, bob):
    team.assign(assessment=assessment, asked={"OPS": [bob, person]}, by=person)
    team.arrive(assessment=assessment, user=bob, dimension="OPS")
    answer(assessment=assessment, by=bob, question="OPS.CYB.1", value={"choices": ["backup"]})

    people.remove_member(membership=company.memberships.get(user=bob), by=person)

    assert (asked(assessment), Place.objects.count()) == ([("OPS", "Ada")], 0)
    assert Answer.objects.get().saved_by == bob


def test_removing_a_member_touches_no_other_company(person, company, assessment, bob):
    other = make_company()
    make_membership(company=other, user=bob)
    elsewhere = make_assessment(company=other)
    team.assign(assessment=elsewhere, asked={"OPS": [bob]}, by=person)

    people.remove_member(membership=company.memberships.get(user=bob), by=person)

    assert asked(elsewhere) == [("OPS", "Bob")]


def test_access_ends_at_once(signed_in, client, company, assessment, bob):
    theirs = type(client)()
    theirs.force_login(bob)
    before = theirs.get(page(assessment, "assessment")).status_code

    signed_in.post(reverse("member_remove", args=[company.pk, company.memberships.get(user=bob).pk]))

    after = [
        theirs.get(page(assessment, "assessment")).status_code,
        theirs.post(reverse("assessment_answer", args=[assessment.pk, "OPS.CYB.1"])).status_code,
        theirs.post(page(assessment, "assessment_place"), {"dimension": "OPS"}).status_code,
    ]
    assert (before, after) == (200, [404, 404, 404])


def test_a_lowered_role_is_no_longer_asked(signed_in, person, company, assessment, bob):
    team.assign(assessment=assessment, asked={"OPS": [bob]}, by=person)

    people.change_role(membership=company.memberships.get(user=bob), role="reader", by=person)

    assert parts_of(signed_in, assessment)["OPS"].asked == []


def test_a_name_may_be_missing_where_the_account_is_deleted(signed_in, person, assessment, bob):
    answer(assessment=assessment, by=bob, question="OPS.CYB.1", value={"choices": ["backup"]})
    bob.delete()

    assert parts_of(signed_in, assessment)["OPS"].answered_by == [(None, 1)]


def test_assignment_once_per_dimension(person, assessment):
    Assignment.objects.create(assessment=assessment, dimension="OPS", user=person)

    # SQLite names the columns, PostgreSQL the constraint
    with pytest.raises(IntegrityError, match="assignment_once_per_dimension|assignment.assessment_id"):
        Assignment.objects.create(assessment=assessment, dimension="OPS", user=person)


def test_saying_saved(signed_in, person, assessment):
    assert said(signed_in.get(share(signed_in, assessment, STR=[person])["Location"])) == ["Saved."]
