"""One save's view of its assessment: the person's right and role, the questions it puts."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from assessment.models import Assessment, User, Version
from assessment.models.prepared import Given, Prepared

# In the order of the models, as from_db wants them
OF_ASSESSMENT = ["id", "version_id", "status"]
OF_VERSION = ["id", "status", "checksum", "published_at", "texts_revision"]


@Prepared
def visible() -> QuerySet[Assessment, Any]:
    mine = (
        Assessment.objects.of_member(Given("reader", User._meta.pk))
        .filter(pk=Given("pk", Assessment._meta.pk))
        .order_by()
    )
    return mine.values_list("role", *OF_ASSESSMENT, *[f"version__{name}" for name in OF_VERSION])


def assessment_to_save(*, user: User, pk: UUID) -> Assessment | None:
    """Return what ``visible_to(user)`` would, its version with it; None where it isn't theirs. One query."""
    row = visible.first(reader=user.pk, pk=pk)
    if row is None:
        return None
    role, *values = row
    assessment = Assessment.from_db(connection.alias, OF_ASSESSMENT, values[: len(OF_ASSESSMENT)])
    assessment.version = Version.from_db(connection.alias, OF_VERSION, values[len(OF_ASSESSMENT) :])
    assessment.role = role
    return assessment
