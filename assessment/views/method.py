"""Public method pages: the computation of a score, the history of versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.forms.preview import PreviewForm
from assessment.reports.questionnaire.method import method as worked_out
from assessment.reports.questionnaire.preview import current_version
from assessment.reports.questionnaire.typical import EXAMPLES
from assessment.reports.questionnaire.versions import history
from marks import DAY, listed, menu, public


@menu("questionnaire")
@public(seconds=DAY)
@listed
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    version = current_version()
    if version is None:
        return render(request, "questionnaire/nothing_published.html", status=404)
    sub_sector, size = EXAMPLES[0]
    company = PreviewForm({"sub_sector": sub_sector, "size": size})
    context = {"version": version, "method": worked_out(version), "company": company}
    return render(request, "questionnaire/method.html", context)


@menu("questionnaire")
@public(seconds=DAY)
@require_safe
def method_versions(request: HttpRequest) -> HttpResponse:
    return render(request, "questionnaire/versions.html", {"entries": history()})
