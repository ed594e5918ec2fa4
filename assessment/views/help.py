"""Before the questionnaire: what to prepare; after it: where to find help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessment.reports.questionnaire.help import helpers
from marks import DAY, listed, menu, public


@menu("questionnaire")
@public(seconds=DAY, needs_data=False)
@listed
@require_safe
def prepare(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/prepare.html")


@menu("questionnaire")
@public(seconds=DAY, needs_data=False)
@listed
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html", {"kinds": helpers(get_language())})
