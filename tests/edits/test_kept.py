"""The session ended while somebody wrote: what was written is on the page that says so, and sent by nobody else."""

import html
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.individual_answers import close_consultation, open_consultation
from assessment.actions.reopenings import ask, grant, refuse
from assessment.actions.usecases import edit
from assessment.models import Interest, Reopening, UseCase
from contract.models import Project
from edits.typed import mark_of
from tests.contract.records import make_project
from tests.factories import make_company, make_membership, make_result, make_staff, make_user
from tests.usecases.makers import make_published, make_use_case

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # the admin's own templates
HERE = {"Origin": "http://testserver"}
INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def token_of(response):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())[1]


def made_for(response):
    return re.search(r'name="made_for" value="([^"]+)"', response.content.decode())[1]


def opened(browser, person, address):
    """What a form of the page sends besides what is typed."""
    browser.force_login(person)
    page = browser.get(address)
    return {"csrfmiddlewaretoken": token_of(page), "made_for": made_for(page)}


def sign_in(browser, person):
    """Signing in changes the token of every form, as a page to sign in does it."""
    browser.force_login(person)
    del browser.cookies["csrf"]
    browser.get(reverse("account"))


def end_session():
    Session.objects.all().delete()


def sent_again(response):
    """What the button of the page sends."""
    start = response.content.decode().split("<main", 1)[1]
    fields = {name: html.unescape(value) for name, value in INPUT.findall(start)}
    action = html.unescape(re.search(r'<form method="post" action="([^"]+)"', start)[1])
    return action, fields


def test_a_form_sent_after_the_end_of_the_session_is_sent_again_by_the_same_person(browser, person):
    published = make_published()
    make_company(member=person)
    address = reverse("use_case_contact", args=[published.pk])
    base = opened(browser, person, address)
    data = base | {"company": person.companies.get().pk, "message": "We would like to see the sensors.\nWhen?"}
    end_session()

    kept = browser.post(address, data, headers=HERE)
    sign_in(browser, person)
    action, fields = sent_again(kept)
    now = browser.post(action, fields, headers=HERE)
    action, fields = sent_again(now)
    done = browser.post(action, fields, headers=HERE)

    assert (kept.status_code, now.status_code, action) == (401, 403, address)
    assertContains(kept, "You were signed out before this was saved", status_code=401)
    assertContains(kept, "We would like to see the sensors.\nWhen?", status_code=401)
    assertContains(now, "You are signed in again: send it now", status_code=403)
    assertRedirects(done, published.get_absolute_url(), fetch_redirect_response=False)
    assert Interest.objects.get().message == "We would like to see the sensors.\nWhen?"


def test_it_is_not_sent_for_somebody_else_who_signs_in(browser, person):
    published = make_published()
    make_company(member=person)
    other = make_user()
    make_company(member=other)
    address = reverse("use_case_contact", args=[published.pk])
    data = opened(browser, person, address) | {"company": "", "message": "We would like to see the sensors."}
    end_session()
    _action, fields = sent_again(browser.post(address, data, headers=HERE))
    sign_in(browser, other)

    refused = browser.post(address, fields, headers=HERE)

    assert refused.status_code == 403
    assertNotContains(refused, "We would like to see the sensors.", status_code=403)
    assert not Interest.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_what_another_site_sends_is_neither_shown_nor_offered(browser, person, headers):
    published = make_published()
    make_company(member=person)
    address = reverse("use_case_contact", args=[published.pk])
    made = opened(browser, person, address)["made_for"]

    for signed_in in [True, False]:
        if not signed_in:
            end_session()
        response = browser.post(address, {"made_for": made, "message": "Click on send now."}, headers=headers)
        assert response.status_code == 403
        assertNotContains(response, "Click on send now.", status_code=403)


def test_a_page_of_the_administration_keeps_it_too(browser):
    editor, project = make_staff(group="editor"), make_project(title_en="Title")
    address = reverse("admin:contract_project_change", args=[project.pk])
    base = opened(browser, editor, address)
    page = browser.get(address)
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    data |= {f"{prefix}-{n}_FORMS": 0 for prefix in ["missions", "use_cases"] for n in ["TOTAL", "INITIAL"]}
    end_session()

    kept = browser.post(address, data | base | {"title_en": "A long title that was typed"}, headers=HERE)
    sign_in(browser, editor)
    action, fields = sent_again(browser.post(*sent_again(kept), headers=HERE))
    done = browser.post(action, fields, headers=HERE)

    assert (kept.status_code, done.status_code) == (401, 302)
    assert Project.objects.get().title_en == "A long title that was typed"


