"""Whatever people do, in whatever order: an invitation opens one door once, and each one comes back to their place."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.actions import team
from assessment.models import Invitation, Membership
from assessment.reports.assessments.team import stopped_at
from assessment.rules.standing import standing_of
from tests.factories import NOON, answer, make_membership, make_user

pytestmark = pytest.mark.django_db
ORDERS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
ADDRESSES = ["bob@company.example", "carl@company.example"]


class Door:
    """The links sent so far, and a model of which of them still opens: for whom, as what, until when."""

    def __init__(self, company, by):
        self.company, self.by, self.now = company, by, NOON
        self.people = {address: make_user(email=address) for address in ADDRESSES}
        self.sent, self.opens = [], {}

    def invite(self, address, role):
        if address in self.members():
            with pytest.raises(team.AlreadyMemberError):
                team.invite(company=self.company, email=address, role=role, by=self.by, at=self.now)
            return
        invitation = team.invite(company=self.company, email=address, role=role, by=self.by, at=self.now)
        self.opens = {pk: kept for pk, kept in self.opens.items() if kept[0] != address}
        self.opens[invitation.pk] = (address, role, self.now + timedelta(days=7))
        self.sent.append(invitation)

    def withdraw(self, place):
        if self.sent:
            invitation = self.sent[place % len(self.sent)]
            team.withdraw(invitation=invitation, by=self.by, at=self.now)
            self.opens.pop(invitation.pk, None)

    def accept(self, place, address):
        if not self.sent:
            return
        invitation = self.sent[place % len(self.sent)]
        invited, role, until = self.opens.get(invitation.pk, (None, None, self.now))
        before = self.members()
        try:
            team.accept(invitation=invitation, by=self.people[address], at=self.now)
        except (team.NotUsableError, team.ForSomebodyElseError):
            assert not (until > self.now and invited == address)
            assert self.members() == before
            return
        assert (until > self.now, invited) == (True, address)
        assert self.members() == {address: role} | before
        del self.opens[invitation.pk]

    def wait(self, days):
        self.now += timedelta(days=days)

    def members(self):
        mine = Membership.objects.filter(company=self.company, user__email__in=ADDRESSES)
        return dict(mine.values_list("user__email", "role"))

    def holds(self):
        open_now = Invitation.objects.open(self.now)
        assert {kept.pk for kept in open_now} == {pk for pk, kept in self.opens.items() if kept[2] > self.now}
        assert all(Invitation.objects.waiting().filter(email=address).count() <= 1 for address in ADDRESSES)


addresses, places = st.sampled_from(ADDRESSES), st.integers(0, 9)
invitation_steps = st.one_of(
    st.tuples(st.just("invite"), addresses, st.sampled_from(["manager", "contributor", "reader"])),
    st.tuples(st.just("withdraw"), places),
    st.tuples(st.just("accept"), places, addresses),
    st.tuples(st.just("wait"), st.integers(0, 8)),
)


@ORDERS
@given(steps=st.lists(invitation_steps, max_size=12))
def test_a_link_opens_once_for_its_address_while_it_is_the_latest(company, person, steps):
    with transaction.atomic():
        door = Door(company, person)
        for step, *arguments in steps:
            getattr(door, step)(*arguments)
            door.holds()
        transaction.set_rollback(True)


QUESTIONS = {"STR": ["STR.VIS.1", "STR.VIS.2"], "OPS": ["OPS.CYB.1", "OPS.CYB.2"]}
dimensions = st.sampled_from(sorted(QUESTIONS))
place_steps = st.lists(
    st.tuples(st.sampled_from(["open", "touch", "save"]), st.integers(0, 1), dimensions, st.integers(0, 1)), max_size=12
)


@ORDERS
@given(steps=place_steps)
def test_each_person_comes_back_to_what_they_did_last(company, person, assessment, steps):
    with transaction.atomic():
        other = make_user()
        make_membership(company=company, user=other)
        people, expected, asked = [person, other], {}, [q for both in QUESTIONS.values() for q in both]
        revisions = dict.fromkeys(asked, 0)
        for step, who, dimension, which in steps:
            user, question = people[who], QUESTIONS[dimension][which]
            if step == "save":
                revisions[question] = answer(
                    assessment=assessment,
                    by=user,
                    question=question,
                    value={"unknown": True},
                    state="unknown",
                    revision=revisions[question],
                )
            team.arrive(
                assessment=assessment, user=user, dimension=dimension, question="" if step == "open" else question
            )
            # A page just opened is a place in its dimension; a question touched or answered is the place itself
            expected[user] = QUESTIONS[dimension] if step == "open" else [question]
        for user in people:
            assert where(assessment, user) in expected.get(user, [None])
        transaction.set_rollback(True)


def where(assessment, user):
    rows = list(assessment.answers.all())
    place = assessment.places.filter(user=user).first()
    return stopped_at(standing=standing_of(assessment, rows), rows=rows, place=place, user=user)
