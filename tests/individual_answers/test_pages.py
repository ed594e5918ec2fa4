"""The pages of individual answers: whom they are for, what they cost, and what never gets out."""

import io
import json
import uuid
import zipfile

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.individual_answers import close_consultation
from assessment.actions.people import erase_company
from assessment.actions.results import submit
from assessment.models import Consultation, IndividualAnswer
from tests.factories import COMPLETE, answer, make_membership, make_staff, make_user
from tests.individual_answers.makers import NAMED, NOBODY, individual, own, page

GET_PAGES = ["consultation", "individual_answers", "individual_progress", "comparison"]
CANARY = "canary-5d1f"


# --- For whom ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", GET_PAGES)
def test_someone_else_gets_the_same_404_as_for_an_assessment_that_does_not_exist(client, assessment, asked, name):
    client.force_login(make_user())

    foreign = client.get(page(name, assessment))
    missing = client.get(reverse(name, args=[uuid.uuid4(), "OPS"]))

    assert foreign.status_code == missing.status_code == 404
    assert len(foreign.content) == len(missing.content)


@pytest.mark.parametrize("name", GET_PAGES)
def test_staff_get_404_too(client, assessment, asked, name):
    client.force_login(make_staff())

    assert client.get(page(name, assessment)).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("consultation", []),
        ("consultation_close", []),
        ("individual_answers", []),
        ("individual_answer", ["OPS.CYB.2"]),
        ("comparison", []),
    ],
)
def test_someone_else_cannot_write(client, assessment, asked, name, more):
    client.force_login(make_user())

    response = client.post(page(name, assessment, *more), {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-revision": "0"})

    asked.refresh_from_db()
    assert (response.status_code, asked.is_open, IndividualAnswer.objects.count()) == (404, True, 0)


@pytest.mark.parametrize("name", GET_PAGES)
def test_a_visitor_is_asked_to_sign_in(client, assessment, asked, name):
    response = client.get(page(name, assessment))

    login = f"{reverse('account_login')}?next={page(name, assessment)}"
    assertRedirects(response, login, fetch_redirect_response=False)


def test_saving_without_a_session_says_so(client, assessment, asked):
    assert client.post(page("individual_answer", assessment, "OPS.CYB.2")).status_code == 401


@pytest.mark.parametrize("name", ["individual_answers", "individual_progress", "comparison"])
def test_a_dimension_that_nobody_was_asked_about_has_no_such_page(signed_in, assessment, asked, name):
    assert signed_in.get(page(name, assessment, dimension="STR")).status_code == 404


@pytest.mark.parametrize("name", GET_PAGES)
def test_an_unknown_dimension_is_404(signed_in, assessment, asked, name):
    assert signed_in.get(page(name, assessment, dimension="NONE")).status_code == 404


@pytest.mark.parametrize("question", ["OPS.NONE", "STR.VIS.1"])
def test_a_question_of_elsewhere_is_404(signed_in, assessment, asked, question):
    assert signed_in.post(page("individual_answer", assessment, question)).status_code == 404


# --- Asking and closing -----------------------------------------------------------------------------------------------
def test_a_manager_reads_what_happens_asks_and_closes(signed_in, person, assessment):
    before = signed_in.get(page("consultation", assessment))
    opened = signed_in.post(page("consultation", assessment), follow=True)
    closed = signed_in.post(page("consultation_close", assessment))
    again = signed_in.post(page("consultation", assessment), follow=True)

    assertContains(before, "Every member will be able to give an own view of this dimension, until you close")
    assertContains(before, "Ask for own views")
    assertContains(opened, "Asked by Ada")
    assertContains(opened, "Closing lets every member compare the views")
    assertRedirects(closed, page("comparison", assessment))
    assertContains(again, "Asked by Ada")
    assert Consultation.objects.get().is_open is True


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_only_a_manager_asks_and_closes(client, assessment, asked, role):
    member = make_user()
    make_membership(company=assessment.company, user=member, role=role)
    client.force_login(member)

    statuses = [
        client.post(page("consultation", assessment, dimension="STR")).status_code,
        client.post(page("consultation_close", assessment)).status_code,
    ]

    assert statuses == [403, 403]
    assert [found.dimension for found in Consultation.objects.open()] == ["OPS"]
    assertNotContains(client.get(page("consultation", assessment)), "Close the consultation")


def test_a_manager_sees_who_has_answered_how_much_and_not_what(signed_in, colleague, reader, assessment, asked):
    individual(asked=asked, by=colleague, answers=NAMED)
    own(asked=asked, by=reader, question="OPS.CYB.2", value={"choices": ["1"]}, comment=CANARY)

    response = signed_in.get(page("consultation", assessment))

    found = [
        (member.user.name, view and (view.count.answered, view.is_complete))
        for member, view in response.context["people"]
    ]
    assert found == [("Ada", None), ("Grace", (2, True)), ("Joan", (1, False))]
    assertNotContains(response, CANARY)


def test_colleagues_do_not_see_who_has_answered(client, person, colleague, assessment, asked):
    client.force_login(colleague)

    assertNotContains(client.get(page("consultation", assessment)), "Who has given a view")


@pytest.mark.parametrize("closed", [False, True])
def test_the_page_of_the_consultation_leads_on(client, person, colleague, assessment, asked, closed):
    individual(asked=asked, by=colleague, answers=NAMED)
    if closed:
        close_consultation(consultation=asked, by=person)
    client.force_login(person)

    response = client.get(page("consultation", assessment))

    assertContains(response, "Give your own view", count=0 if closed else 1)
    assertContains(response, "Compare the views", count=1 if closed else 0)


def test_a_closed_consultation_shows_ones_own_answers_and_takes_no_more(signed_in, person, assessment, asked):
    individual(asked=asked, by=person, answers=NOBODY)
    close_consultation(consultation=asked, by=person)

    response = signed_in.get(page("individual_answers", assessment))

    assertContains(response, "Own views of this dimension are no longer taken: yours stays as it is.")
    assertContains(response, '<fieldset class="plain-fieldset" disabled>', count=1)
    assertNotContains(response, "save-bar")


def test_the_progress_says_which_questions_are_put_now(signed_in, person, assessment, asked):
    individual(asked=asked, by=person, answers=NOBODY)

    response = signed_in.get(page("individual_progress", assessment))

    assert json.loads(response["HX-Trigger"]) == {"questions-shown": {"q3": 0, "q4": 0, "q5": 3, "q6": 4}}
    assertContains(response, "2 / 2")
    assertContains(response, "Compare the views")


# --- From the other pages ---------------------------------------------------------------------------------------------
def test_the_overview_leads_to_what_is_asked_for_while_it_is(signed_in, person, assessment, asked):
    during = signed_in.get(assessment.get_absolute_url())
    close_consultation(consultation=asked, by=person)
    after = signed_in.get(assessment.get_absolute_url())

    assertContains(during, f'href="{page("consultation", assessment)}"', count=1)
    assertNotContains(after, page("consultation", assessment))


@pytest.mark.parametrize(
    ("role", "asked_for", "words"),
    [
        ("manager", False, "Answer each for yourselves first"),
        ("manager", True, "Give your own view"),
        ("reader", True, "Give your own view"),
    ],
)
def test_the_page_of_a_dimension_leads_to_its_individual_answers(client, assessment, role, asked_for, words):
    member = make_user()
    make_membership(company=assessment.company, user=member, role=role)
    if asked_for:
        Consultation.objects.create(assessment=assessment, dimension="OPS")
    client.force_login(member)

    response = client.get(reverse("assessment_dimension", args=[assessment.pk, "OPS"]))

    assertContains(response, f'<a href="{page("consultation", assessment)}">{words}</a>', count=1)


def test_the_page_of_a_dimension_says_nothing_of_it_to_whoever_can_do_nothing(client, colleague, assessment):
    client.force_login(colleague)

    response = client.get(reverse("assessment_dimension", args=[assessment.pk, "OPS"]))

    assertNotContains(response, page("consultation", assessment))


# --- What they cost ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("member_count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("consultation", 7),  # session, user, assessment, answers, individual answers, consultation, members
        ("individual_answers", 6),  # session, user, assessment, consultation, answers, individual answers
        ("individual_progress", 6),
        ("comparison", 6),
    ],
)
def test_a_page_costs_as_much_with_three_members_as_with_one(
    signed_in, person, assessment, asked, django_assert_num_queries, member_count, name, queries
):
    individual(asked=asked, by=person, answers=NOBODY)
    for _ in range(member_count - 1):
        member = make_user()
        make_membership(company=assessment.company, user=member)
        individual(asked=asked, by=member, answers=NAMED)
    signed_in.get(page(name, assessment))

    with django_assert_num_queries(queries):
        response = signed_in.get(page(name, assessment))

    assert response.status_code == 200


