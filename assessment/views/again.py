"""From done to score: exactly the questions whose actions are done are asked first, on one page."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessment.actions.answers import ConflictError, MovedError
from assessment.actions.carrying import save_page, start
from assessment.forms.again_page import parts_with, posted
from assessment.forms.answers import AnswerForm, cleared
from assessment.models import Answer, Assessment, Membership, Result, Version
from assessment.reports.plans.again import done_since_result, given_again
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import standing_of
from assessment.views.actions import find_mine
from assessment.views.assessments import submitted_answers
from assessment.views.permissions import find_assessment, may_answer, require
from marks import allowance, menu


@menu("assessments")
@require_POST
@login_required
def company_plan_again(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the company's assessment, or begin one with the last answers."""
    mine = find_mine(request, pk)
    require(mine.role in Membership.WRITERS)
    version = Version.objects.current().select_related("questionnaire").first()
    if version is None:
        return render(request, "assessment/nothing_published.html", {"company": mine.company}, status=503)
    last = Result.objects.filter(company=pk, version__questionnaire=version.questionnaire_id).first()
    assessment = start(company=mine.company, version=version, by=request.user, answers_of=last)
    return redirect("assessment_again", assessment.pk)


@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_again(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    # POST saves the page whole, for browsers without JavaScript.
    assessment = find_assessment(request, pk)
    if request.method == "POST":
        require(may_answer(assessment))
        return _save(request, assessment)
    if not assessment.is_open:
        return redirect(submitted_answers(assessment))
    return _page(request, assessment)


def _page(
    request: SignedInRequest,
    assessment: Assessment,
    *,
    data: QueryDict | None = None,
    conflicts: Sequence[Answer] = (),
    status: int = 200,
) -> HttpResponse:
    rows = list(assessment.answers.order_by("question").select_related("saved_by"))
    where, done = standing_of(assessment, rows), done_since_result(assessment.company_id)
    shown, again = parts_with(done, standing=where, rows=rows, data=data), given_again(rows, done)
    items = [item for part in shown for item in part.items]
    context = {
        "assessment": assessment,
        "standing": where,
        "parts": [
            (part.dimension, [(item, done[item.question.code], item.question.code in again) for item in part.items])
            for part in shown
        ],
        "sections": [section for part in shown for section in part.sections],
        "count": len(items),
        "given": sum(item.question.code in again for item in items),
        "problems": [item for item in items if data is not None and item.form.problems],
        "conflicts": conflicts,
        "may_answer": may_answer(assessment),
        "unconfirmed": [],
        "unconfirmed_elsewhere": [code for code in where.unconfirmed if code not in done],
    }
    return render(request, "plans/again.html", context, status=status)


def _save(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    rows = list(assessment.answers.order_by("question"))
    data = cleared(request.POST)
    forms = posted(
        done_since_result(assessment.company_id), standing=standing_of(assessment, rows), rows=rows, data=data
    )
    if not all(form.is_valid() for form in forms):
        return _page(request, assessment, data=data, status=422)
    # Ids that a page posts were given to its saves one by one: posting it whole is another save
    savings = [replace(form.saving(), request=uuid.uuid4()) for form in forms if form.changed]
    try:
        save_page(assessment=assessment, savings=savings, confirmed=_confirmed(request.POST, forms), by=request.user)
    except MovedError:
        return assessment_again(request, assessment.pk)  # read anew, with the questions as they are put now
    except ConflictError as conflict:
        return _page(request, assessment, data=data, conflicts=[conflict.current], status=409)
    if any(form.problems for form in forms):
        return _page(request, assessment, data=data)
    messages.success(request, _("Saved."))
    return redirect("assessment_review" if "next" in request.POST else "assessment_again", assessment.pk)


def _confirmed(data: QueryDict, forms: Sequence[AnswerForm]) -> dict[str, int]:
    """Return the revisions that a "confirm" button speaks for, by question code."""
    read = {form.question.code: form.cleaned_data["revision"] or 0 for form in forms}
    return {code: read[code] for code in data.getlist("confirm") if code in read}
