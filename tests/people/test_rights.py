"""Who gives people their rights: never oneself, never the last one away, and no group more than it has."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from assessment.actions.administrators import administrators, another_remains
from assessment.admin.people import UserForm
from assessment.models import User
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db
NOTHING_BELOW = {
    "memberships-TOTAL_FORMS": 0,
    "memberships-INITIAL_FORMS": 0,
    "authenticator_set-TOTAL_FORMS": 0,
    "authenticator_set-INITIAL_FORMS": 0,
}


@pytest.fixture
def administrator(client):
    user = make_staff(group="administrator", email="admin@csf.example")
    client.force_login(user)
    return user


def group(name):
    return Group.objects.get(name=name)


def change(client, user, **values):
    address = reverse("admin:assessment_user_change", args=[user.pk])
    return client.post(address, {"name": user.name} | NOTHING_BELOW | values)


def rights(user):
    user = User.objects.get(pk=user.pk)
    return user.is_active, user.is_staff, user.is_superuser, {group.name for group in user.groups.all()}


@pytest.mark.parametrize("posted", [{}, {"is_superuser": "on"}, {"is_active": "on", "is_staff": "on"}])
def test_nobody_changes_their_own_rights(client, administrator, posted):
    answer = change(client, administrator, **posted, groups=[group("editor").pk])

    assert answer.status_code == 302
    assert rights(administrator) == (True, True, False, {"administrator"})


def test_a_superuser_doesn_t_either(client):
    root = make_user(email="root@csf.example", is_staff=True, is_superuser=True)
    client.force_login(root)

    change(client, root)

    assert rights(root) == (True, True, True, set())


def test_an_administrator_changes_the_rights_of_others(client, administrator):
    other = make_staff(group="administrator")

    change(client, other, is_active="on", is_staff="on", groups=[group("reader").pk])

    assert rights(other) == (True, True, False, {"reader"})


def test_whoever_is_left_alone_with_the_right_to_give_rights_is_told_apart():
    """Two administrators take each other's right at once: for the second, the first has lost it already."""
    first, second = make_staff(group="administrator"), make_staff(group="administrator")

    before = another_remains(second)
    first.groups.clear()

    assert (before, another_remains(second)) == (True, False)
    assert list(administrators()) == [second]


def test_the_last_who_gives_rights_keeps_that_right():
    last = make_staff(group="administrator")
    form = UserForm(
        {"email": last.email, "is_active": "on", "is_staff": "on", "groups": [group("reader").pk]}, instance=last
    )

    assert form.non_field_errors() == [
        "Somebody must be left who gives people their rights: make another administrator first."
    ]


@pytest.mark.parametrize("by", ["administrator", "superuser"])
def test_what_a_group_may_do_is_changed_by_nobody(client, by):
    user = make_staff(group="administrator") if by == "administrator" else make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    address, added = reverse("admin:auth_group_change", args=[group("reader").pk]), reverse("admin:auth_group_add")
    everything = {"name": "reader", "permissions": list(Permission.objects.values_list("pk", flat=True))}
    before = set(group("reader").permissions.all())

    statuses = [client.post(at, everything).status_code for at in [address, added]]

    assert statuses == [403, 403]
    assert set(group("reader").permissions.all()) == before


def test_what_a_group_may_do_is_read(client, administrator, django_assert_num_queries):
    address = reverse("admin:auth_group_change", args=[group("reader").pk])
    client.get(address)  # kinds of rows are read once a process

    with django_assert_num_queries(6):  # session, user, permissions ×2, the group, what it may do
        page = client.get(address)

    assert "Strategic contract | project | see" in page.content.decode()


@pytest.mark.parametrize("name", ["reader", "reviewer", "editor"])
def test_no_group_may_do_what_an_administrator_may_not(name):
    """Or an administrator would give, by a second account, what is not theirs."""
    own = set(group("administrator").permissions.values_list("codename", flat=True))

    assert set(group(name).permissions.values_list("codename", flat=True)) - own == set()