def test_saving_an_own_answer_costs_five_queries(signed_in, person, assessment, asked, django_assert_num_queries):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["0"]})
    signed_in.get(page("individual_answers", assessment))

    with django_assert_num_queries(5):  # session, user, assessment, consultation, the save
        signed_in.post(page("individual_answer", assessment, "OPS.CYB.2"), {"OPS.CYB.2-pick": "choice.1"})


# --- What never gets out ----------------------------------------------------------------------------------------------
def test_no_page_of_the_admin_knows_own_answers():
    """Neither a page of their own, nor lines on another, nor a filter or column that reads them."""
    kept = {IndividualAnswer, Consultation}

    registered = {model for model in admin.site._registry if model in kept}
    lines = {inline.model for site in admin.site._registry.values() for inline in site.inlines} & kept
    named = [
        (site, name)
        for site in admin.site._registry.values()
        for names in [site.list_display, site.list_filter, site.search_fields, site.readonly_fields, site.fields or []]
        for name in names
        if "individual_answer" in str(name) or "consultation" in str(name)
    ]

    assert (registered, lines, named) == (set(), set(), [])


@pytest.mark.django_db
def test_no_group_of_staff_has_a_right_on_individual_answers():
    granted = Permission.objects.filter(
        content_type__model__in=["individualanswer", "consultation"], group__isnull=False
    )

    assert list(granted) == []


