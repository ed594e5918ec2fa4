"""A company's plan: steps become actions with an owner and a date; nothing is lost, nothing is anybody else's."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.members import end_membership
from assessment.actions.reminders import write_reminders
from assessment.models import Action, ActionChange, CalendarKey, Membership, Reminding, User
from assessment.models.compiled import compiled
from tests.factories import COMPLETE, make_company, make_membership, make_result, make_user
from tests.plans.makers import make_action

LOW = COMPLETE | {"STR.VIS.1": {"choices": ["0"]}, "OPS.CYB.2": {"choices": ["0"]}}


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def result(company, person):
    return make_result(company=company, by=person, answers=LOW)


def take(client, result, **steps):
    return client.post(reverse("result_plan_take", args=[result.assessment_id, result.number]), steps)


def typed(action, **fields):
    values = {
        "title": action.title,
        "owner": "",
        "owner_name": "",
        "due": "",
        "status": "to_do",
        "reason": "",
        "note": "",
    }
    return values | fields


def plan_url(company, name="company_plan"):
    return reverse(name, args=[company.pk])


def test_steps_of_a_result_become_actions_in_their_own_words(signed_in, result, person):
    response = take(signed_in, result, **{"STR.VIS.1": "1", "OPS.CYB.1": ["backup", "drill"], "OPS.CYB.2": "9"})

    assertRedirects(response, plan_url(result.company))
    found = [(a.question, a.dimension, a.title, a.effort, a.target) for a in Action.objects.order_by("question")]
    assert found == [
        ("OPS.CYB.1", "OPS", found[0][2], 1, {"choices": ["backup", "drill"]}),
        ("STR.VIS.1", "STR", "It is written down.", 1, {"choices": ["1"]}),
    ]
    assert [change.by for change in ActionChange.objects.all()] == [person, person]


def test_a_number_to_reach_is_titled_by_its_question(signed_in, company, person):
    answers = LOW | {"OPS.MES.1": {"choices": ["1"]}, "OPS.MES.2": {"number": "1"}}
    result = make_result(
        company=make_company(member=person, name="Plant", activities=["manufacturing"]), by=person, answers=answers
    )

    take(signed_in, result, **{"OPS.MES.2": "2"})

    question = compiled(result.version).question("OPS.MES.2").text["en"]
    assert Action.objects.get().title == f"{question} – at least 50 % of batches"


def test_a_question_is_planned_once(signed_in, result, company):
    take(signed_in, result, **{"STR.VIS.1": "1"})
    take(signed_in, result, **{"STR.VIS.1": "2"})

    assert Action.objects.get().target == {"choices": ["1"]}
    with (
        pytest.raises(IntegrityError, match="action_one_live_per_question|assessment_action.company_id"),
        transaction.atomic(),
    ):
        make_action(company)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("action_title_given", {"title": ""}),
        ("action_status_known", {"status": "forgotten"}),
        ("action_dropped_with_reason", {"status": "dropped"}),
        ("action_done_with_date", {"status": "done"}),
    ],
)
def test_what_must_be_true_of_an_action(company, name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_action(company, **fields)


def test_an_action_has_one_owner(company, person):
    with pytest.raises(IntegrityError, match="action_one_owner"), transaction.atomic():
        make_action(company, owner=person, owner_name="Bob")


def test_an_action_is_changed_and_says_who_did(signed_in, company, person):
    action = make_action(company)

    signed_in.post(action.get_absolute_url(), typed(action, owner=person.pk, due="2026-12-01", status="under_way"))

    action.refresh_from_db()
    assert (action.owner, action.due, action.status) == (person, date(2026, 12, 1), "under_way")
    html = signed_in.get(action.get_absolute_url()).content.decode()
    changes = [re.sub(r"<[^>]+>", "", line).split(" – ", 1)[1] for line in re.findall(r"<li>(\d.*?)</li>", html)]
    assert sorted(changes) == ["Due on: 2026-12-01", "Owner: Ada", "Status: to do →then under way"]


def test_a_done_action_says_since_when_until_it_is_taken_up_again(signed_in, company):
    action, moments = make_action(company), []

    for status in ["done", "under_way"]:
        signed_in.post(action.get_absolute_url(), typed(action, status=status))
        action.refresh_from_db()
        moments.append((action.status, action.done_at is None))

    assert moments == [("done", False), ("under_way", True)]


def test_dropping_asks_for_a_reason(signed_in, company):
    action = make_action(company)

    response = signed_in.post(action.get_absolute_url(), typed(action, status="dropped"))

    assertContains(response, "Say why it is dropped.", status_code=422)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(signed_in, company):
    action = make_action(company)
    html = signed_in.get(action.get_absolute_url()).content.decode()
    read_at = re.search(r'name="read_at" value="([^"]*)"', html)[1].replace("&quot;", '"')
    Action.objects.filter(pk=action.pk).update(title="Another title")

    response = signed_in.post(action.get_absolute_url(), typed(action, title="Mine", read_at=read_at))

    assert response.status_code == 409
    action.refresh_from_db()
    assert action.title == "Another title"


def test_a_reader_reads_and_changes_nothing(client, company, result):
    reader, action = make_user(), make_action(company, note="By hand")
    make_membership(company=company, user=reader, role=Membership.Role.READER)
    client.force_login(reader)

    assertContains(client.get(action.get_absolute_url()), "By hand")
    assertNotContains(client.get(action.get_absolute_url()), 'name="title"')
    assert client.post(action.get_absolute_url(), typed(action, title="Other")).status_code == 403
    assert take(client, result, **{"OPS.CYB.2": "1"}).status_code == 403


def test_a_member_who_is_gone_leaves_the_action_to_nobody(company):
    user = make_user()
    membership, action = make_membership(company=company, user=user), make_action(company, owner=user)

    make_action(make_company(name="Other"), owner=user)

    end_membership(membership)

    action.refresh_from_db()
    assert (action.owner, action.owned_by) == (None, "")
    (change,) = ActionChange.objects.all()
    assert (change.action, change.field, change.before, change.after) == (action, "owner", str(user.pk), "")
    assert Action.objects.filter(owner=user).count() == 1


def test_the_history_says_whose_an_action_was_when_they_left(signed_in, company):
    user = make_user(name="Bob")
    membership, action = make_membership(company=company, user=user), make_action(company, owner=user)

    end_membership(membership)

    lines = [
        (str(line.label), line.before, line.after)
        for line in signed_in.get(action.get_absolute_url()).context["changes"]
    ]
    assert lines == [("owner", "Bob", "")]


@pytest.mark.parametrize("count", [1, 50])
def test_the_plan_costs_five_queries(signed_in, company, django_assert_num_queries, count):
    make_result(company=company)
    for number in range(count):
        make_action(company, question=f"Q{number}", owner_name="Bob")
    signed_in.get(plan_url(company))

    with django_assert_num_queries(5):  # session, user, membership with the company, actions, current version
        signed_in.get(plan_url(company))


def test_the_plan_is_filtered_and_shown_as_a_board(signed_in, company):
    make_action(company, title="Mine", owner_name="Bob", due=date(2020, 1, 1))
    make_action(company, question="OPS.CYB.2", dimension="OPS", title="Other")

    assertNotContains(signed_in.get(plan_url(company) + "?owner=Bob"), "Other")
    assertContains(signed_in.get(plan_url(company) + "?owner=Bob"), "late")
    assertNotContains(signed_in.get(plan_url(company) + "?dimension=OPS"), "Mine")
    assertContains(signed_in.get(plan_url(company) + "?view=board"), 'class="board"')


def test_the_plan_as_tables(signed_in, company):
    make_action(company, title="=1+1", due=date(2026, 12, 1), owner_name="Bob", gain="1.5")

    csv = b"".join(signed_in.get(plan_url(company, "company_plan_csv")).streaming_content).decode()
    xlsx = b"".join(signed_in.get(plan_url(company, "company_plan_xlsx")).streaming_content)

    assert '"\'=1+1"' in csv
    rows = list(openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][2:4] == ("'=1+1", "Bob")


def lines_of(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_dates_are_days_in_every_time_zone(signed_in, company):
    make_action(company, due=date(2026, 10, 25))  # clocks change in the night before
    make_action(company, question="Q2", due=date(2026, 12, 1), status="dropped", reason="No time")

    texts = []
    for zone in ["Europe/Paris", "America/New_York"]:
        with timezone.override(zone):
            texts.append(lines_of(signed_in.get(plan_url(company, "company_plan_ics")).content))

    assert [[line for line in text if line.startswith("DTSTART")] for text in texts] == [
        ["DTSTART;VALUE=DATE:20261025"]
    ] * 2
    assert "SUMMARY:Write the roadmap" in texts[0]


def test_a_calendar_address_opens_until_it_is_withdrawn(signed_in, client, person, company):
    make_action(company, due=date(2026, 12, 1))
    html = signed_in.post(plan_url(company, "company_plan_mail"), {"make": "1"}).content.decode()
    address = re.search(r"<code>https?://[^/]+(/en/calendars/[^<]+)</code>", html)[1]

    client.logout()
    assert "DTSTART;VALUE=DATE:20261201" in lines_of(client.get(address).content)
    assert CalendarKey.objects.get().token_hash not in address

    client.force_login(person)
    client.post(plan_url(company, "company_plan_mail"), {"withdraw": "1"})
    assert client.get(address).status_code == 404


def test_a_member_who_is_gone_opens_no_calendar(signed_in, client, company, person):
    html = signed_in.post(plan_url(company, "company_plan_mail"), {"make": "1"}).content.decode()
    address = re.search(r"<code>https?://[^/]+(/en/calendars/[^<]+)</code>", html)[1]

    end_membership(Membership.objects.get(user=person))

    assert client.get(address).status_code == 404


TODAY = date(2026, 6, 10)  # a Wednesday


@pytest.fixture
def asked(company, person):
    User.objects.filter(pk=person.pk).update(language="en")
    return Reminding.objects.create(membership=company.memberships.get(user=person), reminders=True, digest=False)


def test_a_reminder_is_written_once_for_an_owner_and_a_day(posted, mailoutbox, company, person, asked):
    action = make_action(company, owner=person, due=TODAY + timedelta(days=7))
    make_action(company, question="Q2", owner=person, due=TODAY + timedelta(days=8))
    make_action(company, question="Q3", due=TODAY)

    with posted():
        assert [write_reminders(today=TODAY), write_reminders(today=TODAY)] == [1, 0]

    assert [(message.to, message.subject) for message in mailoutbox] == [
        ([person.email], "Due soon in the plan of Acme")
    ]
    assert action.title in mailoutbox[0].body
    Action.objects.filter(pk=action.pk).update(due=TODAY + timedelta(days=2))
    assert write_reminders(today=TODAY) == 1


def test_nobody_who_did_not_ask_is_written_to(posted, mailoutbox, company, person):
    make_action(company, owner=person, due=TODAY)

    with posted():
        assert write_reminders(today=TODAY) == 0

    assert mailoutbox == []


def test_a_digest_is_written_once_a_week(posted, mailoutbox, company, asked):
    make_action(company)
    Reminding.objects.update(reminders=False, digest=True)
    days = [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=7)]

    with posted():
        assert [write_reminders(today=day) for day in days] == [1, 0, 1]

    assert {message.subject for message in mailoutbox} == {"The plan of Acme this week"}


def test_a_kill_between_two_members_leaves_nobody_out_and_writes_to_nobody_twice(
    posted, mailoutbox, company, person, asked, monkeypatch
):
    other = make_user(email="bob@company.example")
    membership = make_membership(company=company, user=other)
    Reminding.objects.create(membership=membership, reminders=True)
    make_action(company, owner=person, due=TODAY)
    make_action(company, question="Q2", owner=other, due=TODAY)
    save = Reminding.save

    def killed(self, **fields):
        if self.membership_id == membership.pk:
            raise KeyboardInterrupt
        save(self, **fields)

    with posted():
        monkeypatch.setattr(Reminding, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            write_reminders(today=TODAY)
        monkeypatch.setattr(Reminding, "save", save)
        write_reminders(today=TODAY)

    assert sorted(message.to[0] for message in mailoutbox) == sorted([person.email, other.email])


def test_each_member_chooses_for_themselves(signed_in, company, person):
    signed_in.post(plan_url(company, "company_plan_mail"), {"reminders": "on"})

    choice = Reminding.objects.get()
    assert (choice.membership.user, choice.reminders, choice.digest) == (person, True, False)


@pytest.mark.parametrize("name", ["company_plan", "company_plan_csv", "company_plan_ics", "company_plan_mail"])
def test_another_companys_plan_does_not_exist_here(signed_in, name):
    assert signed_in.get(plan_url(make_company(), name)).status_code == 404


def test_another_companys_action_does_not_exist_here(signed_in, company):
    action = make_action(make_company())

    assert signed_in.get(action.get_absolute_url()).status_code == 404
    assert signed_in.get(reverse("company_action", args=[company.pk, action.pk])).status_code == 404


def test_an_action_that_is_done_says_since_when_until_it_no_longer_is(signed_in, company):
    action, done = make_action(company), []
    for status in ["done", "under_way"]:
        signed_in.post(reverse("company_action", args=[company.pk, action.pk]), typed(action, status=status))
        action.refresh_from_db()
        done.append((action.status, action.done_at is not None))

    assert done == [("done", True), ("under_way", False)]
