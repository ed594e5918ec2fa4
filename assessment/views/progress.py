"""What moved between two results of a company."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.forms.progress import SinceForm
from assessment.models import Result
from assessment.reports.plans.actions import done_between
from assessment.reports.progress.page import progress_page
from assessment.reports.progress.timeline import timeline
from assessment.rules.requests import SignedInRequest
from assessment.views.permissions import find_result
from marks import menu


@menu("assessments")
@login_required
@require_safe
def result_progress(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    results = list(Result.objects.filter(company=result.company_id).light().select_related("version__questionnaire"))
    place = results.index(result)
    earlier = results[place + 1 :]
    if not earlier:
        return render(request, "progress/first.html", {"result": result})
    form = SinceForm(request.GET or None, earlier=earlier)
    before = Result.objects.select_related("version__questionnaire").get(pk=form.chosen().pk)
    context = {
        "result": result,
        "form": form,
        "page": progress_page(before, result, done_between(before, result)),
        "timeline": timeline(results[::-1]),
        "results": results,
    }
    return render(request, "progress/progress.html", context, status=422 if form.errors else 200)
