"""Inviting and accepting when the database fails half-way or many come at once: before or after, never between."""

import threading

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from assessment.actions import team
from assessment.models import Invitation, Membership
from tests.factories import make_company, make_user
from tests.team.conftest import ADDRESS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("failing", range(1, 17))
def test_a_fault_at_any_statement_of_an_invitation_leaves_the_former_one(company, person, failing):
    first = team.invite(company=company, email=ADDRESS, role="reader", by=person)

    faulted = with_fault(failing, lambda: team.invite(company=company, email=ADDRESS, role="manager", by=person))

    [waiting] = Invitation.objects.waiting()
    assert (waiting.role, waiting.pk == first.pk) == (("reader", True) if faulted else ("manager", False))
    assert Invitation.objects.count() == (1 if faulted else 2)


@pytest.mark.parametrize("failing", range(1, 17))
def test_a_fault_at_any_statement_of_an_acceptance_leaves_no_half_member(invited, bob, failing):
    faulted = with_fault(failing, lambda: team.accept(invitation=invited, by=bob))

    invited.refresh_from_db()
    state = (Membership.objects.filter(user=bob).count(), invited.accepted_by)
    assert state == ((0, None) if faulted else (1, bob))


def test_the_faults_reach_every_statement(company, person, bob):
    """Else the two tests above would try nothing past the end."""
    with counted() as inviting:
        invitation = team.invite(company=company, email=ADDRESS, role="reader", by=person)
    with counted() as accepting:
        team.accept(invitation=invitation, by=bob)

    assert (2 < len(inviting) < 16, 2 < len(accepting) < 16) == (True, True)


def counted():
    return CaptureQueriesContext(connection)


def with_fault(failing, act):
    """Whether a fault at this statement, counted from 1, was met."""
    count = 0

    def fail(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == failing:
            raise DatabaseError("fault")
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(fail):  # no transaction but the action's own takes anything back
            act()
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_of_fifty_uses_at_once_one_is_accepted():
    manager, bob = make_user(), make_user(email=ADDRESS)
    invitation = team.invite(company=make_company(member=manager), email=ADDRESS, role="reader", by=manager)
    outcomes, start = [], threading.Barrier(50)

    def use():
        start.wait()
        try:
            outcomes.append(team.accept(invitation=invitation, by=bob))
        except team.NotUsableError:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes, key=str) == [None] * 49 + [True]
    assert Membership.objects.filter(user=bob).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_of_ten_invitations_of_one_address_at_once_five_are_sent_and_one_waits():
    manager = make_user()
    company = make_company(member=manager)
    start, refused = threading.Barrier(10), []

    def send():
        start.wait()
        try:
            team.invite(company=company, email=ADDRESS, role="reader", by=manager)
        except team.AddressInvitedOftenError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Invitation.objects.count(), Invitation.objects.waiting().count(), len(refused)) == (5, 1, 5)
