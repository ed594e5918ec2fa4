"""Whoever saves a form of the site over what somebody else stored meanwhile is shown it first."""

import pytest
from django.forms import ModelForm
from django.urls import get_resolver, reverse

from assessment.actions import usecases as actions
from assessment.actions.showcase import keep
from assessment.models import Bookmark, Company, Membership, UseCase
from edits.reading import OVERTAKEN, ReadAtForm
from tests.bounds.test_forms import subclasses
from tests.factories import make_assessment, make_company, make_membership, make_staff, make_user
from tests.questionnaire.pages import posted
from tests.usecases.makers import make_published, make_use_case

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # the admin's own templates
HTMX = {"HX-Request": "true"}


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def case(company, person):
    return make_use_case(company=company, by=person)


def sent(response, name="form"):
    """What a browser sends of the page's form as it is."""
    form = response.context[name]
    values = {form.add_prefix(field): form[field].value() for field in form.fields}
    return {name: "on" if value is True else value for name, value in values.items() if value not in (None, False)}


def shown(response, name="form"):
    return [(change.label, change.theirs, change.yours, change.kept) for change in response.context[name].overtaken]


IN_THE_ADMINISTRATION = {"CompanyRecordForm", "CompanyAdministrationForm", "CorrectionForm", "DecisionForm"}
IN_THE_ADMINISTRATION |= {"InterestForm", "TextsForm", "UserForm", "VersionForm"}
OF_NEW_ROWS = {"CompanyCreateForm", "NumberForm", "ResultLinkForm"}
# Two boxes of a member's own row, which no colleague reaches
OF_ONESELF = {"RemindingForm", "TrialForm"}


def test_every_form_of_the_site_that_edits_a_row_says_what_it_was_read_at():
    assert get_resolver().url_patterns  # which imports every form
    kept = {form.__name__ for form in subclasses(ReadAtForm) if form.__module__.startswith("assessment.forms")}
    of_rows = {form.__name__ for form in subclasses(ModelForm) if form.__module__.startswith("assessment.")}

    of_the_site = {
        "AccountForm",
        "ActionForm",
        "AssignmentsForm",
        "CompanyForm",
        "KeepForm",
        "RoleForm",
        "TargetsForm",
        "UseCaseForm",
    }
    assert kept - OF_NEW_ROWS == of_the_site
    assert of_rows - kept - IN_THE_ADMINISTRATION - OF_NEW_ROWS - OF_ONESELF == set()


def test_a_companys_profile(signed_in, company):
    address = reverse("company_edit", args=[company.pk])
    mine = sent(signed_in.get(address))
    Company.objects.filter(pk=company.pk).update(name="Their name", size="large")

    late = signed_in.post(address, mine | {"name": "My name"})
    company.refresh_from_db()

    assert (late.status_code, company.name, company.size) == (409, "Their name", "large")
    assert ("Name", "Their name", "My name", True) in shown(late)
    assert [kept for label, *_texts, kept in shown(late) if label != "Name"] == [False]
    assert "Their name" in late.content.decode()
    assert signed_in.post(address, sent(late)).status_code == 302
    company.refresh_from_db()
    assert (company.name, company.size) == ("My name", "large")


@pytest.mark.parametrize(
    ("page", "typed"),
    [("company_edit", {"name": "Mine"}), ("member_edit", {"role": "manager"}), ("account", {"name": "Ada King"})],
)
def test_what_concerns_the_whole_form_is_said_once(signed_in, company, page, typed):
    member = make_membership(company=company, user=make_user(), role="reader")
    keys = {"company_edit": [company.pk], "member_edit": [company.pk, member.pk], "account": []}[page]
    address = reverse(page, args=keys)
    mine = sent(signed_in.get(address))

    late = signed_in.post(address, mine | typed | {"read_at": "{}"})  # read at a time when all was different

    assert (late.status_code, late.content.decode().count(str(OVERTAKEN))) == (409, 1)


def test_a_members_role(signed_in, company):
    colleague = make_membership(company=company, user=make_user(), role="reader")
    address = reverse("member_edit", args=[company.pk, colleague.pk])
    mine = sent(signed_in.get(address))
    Membership.objects.filter(pk=colleague.pk).update(role="manager")

    late = signed_in.post(address, mine | {"role": "contributor"})

    assert (late.status_code, shown(late)) == (409, [("Role", "Manager", "Contributor", True)])
    assert signed_in.post(address, sent(late)).status_code == 302
    colleague.refresh_from_db()
    assert colleague.role == "contributor"


def test_ones_own_name_in_two_tabs(signed_in, person):
    address = reverse("account")
    mine = sent(signed_in.get(address))
    signed_in.post(address, mine | {"name": "Ada L."})

    late = signed_in.post(address, mine | {"name": "Ada King"})

    person.refresh_from_db()
    assert (late.status_code, person.name) == (409, "Ada L.")
    assert signed_in.post(address, sent(late)).status_code == 302


