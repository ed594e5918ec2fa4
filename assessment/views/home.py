"""The two first pages: for a visitor, and for somebody signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.reports.assessments.start import cards
from assessment.reports.questionnaire.home import offer
from assessment.rules.requests import SignedInRequest
from assessment.views.trials import find_trial
from marks import DAY, listed, menu, public


@public(seconds=DAY)
@listed
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    return render(request, "home.html", {"offer": offer()})


@menu("assessments")
@login_required
@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    return render(request, "start.html", {"cards": cards(request.user), "trial": find_trial(request)})
