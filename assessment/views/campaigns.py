"""A campaign's own address: what its announcements link to. It starts a company's assessment, or goes on with it."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assessment.actions.carrying import start
from assessment.forms.assessments import OriginForm
from assessment.models import Assessment, Campaign, Company
from assessment.reports.assessments.campaigns import entries, entry, last_result
from assessment.rules.requests import SignedInRequest
from marks import menu


@menu("assessments")
@require_safe
@login_required
def campaign(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = Campaign.objects.select_related("version").filter(pk=pk).first()
    if campaign is None or not campaign.is_open():
        return _closed(request, campaign)
    return render(request, "team/campaign.html", {"campaign": campaign, "entries": entries(campaign, request.user)})


@menu("assessments")
@require_POST
@login_required
def campaign_start(request: SignedInRequest, pk: int, company_pk: UUID) -> HttpResponse:
    # Go on with what the company has in this campaign, its result once submitted; else start, as it chose to.
    company = get_object_or_404(Company.objects.answerable_by(request.user), pk=company_pk)
    campaign = Campaign.objects.select_related("version").filter(pk=pk).first()
    assessment = campaign and entry(campaign, company)
    if assessment is None and (campaign is None or not campaign.is_open()):
        return _closed(request, campaign)
    assessment = assessment or _start(request, cast(Campaign, campaign), company)
    return redirect("assessment_resume", assessment.pk)


def _start(request: SignedInRequest, found: Campaign, company: Company) -> Assessment:
    form = OriginForm(request.POST, last=last_result(found, company))
    carried = form.last if form.is_valid() and form.carries else None
    return start(company=company, version=found.version, campaign=found, by=request.user, answers_of=carried)


def _closed(request: SignedInRequest, found: Campaign | None) -> HttpResponse:
    # Who has something in it, under way or submitted, is led there; to the others it is no page any more.
    begun = [entry for entry in entries(found, request.user) if entry.assessment] if found else []
    context = {"campaign": found, "entries": begun, "replaced": found and found.is_time() and not found.is_open()}
    return render(request, "team/campaign_closed.html", context, status=200 if begun else 404)
