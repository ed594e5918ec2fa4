"""Names of people: given once, and told apart where two colleagues bear the same."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from assessment.models import User


@transaction.atomic
def give_name(*, user: User, name: str) -> None:
    """Store what was typed where one joins a company; nothing typed leaves what there is."""
    if not name:
        return
    user.name = name
    user.save(update_fields=["name"])
    tell_apart(user)


def tell_apart(user: User) -> None:
    """One statement: who of the person and their colleagues bears a colleague's name is shown with their address.

    To be called when a person has joined a company or changed their name.
    """
    theirs = User.objects.filter(memberships__company__memberships__user=OuterRef("pk"), name__iexact=OuterRef("name"))
    namesakes = theirs.exclude(name="").exclude(pk=OuterRef("pk"))
    colleagues = User.objects.filter(memberships__company__memberships__user=user).values("pk")
    concerned = Q(pk=user.pk) | Q(pk__in=colleagues) & (Q(name__iexact=user.name) | Q(has_namesake=True))
    User.objects.filter(concerned).update(has_namesake=Exists(namesakes))
    user.refresh_from_db(fields=["has_namesake"])
