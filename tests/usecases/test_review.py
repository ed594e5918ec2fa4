"""The reviewers' work: what waits first, what changed beside what was, decisions that fit, and nobody else's."""

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions import usecases as actions
from assessment.models import Publication, Size
from assessment.reports.showcase.changes import changes
from tests.factories import COMPLETE, make_company, make_result, make_staff, make_version
from tests.usecases.makers import consent, make_published, make_use_case

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]  # the admin's own templates
LIST = reverse("admin:assessment_usecase_changelist")


@pytest.fixture
def reviewer(client):
    user = make_staff(group="reviewer")
    client.force_login(user)
    return user


@pytest.fixture
def submitted():
    use_case = make_use_case()
    consent(use_case)
    use_case.refresh_from_db()
    return use_case


def page_of(use_case):
    return reverse("admin:assessment_usecase_change", args=[use_case.pk])


def decide(client, use_case, decision, words="", **more):
    address = reverse("admin:assessment_usecase_review", args=[use_case.pk])
    client.post(address, {"decision": decision, "words": words, **more})
    use_case.refresh_from_db()
    return use_case.status


@pytest.mark.parametrize("case_count", [1, 3])
def test_the_queue_costs_eight_queries(client, reviewer, django_assert_num_queries, case_count):
    for _ in range(case_count):
        make_use_case()
    client.get(LIST)

    with django_assert_num_queries(8):  # session, user, two kinds of permissions, count, rows, the record
        client.get(LIST)


def test_what_waits_comes_first(client, reviewer, submitted):
    make_use_case(title_en="A later draft")

    response = client.get(LIST)

    assert [row.status for row in response.context["cl"].result_list] == ["submitted", "draft"]


def test_a_submitted_case_is_published(client, reviewer, submitted):
    assert decide(client, submitted, "publish") == "published"
    assert Publication.objects.visible().get().pk == submitted.pk


def test_a_return_needs_a_reason_which_the_company_gets(
    client, reviewer, submitted, django_capture_on_commit_callbacks
):
    assert decide(client, submitted, "return") == "submitted"
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        assert decide(client, submitted, "return", words="Say what it cost.") == "returned"

    assert [(message.to, "Say what it cost." in message.body) for message in mail.outbox] == [
        ([submitted.created_by.email], True)
    ]


def test_what_changed_since_last_time_stands_beside_what_was(reviewer):
    use_case = make_published()
    actions.edit(use_case=use_case, by=use_case.created_by, values={"summary_en": "Better said."})
    consent(use_case)

    changed = [(row.label, row.before, row.after) for row in changes(use_case) if row.changed]

    assert changed == [("summary (en)", "Sensors follow each batch.", "Better said.")]


def test_codes_and_figures_are_put_into_words_for_the_reviewer(reviewer):
    make_version()
    use_case = make_use_case(
        capabilities=["STR.VIS", "GONE"],
        technologies=["iot", "ai"],
        size="small",
        figures=[
            {
                "indicator": {"en": "Lots lost", "fr": "Lots perdus"},
                "before": "5",
                "after": "1",
                "unit": {"en": "a year"},
                "period": {},
            }
        ],
    )
    consent(use_case)

    told = {row.label: row.after for row in changes(use_case)}

    assert [told[label] for label in ["capabilities", "technologies", "size", "figures"]] == [
        "Vision\nGONE",
        "Internet of things\nArtificial intelligence",
        str(Size.SMALL.label),
        "Lots perdus: 5 → 1\nLots lost (a year): 5 → 1",
    ]


def test_a_first_version_has_nothing_changed(submitted):
    assert [row for row in changes(submitted) if row.changed] == []


def test_a_translation_by_staff_asks_for_a_new_consent(client, reviewer):
    use_case = make_published(title_en="", summary_en="", problem_en="", solution_en="")
    form = client.get(page_of(use_case)).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}

    client.post(page_of(use_case), {**data, "title_en": "Now in English", "takes_down": "on"})

    use_case.refresh_from_db()
    assert (use_case.title_en, use_case.status) == ("Now in English", "draft")
    assert not Publication.objects.exists()


@pytest.fixture
def published(person):
    return make_published(company=make_company(member=person), by=person)


def corrected(client, use_case, **changed):
    form = client.get(page_of(use_case)).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    return client.post(page_of(use_case), data | changed, follow=True)


