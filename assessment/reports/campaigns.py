"""Where a person's companies stand in a campaign."""

from dataclasses import dataclass

from assessment.models import Assessment, Campaign, Company, Membership


@dataclass(frozen=True, slots=True)
class Entry:
    """A company, and its assessment in the campaign: the open one, else the one last submitted, None before both."""

    membership: Membership
    assessment: Assessment | None

    @property
    def company(self):
        return self.membership.company

    @property
    def may_answer(self):
        return self.membership.role in Membership.WRITERS


def entries(campaign: Campaign, user) -> list[Entry]:
    """Two queries, however many companies the user has."""
    memberships = user.memberships.select_related("company").order_by("company__name", "pk")
    mine = Assessment.objects.visible_to(user).filter(campaign=campaign)
    latest = {assessment.company_id: assessment for assessment in in_order(mine)}
    return [Entry(membership, latest.get(membership.company_id)) for membership in memberships]


def entry(campaign: Campaign, company: Company) -> Assessment | None:
    return in_order(company.assessments.filter(campaign=campaign)).last()


def in_order(assessments):
    """The one that counts comes last: an open one, else the newest."""
    return assessments.order_by("-status", "started_at", "pk")
