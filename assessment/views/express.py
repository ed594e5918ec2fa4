"""The express path: its questions on one page, and what they say together."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessment.actions.answers import ConflictError, MovedError
from assessment.actions.carrying import save_page
from assessment.forms.answers import AnswerForm, cleared
from assessment.forms.express_page import asked, parts, posted_forms
from assessment.models import Answer, Assessment
from assessment.rules.pace import time_left
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import Standing, standing_of
from assessment.views.permissions import find_assessment, may_answer, require
from marks import allowance, menu


@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def express(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    # All express questions; POST saves the page whole, for browsers without JavaScript.
    assessment = find_assessment(request, pk)
    if request.method == "POST":
        require(may_answer(assessment))
        return _save(request, assessment)
    if not assessment.is_open or assessment.path != Assessment.Path.EXPRESS:
        return redirect(assessment)
    return _page(request, assessment)


def _page(
    request: SignedInRequest,
    assessment: Assessment,
    *,
    data: QueryDict | None = None,
    conflicts: Sequence[Answer] = (),
    ended: bool = False,
    status: int = 200,
) -> HttpResponse:
    """``ended``: the person asked for the result, so that the page says what is still missing."""
    rows = list(assessment.answers.order_by("question").select_related("saved_by"))
    where = standing_of(assessment, rows)
    shown = parts(standing=where, rows=rows, data=data)
    context = {
        "assessment": assessment,
        "standing": where,
        "time_left": time_left(where, rows),
        "parts": shown,
        "sections": [section for part in shown for section in part.sections],
        "conflicts": conflicts,
        "may_answer": may_answer(assessment),
        "unconfirmed": where.unconfirmed,
        **to_do(where, shown, data, ended=ended),
    }
    return render(request, "express/questions.html", context, status=status)


def to_do(where: Standing, shown: list, data: QueryDict | None, *, ended: bool) -> dict[str, list]:
    """Return what the page points out: typed values that can't be, and questions that still need an answer."""
    items, left = asked(shown), set(where.open_questions)
    return {
        "problems": [item for item in items if data is not None and item.form.problems and not item.hidden],
        "missing": [item for item in items if ended and item.question.code in left],
    }


def _save(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    rows = list(assessment.answers.order_by("question"))
    where, data = standing_of(assessment, rows), cleared(request.POST)
    forms = posted_forms(standing=where, rows=rows, data=data)
    if not all(form.is_valid() for form in forms):
        return _page(request, assessment, data=data, status=422)
    # Ids that a page posts were given to its saves one by one: posting it whole is another save
    savings = [replace(form.saving(), request=uuid.uuid4()) for form in forms if form.changed]
    confirmed = _confirmed(request.POST, where, forms)
    try:
        save_page(assessment=assessment, savings=savings, confirmed=confirmed, by=request.user)
    except MovedError:
        return express(request, assessment.pk)  # read anew, with the questions as they are put now
    except ConflictError as conflict:
        return _page(request, assessment, data=data, conflicts=[conflict.current], status=409)
    if any(form.problems for form in forms):
        return _page(request, assessment, data=data)
    return _onwards(request, assessment)


def _confirmed(data: QueryDict, where: Standing, forms: Sequence[AnswerForm]) -> dict[str, int]:
    """Return the revisions that a "confirm" button speaks for, by question code."""
    read = {form.question.code: form.cleaned_data["revision"] or 0 for form in forms}
    codes = where.unconfirmed if "confirm_all" in data else data.getlist("confirm")
    return {code: read[code] for code in codes if code in read}


def _onwards(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    if assessment.path != Assessment.Path.EXPRESS:
        return redirect(assessment)  # a colleague continued with the full questionnaire meanwhile
    if "next" not in request.POST:
        return redirect("assessment_express", assessment.pk)
    if standing_of(assessment, assessment.answers.all()).open_questions:
        return _page(request, assessment, ended=True)
    return redirect("assessment_first_result", assessment.pk)