def test_a_secret_is_never_repeated(browser, person):
    base = opened(browser, person, reverse("account_change_password"))
    end_session()

    response = browser.post(
        reverse("account_change_password"), base | {"oldpassword": "my old words", "password1": "x y"}, headers=HERE
    )

    assert response.status_code == 302
    assertNotContains(browser.get(response.url), "my old words")


def test_where_nothing_was_written_one_signs_in_as_ever(browser, person):
    company = make_company(member=person)
    address = reverse("company_use_case_start", args=[company.pk])
    base = opened(browser, person, reverse("company_use_cases", args=[company.pk]))
    end_session()

    assert browser.post(address, base).status_code == 302


def test_a_script_is_told_by_the_status(browser, person):
    case = make_use_case(company=make_company(member=person), by=person)
    address = reverse("company_use_case_edit", args=[case.company_id, case.pk])
    base = opened(browser, person, address)
    end_session()

    response = browser.post(address, base | {"title_en": "A title"}, headers={"HX-Request": "true"})

    assert (response.status_code, response.content) == (401, b"")
    assert UseCase.objects.get(pk=case.pk).title_en != "A title"


def test_a_file_is_said_to_be_chosen_again(browser, person, tmp_path):
    case = make_use_case(company=make_company(member=person), by=person)
    base = opened(browser, person, reverse("company_use_case_edit", args=[case.company_id, case.pk]))
    end_session()
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")

    with picture.open("rb") as file:
        response = browser.post(
            reverse("company_use_case_picture", args=[case.company_id, case.pk]),
            base | {"alt": "Two people at a machine", "file": file},
            headers=HERE,
        )

    assertContains(response, "A file can’t be kept: choose it again afterwards.", status_code=401)
    assertContains(response, "Two people at a machine", status_code=401)


def test_a_page_made_for_somebody_else_sends_nothing_for_who_is_signed_in_now(client, person):
    """Even where the token of the form is good."""
    other = make_user()
    make_company(member=person)
    company = make_company(member=other, name="Before")
    client.force_login(other)

    response = client.post(
        reverse("company_edit", args=[company.pk]), {"name": "After", "made_for": mark_of(person)}, headers=HERE
    )

    company.refresh_from_db()
    assert (response.status_code, company.name) == (403, "Before")


# --- Refusals ---------------------------------------------------------------------------------------------------------
def test_who_may_no_longer_do_it_has_the_words_back(client, person):
    result = make_result(by=person, company=make_company(member=person))
    person.memberships.update(role="reader")
    make_membership(company=result.company, user=make_user(), role="manager")
    client.force_login(person)

    response = client.post(
        reverse("assessment_reopening", args=[result.assessment_id]), {"reason": "One figure was wrong."}
    )

    assertContains(response, "One figure was wrong.", status_code=403)
    assert not Reopening.objects.exists()


def test_what_is_no_longer_there_gives_the_words_back(client, person):
    case = make_use_case(company=make_company(member=person), by=person)
    address = reverse("company_use_case_edit", args=[case.company_id, case.pk])
    case.delete()
    client.force_login(person)

    assertContains(client.post(address, {"title_en": "A title of mine"}), "A title of mine", status_code=404)


def test_a_review_that_is_refused_keeps_its_words_and_says_why(client):
    case = make_use_case()
    client.force_login(make_staff(group="reviewer"))
    words = "A comment " + "that is too long " * 130

    response = client.post(
        reverse("admin:assessment_usecase_review", args=[case.pk]), {"decision": "comment", "words": words}
    )

    form = response.context["review_form"]
    assert (response.status_code, form["words"].value()) == (422, words)
    assert set(form.errors) == {"words"}
    assert len(form.errors["words"]) == 1
    assertContains(response, "Ensure this value has at most 2000 characters", status_code=422)


