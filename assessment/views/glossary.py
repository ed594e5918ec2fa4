"""The sector's terms explained, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessment.reports.questionnaire.glossary import entries
from marks import DAY, listed, menu, public


@menu("questionnaire")
@public(seconds=DAY, needs_data=False)
@listed
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "questionnaire/glossary.html", {"entries": entries(get_language())})
