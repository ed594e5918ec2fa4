"""For which of a person's companies a trial can be kept."""

from django.db.models import Exists, OuterRef, QuerySet

from assessment.models import Assessment, Company, User


def companies_to_keep_for(user: User) -> QuerySet[Company]:
    """One query, with ``has_open``: those that have an open assessment keep its answers."""
    open_ones = Assessment.objects.open().filter(company=OuterRef("pk"), campaign=None)
    return Company.objects.answerable_by(user).annotate(has_open=Exists(open_ones))