def test_a_correction_that_takes_a_case_offline_is_warned_of_first(client, reviewer, published):
    response = corrected(client, published, title_en="Corrected")

    assertContains(response, "this change takes the case offline")
    assert response.context["adminform"].form["title_en"].value() == "Corrected"
    assert Publication.objects.visible().filter(pk=published.pk).exists()


def test_a_correction_that_was_meant_is_told_to_the_company(client, reviewer, published, posted):
    with posted():
        response = corrected(client, published, title_en="Corrected", takes_down="on")

    [message] = mail.outbox
    assert message.to == ["ada@company.example"]
    assert message.subject == "Votre cas d’usage a été corrigé / Your use case was corrected"
    french, english = message.body.split("–" * 30)
    assert ("– titre [en]" in french, "– title [en]" in english) == (True, True)
    assert "Your consent was to the former text" in english
    assertContains(response, "its company was told, and has to consent again")


def test_a_draft_is_corrected_without_more_ado_and_told_too(client, reviewer, person, posted):
    draft = make_use_case(company=make_company(member=person), by=person)

    with posted():
        corrected(client, draft, title_en="Corrected")

    draft.refresh_from_db()
    assert (draft.title_en, len(mail.outbox)) == ("Corrected", 1)
    assert "It was not public" in mail.outbox[0].body


def test_saving_without_a_change_neither_warns_nor_tells(client, reviewer, published, posted):
    with posted():
        corrected(client, published)

    assert mail.outbox == []
    assert Publication.objects.visible().filter(pk=published.pk).exists()


def test_a_label_needs_a_result_that_supports_it(client, reviewer, person):
    company = make_company(member=person)
    use_case = make_published(company=company, by=person, capabilities=["STR.VIS"])
    make_result(company=company, by=person)

    decide(client, use_case, "label", words="An example.")
    unsupported = Publication.objects.get().labelled
    make_result(company=company, by=person, answers=COMPLETE | {"STR.VIS.1": {"choices": ["3"]}})
    decide(client, use_case, "label", words="An example.")

    assert (unsupported, Publication.objects.get().labelled) == (False, True)


def test_visitors_see_the_reason_of_a_label_and_not_whether_it_is_supported(client, reviewer, person):
    company = make_company(member=person)
    use_case = make_published(company=company, by=person, capabilities=["STR.VIS"])
    make_result(company=company, by=person, answers=COMPLETE | {"STR.VIS.1": {"choices": ["3"]}})
    decide(client, use_case, "label", words="An example to follow.")
    client.logout()

    response = client.get(use_case.get_absolute_url())

    assertContains(response, "An example to follow.")
    assertNotContains(response, "100.0")


@pytest.mark.parametrize(("group", "status"), [("reader", 403), ("editor", 403), ("administrator", 200)])
def test_use_cases_are_reviewed_by_reviewers_and_administrators(client, submitted, group, status):
    client.force_login(make_staff(group=group))

    assert [client.get(address).status_code for address in [LIST, page_of(submitted)]] == [status, status]


@pytest.mark.parametrize("group", ["reader", "editor"])
def test_others_of_the_staff_publish_nothing(client, submitted, group):
    client.force_login(make_staff(group=group))

    assert decide(client, submitted, "publish") == "submitted"


def test_a_company_does_not_publish_itself(client, submitted):
    client.force_login(submitted.created_by)

    assert decide(client, submitted, "publish") == "submitted"


def test_a_decision_that_no_longer_fits_says_so(client, reviewer, submitted):
    actions.withdraw(use_case=submitted, by=submitted.created_by)

    assert decide(client, submitted, "publish") == "draft"
    assert not Publication.objects.exists()


def test_nobody_adds_or_deletes_a_case_in_the_admin(client, submitted):
    client.force_login(make_staff(group="administrator"))

    assert client.get(reverse("admin:assessment_usecase_add")).status_code == 403
    assert client.post(reverse("admin:assessment_usecase_delete", args=[submitted.pk])).status_code == 403


def test_an_email_is_written_in_french_then_in_english(client, reviewer, submitted, django_capture_on_commit_callbacks):
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        decide(client, submitted, "publish")

    [message] = mail.outbox
    french, english = message.body.split("–" * 30)
    assert message.subject == "Votre cas d’usage\u00a0: publié / Your use case: published"
    assert (french.splitlines()[0], english.strip().splitlines()[0]) == ("Bonjour,", "Hello,")
    assert ("/fr/companies/" in french, "/en/companies/" in english) == (True, True)
