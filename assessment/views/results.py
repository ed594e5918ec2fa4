"""A company's own result, and the answers it was made of."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.models import Result
from assessment.reports.assessments.reopenings import since
from assessment.reports.plans.actions import put_aside
from assessment.reports.plans.distance import distance
from assessment.reports.results.frames import frame_reading
from assessment.reports.results.page import result_page
from assessment.reports.showcase.matching import on_result
from assessment.rules.movement import movement
from assessment.rules.requests import SignedInRequest
from assessment.views.permissions import find_result
from marks import menu


@menu("assessments")
@login_required
@require_safe
def result(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    page = result_page(result)
    before = Result.objects.before(result).light().first()
    context = {
        "page": page,
        "distance": distance(page, without=put_aside(result.company)),
        "movement": movement(before, result),
        "before": before,
        "readings": frame_reading(page),
        "use_cases": on_result(page, user=request.user),
        "was_sent": "sent" in request.GET,
        "since": since(result, role=cast(Any, result).role),
    }
    return render(request, "assessment/result.html", context)


@menu("assessments")
@login_required
@require_safe
def result_answers(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    # The answers as they were submitted, whatever became of the assessment and of the company's profile since.
    context = {"page": result_page(find_result(request, pk, number))}
    return render(request, "assessment/result_answers.html", context)
