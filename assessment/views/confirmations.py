"""Saying that answers carried over still hold: one, or all that wait; and taking that back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessment.actions.carrying import confirm_answers, take_back
from assessment.actions.errors import ClosedError
from assessment.forms.answers import AnswerForm
from assessment.forms.confirmations import BatchForm, ConfirmationsForm
from assessment.models import Assessment
from assessment.models.compiled import compiled
from assessment.rules.confirmation import confirmed_by
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import numbers, standing_of
from assessment.views.permissions import find_assessment, find_dimension, may_answer, require
from marks import allowance, menu


@menu("assessments")
@allowance("saves")
@login_required
@require_POST
def assessment_confirmations(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm every answer that the review showed as waiting; ``undo`` takes a confirmation back."""
    assessment = find_assessment(request, pk)
    require(may_answer(assessment))
    return _undo(request, assessment) if "undo" in request.POST else _confirm_all(request, assessment)


def _confirm_all(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    form = ConfirmationsForm(request.POST, codes=standing_of(assessment, assessment.answers.all()).unconfirmed)
    review = reverse("assessment_review", args=[assessment.pk])
    if not form.is_valid():
        messages.error(request, _("Nothing was confirmed: the page was out of date. Here is what waits now."))
        return redirect(review)
    batch = form.cleaned_data["batch"]
    confirm_answers(assessment=assessment, revisions=form.revisions, by=request.user, batch=batch)
    return redirect(f"{review}?confirmed={batch}")


def _undo(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    form = BatchForm({"batch": request.POST["undo"]})
    count = take_back(assessment=assessment, batch=form.batch_or_none)
    told = ngettext(
        "%(count)s answer waits again to be confirmed.", "%(count)s answers wait again to be confirmed.", count
    )
    messages.success(request, told % {"count": count})
    code = request.POST.get("dimension")
    if code is None:
        return redirect("assessment_review", assessment.pk)
    return redirect("assessment_dimension", assessment.pk, find_dimension(compiled(assessment.version), code).code)


@menu("assessments")
@allowance("saves")
@login_required
@require_POST
def answer_confirm(request: SignedInRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    # Say in place that a carried answer still holds, or take it back.
    # Without htmx the page of the dimension does it, with its other answers.
    assessment = find_assessment(request, pk)
    questionnaire = compiled(assessment.version)
    if not questionnaire.has_question(code):
        raise Http404
    require(may_answer(assessment))
    form = AnswerForm(request.POST, question=questionnaire.question(code))
    batch = uuid.uuid4()
    try:
        if "undo" in request.POST:
            take_back(assessment=assessment, batch=BatchForm({"batch": request.POST["undo"]}).batch_or_none)
        else:
            _confirm(request, assessment, form, batch)
    except ClosedError:
        return render(request, "assessment/_closed.html", {"assessment": assessment}, status=410)
    row = assessment.answers.filter(question=code).first()
    context = {
        "assessment": assessment,
        "name": code,
        "anchor": f"q{numbers(questionnaire)[code]}",
        "question": form.question,
        "row": row,
        "may_answer": True,
        "replied": batch if row else None,
        "may_take_back": row is not None and bool(confirmed_by([row], batch)),
    }
    response = render(request, "assessment/_to_confirm.html", context)
    response["HX-Trigger"] = "answer-saved"
    return response


def _confirm(request: SignedInRequest, assessment: Assessment, form: AnswerForm, batch: uuid.UUID) -> None:
    form.is_valid()
    revisions = {form.question.code: form.cleaned_data.get("revision") or 0}
    confirm_answers(assessment=assessment, revisions=revisions, by=request.user, batch=batch)