def test_a_decision_over_what_was_changed_since_it_was_read_is_refused_and_keeps_its_words(client, person):
    case = make_use_case(company=make_company(member=person), by=person)
    client.force_login(make_staff(group="reviewer"))
    page = client.get(reverse("admin:assessment_usecase_change", args=[case.pk]))
    read_at = page.context["review_form"]["read_at"].value()
    edit(use_case=case, by=person, values={"title_en": "Another title"})
    sent = {"decision": "comment", "words": "Your title is long.", "read_at": read_at}

    late = client.post(reverse("admin:assessment_usecase_review", args=[case.pk]), sent)
    again = late.context["review_form"]["read_at"].value()

    assert (late.status_code, late.context["review_form"]["words"].value()) == (422, "Your title is long.")
    done = client.post(reverse("admin:assessment_usecase_review", args=[case.pk]), sent | {"read_at": again})
    assert done.status_code == 302


def test_a_second_request_for_contact_is_not_said_to_be_sent(client, person):
    published = make_published()
    company = make_company(member=person)
    client.force_login(person)
    address = reverse("use_case_contact", args=[published.pk])
    client.post(address, {"company": company.pk, "message": "How did you begin?"})

    response = client.post(address, {"company": company.pk, "message": "And what did it cost?"})

    assertContains(response, "And what did it cost?")
    assertContains(response, "Not sent: your company has asked for this contact already.")
    assert Interest.objects.get().message == "How did you begin?"


def test_a_second_request_for_reopening_keeps_its_reason(client, person):
    result = make_result(by=person, company=make_company(member=person))
    ask(assessment=result.assessment, reason="One figure was wrong.", by=make_user())
    client.force_login(person)

    response = client.post(
        reverse("assessment_reopening", args=[result.assessment_id]), {"reason": "Two figures were wrong."}
    )

    assertContains(response, "Two figures were wrong.", status_code=409)
    assertContains(response, "Not sent: a colleague has asked already", status_code=409)


def test_a_decision_that_a_colleague_took_first_keeps_its_words(client, person):
    result = make_result(by=person, company=make_company(member=person))
    asked = ask(assessment=result.assessment, reason="One figure was wrong.", by=person)
    client.force_login(make_staff(group="reviewer"))
    page = client.get(reverse("admin:assessment_reopening_change", args=[asked.pk]))
    read_at = page.context["adminform"].form["read_at"].value()
    refuse(reopening=asked, reason="It was right.", by=make_staff(group="reviewer"))

    late = client.post(
        reverse("admin:assessment_reopening_change", args=[asked.pk]),
        {"verdict": "granted", "decision": "Correct the figure.", "read_at": read_at},
    )

    assertContains(late, "A colleague decided meanwhile: nothing was changed.")
    assertContains(late, "Correct the figure.")
    assertContains(late, "It was right.")


def test_an_error_that_would_be_told_elsewhere_keeps_the_words(client, person):
    """Whatever the page: here, answers of a page without scripts, to an assessment that was submitted meanwhile."""
    result = make_result(by=person, company=make_company(member=person))
    client.force_login(person)
    address = reverse("individual_answers", args=[result.assessment_id, "OPS"])
    open_consultation(assessment=reopened(result), dimension="OPS", by=person)
    close_consultation(consultation=result.assessment.consultations.get(), by=person)

    response = client.post(
        address, {"OPS.CYB.2-pick": "choice.1", "OPS.CYB.2-comment": "Since last year.", "OPS.CYB.2-revision": "0"}
    )

    assertContains(response, "Since last year.", status_code=409)
    assertContains(response, "Not saved: own views of this dimension are no longer taken.", status_code=409)


def reopened(result):
    asked = ask(assessment=result.assessment, reason="One figure was wrong.", by=make_user())
    grant(reopening=asked, reason="Yes.", by=make_staff(group="reviewer"))
    result.assessment.refresh_from_db()
    return result.assessment


def test_a_row_of_the_administration_that_was_deleted_meanwhile_gives_the_words_back(client):
    client.force_login(make_staff(group="editor"))
    project = make_project()
    address = reverse("admin:contract_project_change", args=[project.pk])
    project.delete()

    assertContains(client.post(address, {"title_en": "A title of mine"}), "A title of mine", status_code=404)