def test_staff_over_a_company(client, person, case):
    """The reviewer translates a text that the company has changed meanwhile."""
    client.force_login(make_staff(group="reviewer"))
    address = reverse("admin:assessment_usecase_change", args=[case.pk])
    mine = posted(client.get(address))
    actions.edit(use_case=case, by=person, values={"title_en": "The company’s own title"})

    late = client.post(address, mine | {"title_en": "The reviewer’s title"})

    case.refresh_from_db()
    assert case.title_en == "The company’s own title"
    assert [(each.theirs, each.yours) for each in late.context["overtaken"]] == [
        ("The company’s own title", "The reviewer’s title")
    ]


def test_a_company_over_staff(signed_in, case):
    address = reverse("company_use_case_edit", args=[case.company_id, case.pk])
    mine = sent(signed_in.get(address))
    actions.edit(use_case=case, by=make_staff(), values={"title_fr": "Titre du CSF", "summary_fr": "Résumé du CSF"})

    in_place = signed_in.post(address, mine | {"title_fr": "Mon titre"}, headers=HTMX)
    again = signed_in.post(address, mine | {"title_fr": "Mon titre"}, headers=HTMX)
    late = signed_in.post(address, mine | {"title_fr": "Mon titre"})
    case.refresh_from_db()

    assert [each.status_code for each in [in_place, again, late]] == [409, 409, 409]
    assert (case.title_fr, case.summary_fr) == ("Titre du CSF", "Résumé du CSF")
    assert [each[1:] for each in shown(late)] == [
        ("Titre du CSF", "Mon titre", True),
        ("Résumé du CSF", mine["summary_fr"], False),
    ]
    assert signed_in.post(address, sent(late)).status_code == 302
    case.refresh_from_db()
    assert (case.title_fr, case.summary_fr) == ("Mon titre", "Résumé du CSF")


def test_a_note_on_a_kept_case(signed_in, person, company):
    published = make_published()
    address = reverse("use_case_keep", args=[published.pk])
    mine = sent(signed_in.get(published.get_absolute_url()), "keep_form")
    keep(publication=published.publication, company=company, by=make_user(), note="Ask them about the sensors.")

    late = signed_in.post(address, mine | {"note": "To read."})
    bookmark = Bookmark.objects.get()

    assert (late.status_code, bookmark.note) == (409, "Ask them about the sensors.")
    assert [each[1:3] for each in shown(late, "keep_form")] == [("Ask them about the sensors.", "To read.")]
    assert signed_in.post(address, sent(late, "keep_form")).status_code == 302
    bookmark.refresh_from_db()
    assert bookmark.note == "To read."


def test_a_note_on_a_case_that_nobody_kept_is_stored_at_once(signed_in, company):
    published = make_published()
    page = signed_in.get(published.get_absolute_url())

    signed_in.post(reverse("use_case_keep", args=[published.pk]), sent(page, "keep_form") | {"note": "To read."})

    assert Bookmark.objects.get().note == "To read."


def test_who_is_asked_for_a_dimension(signed_in, person, company):
    assessment = make_assessment(company=company)
    eve = make_user(name="Eve")
    make_membership(company=company, user=eve)
    address = reverse("assessment_team", args=[assessment.pk])
    mine = sent(signed_in.get(address))
    signed_in.post(address, mine | {"dimension-OPS": [str(eve.pk)]})

    late = signed_in.post(address, mine | {"dimension-OPS": [str(person.pk)]})

    assert (late.status_code, shown(late)[0][1:]) == (409, ("Eve", "Ada", True))
    assert [kept.user for kept in assessment.assignments.all()] == [eve]
    assert signed_in.post(address, sent(late)).status_code == 302
    assert [kept.user for kept in assessment.assignments.all()] == [person]


@pytest.mark.parametrize("order", ["before", "between", "after"])
def test_no_text_that_was_accepted_disappears_unseen(signed_in, case, order):
    """Two people write in all fields of one use case: whatever the second loses of the first was on the page."""
    address = reverse("company_use_case_edit", args=[case.company_id, case.pk])
    page = signed_in.get(address)
    names = [f"{name}_{language}" for name in UseCase.TEXTS for language in ["fr", "en"]]
    theirs = {name: f"their {name}" for name in names if order != "before" or "title" in name}
    mine = sent(page) | {name: f"my {name}" for name in names if order != "after" or "advice" in name}
    actions.edit(use_case=case, by=make_user(), values=theirs)

    late = signed_in.post(address, mine)
    case.refresh_from_db()

    assert {name: getattr(case, name) for name in theirs} == theirs
    seen = {each[1] for each in shown(late)}
    assert set(theirs.values()) == seen
    assert {name: late.context["form"][name].value() for name in names if mine[name].startswith("my ")} == {
        name: text for name, text in mine.items() if str(text).startswith("my ")
    }
