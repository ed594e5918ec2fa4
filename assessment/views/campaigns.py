"""A campaign's own address: what its announcements link to. It starts a company's assessment, or goes on with it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessment.actions.answers import start_assessment
from assessment.models import Campaign, Company
from assessment.reports.campaigns import entries, entry


@require_safe
@login_required
def campaign(request, pk):
    found = Campaign.objects.select_related("version").filter(pk=pk).first()
    if found is None or not found.is_open():
        return _closed(request, found)
    return render(request, "team/campaign.html", {"campaign": found, "entries": entries(found, request.user)})


@require_POST
@login_required
def campaign_start(request, pk, company_pk):
    """Go on with what the company has in this campaign, its result once submitted; else start."""
    company = get_object_or_404(Company.objects.answerable_by(request.user), pk=company_pk)
    found = Campaign.objects.select_related("version").filter(pk=pk).first()
    if found is None or not found.is_open():
        return _closed(request, found)
    assessment = entry(found, company) or start_assessment(
        company=company, by=request.user, version=found.version, campaign=found
    )
    return redirect("assessment_resume", assessment.pk)


def _closed(request, found):
    return render(request, "team/campaign_closed.html", {"campaign": found}, status=404)
