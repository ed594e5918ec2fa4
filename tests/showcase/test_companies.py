"""What a reading company does with a case: found on its result, kept, done, asked about."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions import usecases as actions
from assessment.actions.showcase import answer_interest, ask_for_contact, keep
from assessment.models import Bookmark, Interest, Publication
from assessment.reports.showcase.funnel import funnel
from tests.factories import COMPLETE, DATA, make_company, make_result, make_staff, make_user, make_version
from tests.usecases.makers import make_published, make_use_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_published(title_en="Better backups", capabilities=["OPS.CYB"])


@pytest.fixture
def reader(person):
    return make_company(member=person, name="Reader")


@pytest.mark.parametrize("case_count", [1, 3])
def test_the_result_page_costs_ten_queries(signed_in, person, reader, django_assert_num_queries, case_count):
    result = make_result(company=reader, by=person)
    for _ in range(case_count):
        make_published()
    signed_in.get(result.get_absolute_url())

    # session, user, result, whether cases are there for its gaps, those shown, membership, what came after it: two,
    # the one before, and what the plan dropped
    with django_assert_num_queries(10):
        response = signed_in.get(result.get_absolute_url())

    assert len(response.context["use_cases"].suggestions) == case_count


def test_the_result_page_says_why_a_case_fits(signed_in, person, reader, case):
    result = make_result(company=reader, by=person)

    [suggestion] = signed_in.get(result.get_absolute_url()).context["use_cases"].suggestions

    assert suggestion.publication.pk == case.pk
    assert suggestion.because[1:] == [
        "your sub-sector: Biotechnology",
        "a company of your size",
        "activities like yours: Research",
        "with figures before and after",
    ]


def test_a_company_is_not_shown_its_own_case(signed_in, person, reader):
    make_published(company=reader, by=person)
    result = make_result(company=reader, by=person)

    assert signed_in.get(result.get_absolute_url()).context["use_cases"].suggestions == []


def test_a_strength_is_an_invitation_and_prefills_the_draft(signed_in, person, reader):
    result = make_result(company=reader, by=person, answers=COMPLETE | {"STR.VIS.1": {"choices": ["3"]}})
    page = signed_in.get(result.get_absolute_url())
    assertContains(page, "You do this well: tell others")
    [(code, _title)] = page.context["use_cases"].strong

    signed_in.post(reverse("company_use_case_start", args=[reader.pk]), {"result": result.pk, "capability": code})

    draft = reader.use_cases.get()
    assert (draft.capabilities, draft.sub_sectors, draft.size) == ([code], ["biotech"], "small")
    assert (draft.result, draft.status) == (result, "draft")


def test_without_a_strength_there_is_no_invitation(signed_in, person, reader):
    result = make_result(company=reader, by=person)

    assertNotContains(signed_in.get(result.get_absolute_url()), "You are good at this")


def test_we_are_doing_this(signed_in, person, reader, case):
    result = make_result(company=reader, by=person)
    day = timezone.localdate() - timedelta(days=3)

    signed_in.post(
        reverse("use_case_keep", args=[case.pk]), {"company": reader.pk, "doing_since": day, "note": "With Léa"}
    )

    kept = Bookmark.objects.get()
    assert (kept.company, kept.doing_since, kept.note, kept.by, kept.result) == (
        reader,
        day,
        "With Léa",
        person,
        result,
    )
    assertContains(signed_in.get(case.get_absolute_url()), "Reader is doing this, since")
    assertContains(signed_in.get(reverse("company_use_cases", args=[reader.pk])), "Better backups")


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(9999, 1, 1)])
def test_a_day_to_come_or_of_another_century_is_refused(signed_in, reader, case, day):
    signed_in.post(reverse("use_case_keep", args=[case.pk]), {"company": reader.pk, "doing_since": day})

    assert Bookmark.objects.count() == 0


def test_nobody_keeps_a_case_for_a_foreign_company(signed_in, reader, case):
    foreign = make_company(name="Foreign", member=make_user())

    signed_in.post(reverse("use_case_keep", args=[case.pk]), {"company": foreign.pk})

    assert Bookmark.objects.count() == 0


def test_a_reader_of_a_company_keeps_nothing_for_it(signed_in, person, case):
    company = make_company(name="Read only", member=person, role="reader")

    signed_in.post(reverse("use_case_keep", args=[case.pk]), {"company": company.pk})

    assert Bookmark.objects.count() == 0


def test_a_request_for_contact_goes_through_the_committee(signed_in, reader, case, posted):
    signed_in.post(reverse("use_case_contact", args=[case.pk]), {"company": reader.pk, "message": "How did you begin?"})
    asked = Interest.objects.get()
    assert (asked.state, mail.outbox) == ("sent", [])

    with posted():
        answer_interest(interest=asked, state="passed_on", answer="They will answer.")

    assert sorted(message.to[0] for message in mail.outbox) == sorted(["ada@company.example", case.created_by.email])
    texts = "".join(message.subject + message.body for message in mail.outbox)
    assert ("ada@company.example" in texts, case.created_by.email in texts) == (False, False)
    assertContains(signed_in.get(reverse("company_use_cases", args=[reader.pk])), "passed on to the company")


def test_the_company_that_told_sees_the_request_once_it_is_passed_on(client, reader, person, case):
    asked = ask_for_contact(publication=case.publication, company=reader, by=person, message="How?")
    client.force_login(case.created_by)
    address = reverse("company_use_cases", args=[case.company_id])
    assertNotContains(client.get(address), "From Reader")

    answer_interest(interest=asked, state="passed_on", answer="")

    assertContains(client.get(address), "From Reader")


def test_a_draft_is_not_told_to_who_once_asked_about_the_published_case(signed_in, reader, person, case, posted):
    asked = ask_for_contact(publication=case.publication, company=reader, by=person, message="How?")
    actions.edit(use_case=case, by=case.created_by, values={"title_en": "Secret plan", "title_fr": "Projet secret"})

    with posted():
        answer_interest(interest=asked, state="declined", answer="They stopped.")

    page = signed_in.get(reverse("company_use_cases", args=[reader.pk]))
    assertContains(page, "about a use case that is no longer published")
    assertNotContains(page, "Secret")
    assert [("ecret" in message.body, message.to) for message in mail.outbox] == [(False, ["ada@company.example"])]


def test_five_requests_a_day_are_enough(signed_in, reader, person):
    for number in range(5):
        published = make_published(title_en=f"Case {number}")
        ask_for_contact(publication=published.publication, company=reader, by=person, message="How?")
    sixth = make_published()

    response = signed_in.post(
        reverse("use_case_contact", args=[sixth.pk]), {"company": reader.pk, "message": "And this?"}
    )

    assertContains(response, "ask for the next tomorrow")
    assert Interest.objects.count() == 5


def test_a_company_that_opted_out_is_not_asked(signed_in, reader):
    case = make_published(contactable=False)

    assertNotContains(signed_in.get(case.get_absolute_url()), "Ask to be put in contact")
    assert signed_in.get(reverse("use_case_contact", args=[case.pk])).status_code == 404


def test_the_loop_counts_each_stage(reader, person, case, client):
    first = make_result(company=reader, by=person)
    client.get(case.get_absolute_url())
    publication = Publication.objects.get()
    ask_for_contact(publication=publication, company=reader, by=person, message="How?")
    keep(publication=publication, company=reader, by=person, doing_since=timezone.localdate())
    before = {stage.code: (stage.real, stage.fictional) for stage in funnel()}
    better = COMPLETE | {"OPS.CYB.1": {"choices": ["backup", "drill"]}, "STR.VIS.1": {"choices": ["3"]}}
    make_result(company=reader, by=person, answers=better, at=first.submitted_at + timedelta(days=300))

    after = {stage.code: (stage.real, stage.fictional) for stage in funnel()}

    assert before == {
        "invited": (0, 0),
        "drafted": (1, 0),
        "submitted": (1, 0),
        "published": (1, 0),
        "viewed": (1, 0),
        "contacted": (1, 0),
        "taken_up": (1, 0),
        "improved": (0, 0),
    }
    assert after == before | {"invited": (1, 0), "improved": (1, 0)}


def test_a_score_a_twentieth_of_a_point_below_the_top_level_counts_nowhere(reader, person, tmp_path):
    file = tmp_path / "exact.yaml"
    file.write_text((DATA / "small.yaml").read_text().replace("from: 70", "from: 50.04"))
    result = make_result(company=reader, by=person, version=make_version(file=file))
    told = make_use_case(company=reader, by=person, capabilities=["STR.VIS"])

    invited = {stage.code: (stage.real, stage.fictional) for stage in funnel()}["invited"]

    assert result.summary["capabilities"] == {"STR.VIS": "50.0", "OPS.MES": None, "OPS.CYB": "50.0"}
    assert invited == (0, 0)
    assert actions.is_eligible(told) is False


def test_the_loop_is_for_reviewers_and_leaves_as_a_table(client):
    addresses = [reverse("admin:assessment_usecase_funnel"), reverse("admin:assessment_usecase_funnel_csv")]
    client.force_login(make_staff(group="reader"))
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    client.force_login(make_staff(group="reviewer"))

    page, table = [client.get(address) for address in addresses]

    assertContains(page, "Use cases begun")
    assert b"".join(table.streaming_content).decode().splitlines()[2] == '"Use cases begun";"drafted";0;0'
