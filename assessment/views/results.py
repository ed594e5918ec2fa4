"""A company's own result, and the proof of it."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessment.models import Result
from assessment.reports.assessments.reopenings import since
from assessment.reports.plans.distance import distance
from assessment.reports.results.frames import frame_reading
from assessment.reports.results.page import result_page
from assessment.reports.showcase.matching import on_result
from assessment.rules.answers import COUNTED, engine_answer
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
        "distance": distance(page),
        "movement": movement(before, result),
        "before": before,
        "readings": frame_reading(page),
        "use_cases": on_result(page, user=request.user),
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


@menu("assessments")
@login_required
@require_safe
def proof(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    # The answers and what the engine made of them, as a file: anybody can score it again with the open rules.
    result = find_result(request, pk, number)
    content = {
        "profile": result.profile,
        "answers": {
            code: engine_answer(kept["value"]).to_json()
            for code, kept in result.answers.items()
            if kept["state"] in COUNTED
        },
        "result": result.trace,
        "answers_sha256": result.answers_sha256,
    }
    filename = f"{result.version.number}-{timezone.localdate(result.submitted_at)}.json"
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 1})
