"""The right to give rights: somebody always has it."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet

from assessment.models import User

GIVING_RIGHTS = "change_user"


def administrators() -> QuerySet[User]:
    return ModelBackend().with_perm(f"assessment.{GIVING_RIGHTS}").filter(is_staff=True)


@transaction.atomic
def another_remains(user: User) -> bool:
    # Whether somebody else gives rights; all staff are locked first, since two may take each other's right at once.
    list(User.objects.select_for_update().filter(is_staff=True).order_by("pk").values_list("pk"))
    return administrators().exclude(pk=user.pk).exists()


def would_give_rights(*, is_active: bool, is_staff: bool, is_superuser: bool, groups: Any) -> bool:
    giving = Permission.objects.filter(content_type__app_label="assessment", codename=GIVING_RIGHTS)
    return is_active and is_staff and (is_superuser or giving.filter(group__in=groups).exists())
