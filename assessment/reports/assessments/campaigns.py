"""Progress of a person's companies in a campaign."""

from dataclasses import dataclass

from django.db.models import QuerySet

from assessment.models import Assessment, Campaign, Company, Membership, Result, User
from assessment.models.results import ResultQuerySet


@dataclass(frozen=True, slots=True)
class Entry:
    """A company, and its assessment in the campaign: the open one, else the one last submitted, None before both.

    ``last``: its newest result, whose answers the one in the campaign may begin with.
    """

    membership: Membership
    assessment: Assessment | None
    last: Result | None

    @property
    def company(self) -> Company:
        return self.membership.company

    @property
    def may_answer(self) -> bool:
        return self.membership.role in Membership.WRITERS


def entries(campaign: Campaign, user: User) -> list[Entry]:
    """Three queries, however many companies the user has."""
    memberships = user.memberships.select_related("company").order_by("company", "pk")
    mine = Assessment.objects.visible_to(user).filter(campaign=campaign)
    latest = {assessment.company_id: assessment for assessment in in_order(mine)}
    last = {result.company_id: result for result in in_time(results(campaign).visible_to(user))}
    return [
        Entry(membership, latest.get(membership.company_id), last.get(membership.company_id))
        for membership in memberships
    ]


def entry(campaign: Campaign, company: Company) -> Assessment | None:
    return in_order(company.assessments.filter(campaign=campaign)).last()


def last_result(campaign: Campaign, company: Company) -> Result | None:
    return in_time(results(campaign).filter(company=company)).last()


def results(campaign: Campaign) -> ResultQuerySet:
    # Those of the campaign's questionnaire, of any version: their answers can be carried over.
    return Result.objects.filter(version__questionnaire=campaign.version.questionnaire_id)


def in_time(found: QuerySet[Result]) -> QuerySet[Result]:
    return found.defer("trace", "summary").order_by("submitted_at", "pk")


def in_order(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    # The one that counts comes last: an open one, else the newest.
    return assessments.order_by("-status", "started_at", "pk")
