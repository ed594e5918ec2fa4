"""The history of one answer: what was saved, by whom, when; an earlier value can be used again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.actions.answers import ConflictError, save_answer
from assessment.forms.moves import UseAgainForm
from assessment.reports.assessments.answer_history import AnswerHistory
from assessment.rules.requests import SignedInRequest
from assessment.views.assessments import question_url
from assessment.views.paging import left_out, page_of
from assessment.views.permissions import find_assessment, may_answer, require
from marks import allowance, menu

A_PAGE = 25


@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_history(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    assessment = find_assessment(request, pk)
    history = AnswerHistory(assessment, code)
    if history.question is None:
        raise Http404
    if request.method == "POST":
        require(may_answer(assessment))
        return _use_again(request, history)
    return _page(request, history)


def _page(request: SignedInRequest, history: AnswerHistory, *, problem: str = "", status: int = 200) -> HttpResponse:
    assessment, code = history.assessment, history.code
    current = assessment.answers.filter(question=code).first()
    page = page_of(request, history.changes(), A_PAGE)
    context = {
        "assessment": assessment,
        "question": history.question,
        "is_put": history.is_put,
        "back": question_url(assessment, history.now, code) if history.is_put else assessment.get_absolute_url(),
        "current": current,
        "page": page,
        "left_out": left_out(request, page),
        "entries": [history.entry(change, current) for change in page],
        "may_answer": may_answer(assessment),
        "problem": problem,
    }
    return render(request, "assessment/answer_history.html", context, status=status)


def _use_again(request: SignedInRequest, history: AnswerHistory) -> HttpResponse:
    form = UseAgainForm(request.POST)
    if not form.is_valid():
        return _page(request, history, problem=_("Not saved: choose one of the values below."), status=422)
    change = get_object_or_404(history.changes(), revision=form.cleaned_data["again"])
    if not history.may_be_given(change):
        problem = _("Not saved: this value no longer answers the question as it is put now.")
        return _page(request, history, problem=problem, status=422)
    try:
        save_answer(assessment=history.assessment, saving=form.saving(change), by=request.user)
    except ConflictError as conflict:
        problem = _("Not saved: %(person)s saved another answer meanwhile. It is the first one below.")
        return _page(request, history, problem=problem % {"person": conflict.current.saved_by or "–"}, status=409)
    messages.success(request, _("Saved."))
    return redirect("answer_history", history.assessment.pk, history.code)
