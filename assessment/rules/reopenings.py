"""Assessments open beside a submitted one."""

from assessment.models import Assessment


def open_beside(assessment: Assessment) -> Assessment | None:
    """The company's open assessment of the same campaign, None for none: two open ones would split its answers."""
    return Assessment.objects.open().filter(company=assessment.company_id, campaign=assessment.campaign_id).first()