def test_results_proofs_workbooks_and_exports_hold_nothing_of_individual_answers(client, person, assessment, asked):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    own(asked=asked, by=person, question="OPS.CYB.1", value={"choices": ["none"]}, comment=CANARY)
    own(
        asked=asked,
        by=person,
        question="OPS.MES.2",
        state="draft",
        value={"draft": {"pick": [], "typed": CANARY, "reason": ""}},
    )
    client.force_login(person)
    workbook = client.get(reverse("assessment_workbook_file", args=[assessment.pk]))
    result = submit(assessment=assessment, by=person)

    taken_away = [
        client.get(reverse("assessment_review", args=[assessment.pk])).content.decode(),
        client.get(result.get_absolute_url()).content.decode(),
        client.get(reverse("result_proof", args=[assessment.pk, 1])).content.decode(),
        texts_of(workbook),
        json.dumps([result.answers, result.trace, result.summary]),
    ]

    assert [CANARY in text for text in taken_away] == [False] * 5
    assert result.answers["OPS.CYB.1"]["value"] == COMPLETE["OPS.CYB.1"]


def texts_of(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response) if response.streaming else response.content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_individual_answers_are_erased_with_the_company(person, colleague, assessment, asked):
    individual(asked=asked, by=colleague, answers=NAMED)

    erase_company(company=assessment.company, reason="asked for")

    assert (IndividualAnswer.objects.count(), Consultation.objects.count()) == (0, 0)


def test_rows_say_what_they_are_about(person, assessment, asked):
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["1"]})

    assert (str(asked), str(IndividualAnswer.objects.get())) == (f"{assessment}: OPS", "OPS.CYB.2: Ada")
