"""Individual answers: members answer a dimension each for themselves, compare, and a manager records what counts.

Whoever is a member gives individual answers, readers too: they count in no score. Nobody reads another's before having
given their own, or they would not be their own; closing the consultation, or submitting, opens the comparison to all.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions.answers import ConflictError, MovedError, RequestReusedError, save_answers
from assessment.actions.errors import ClosedError
from assessment.actions.individual_answers import (
    ConsultationClosedError,
    close_consultation,
    open_consultation,
    save_individual_answer,
    save_individual_answers,
)
from assessment.forms.answers import AnswerForm, cleared
from assessment.forms.dimension_page import sections, shown_now
from assessment.forms.individual_answers import ConsensusForm
from assessment.maturity.definition import Dimension
from assessment.models import Answer, Assessment, Consultation, User
from assessment.models.compiled import compiled
from assessment.reports.assessments.individual_answers import (
    Individual,
    Line,
    compared,
    everybody,
    individual,
    participation,
)
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import numbers
from assessment.views.permissions import find_assessment, find_dimension, may_submit, require
from assessment.views.save_replies import not_saved, page_is_of, reused, saved
from marks import allowance, menu


# --- Asking -----------------------------------------------------------------------------------------------------------
@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "POST"])
def consultation(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    # What individual answers are and where the dimension stands; POST asks the members for theirs, or asks again.
    assessment = find_assessment(request, pk)
    dimension = find_dimension(compiled(assessment.version), code)
    if request.method == "POST":
        require(may_submit(assessment))
        return _open(request, assessment, dimension)
    individuals = _individuals(assessment, dimension)
    context = {
        "assessment": assessment,
        "dimension": dimension,
        "consultation": consultations(assessment, code).first(),
        "mine": _of(individuals, request.user),
        "may_manage": may_submit(assessment),
        "people": participation(members=assessment.company.memberships.select_related("user"), individuals=individuals),
    }
    return render(request, "individual_answers/consultation.html", context)


def _open(request: SignedInRequest, assessment: Assessment, dimension: Dimension) -> HttpResponse:
    try:
        open_consultation(assessment=assessment, dimension=dimension.code, by=request.user)
    except ClosedError:
        messages.error(request, _("This assessment was submitted meanwhile: its answers can no longer be changed."))
    else:
        messages.success(request, _("Every member can now give an own view of this dimension."))
    return redirect("consultation", assessment.pk, dimension.code)


@menu("assessments")
@allowance("saves")
@login_required
@require_POST
def consultation_close(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    assessment = find_assessment(request, pk)
    asked = find_consultation(assessment, code)
    require(may_submit(assessment))
    close_consultation(consultation=asked, by=request.user)
    messages.success(request, _("Closed. Every member can now compare the views."))
    return redirect("comparison", assessment.pk, code)


def consultations(assessment: Assessment, code: str) -> QuerySet[Consultation]:
    # The one of the dimension, with its people; its assessment is the one at hand.
    return assessment.consultations.filter(dimension=code).select_related("opened_by", "closed_by")


def find_consultation(assessment: Assessment, code: str) -> Consultation:
    return get_object_or_404(consultations(assessment, code))


# --- Answering for oneself --------------------------------------------------------------------------------------------
@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "POST"])
def individual_answers(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    assessment = find_assessment(request, pk)
    dimension = find_dimension(compiled(assessment.version), code)
    asked = find_consultation(assessment, code)
    mine = _mine(assessment, dimension, request.user)
    if request.method == "GET":
        return _page(request, asked, mine)
    return _save_page(request, asked, mine)


def _page(
    request: SignedInRequest, asked: Consultation, mine: Individual, *, data: QueryDict | None = None, status: int = 200
) -> HttpResponse:
    shown = sections(standing=mine.standing, dimension=mine.dimension, rows=mine.rows.values(), data=data)
    problems = [item for section in shown for item in section.asked if item.form.problems and not item.hidden]
    context = {
        "assessment": asked.assessment,
        "consultation": asked,
        "dimension": mine.dimension,
        "mine": mine,
        "sections": shown,
        "problems": problems if data is not None else [],
    }
    return render(request, "individual_answers/answering.html", context, status=status)


def _save_page(request: SignedInRequest, asked: Consultation, mine: Individual) -> HttpResponse:
    data = cleared(request.POST)
    forms = [
        AnswerForm(data, question=question, row=mine.rows.get(question.code))
        for question in mine.dimension.questions
        if f"{question.code}-revision" in data
    ]
    if not all(form.is_valid() for form in forms):
        return _page(request, asked, mine, data=data, status=422)
    try:
        save_individual_answers(
            consultation=asked, savings=[form.saving() for form in forms if form.changed], by=request.user
        )
    except ConsultationClosedError:
        messages.error(request, _("Not saved: own views of this dimension are no longer taken."))
        return redirect("consultation", asked.assessment_id, asked.dimension)
    if any(form.problems for form in forms):
        return _page(request, asked, _mine(asked.assessment, mine.dimension, request.user), data=data)
    messages.success(request, _("Saved."))
    return redirect("individual_answers", asked.assessment_id, asked.dimension)


@menu("assessments")
@allowance("saves")
@require_POST
def individual_answer(request: SignedInRequest, pk: UUID, code: str, question: str) -> HttpResponse:
    # Save one individual answer and say so; only a reply that carries the new revision means "saved".
    if not page_is_of(request.user, request):
        return HttpResponse(status=401)
    assessment = find_assessment(request, pk)
    questionnaire = compiled(assessment.version)
    wanted = next((q for q in find_dimension(questionnaire, code).questions if q.code == question), None)
    if wanted is None:
        raise Http404
    asked = find_consultation(assessment, code)
    form = AnswerForm(request.POST, question=wanted)
    context = {"form": form, "number": numbers(questionnaire)[question], "assessment": assessment}
    if not form.is_valid():
        return not_saved(request, context, form.problems)
    return _save(request, asked, form, context)


def _save(request: SignedInRequest, asked: Consultation, form: Any, context: dict[str, Any]) -> HttpResponse:
    at = timezone.now()
    try:
        revision = save_individual_answer(consultation=asked, saving=form.saving(), by=request.user, at=at)
    except ConsultationClosedError:
        return render(request, "individual_answers/_closed.html", context | {"consultation": asked}, status=410)
    except ConflictError as conflict:
        newer = AnswerForm(question=form.question, row=conflict.current)
        return render(request, "individual_answers/_conflict.html", context | {"newer": newer}, status=409)
    except RequestReusedError:
        return reused(request, context)
    return saved(context, revision=revision, at=at)


@menu("assessments")
@login_required
@require_safe
def individual_progress(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    # The part of the page that follows the answers: what is left, which questions are now put.
    assessment = find_assessment(request, pk)
    questionnaire = compiled(assessment.version)
    dimension = find_dimension(questionnaire, code)
    asked = find_consultation(assessment, code)
    mine = _mine(assessment, dimension, request.user)
    context = {"assessment": assessment, "consultation": asked, "dimension": dimension, "mine": mine}
    response = render(request, "individual_answers/_progress.html", context)
    response["HX-Trigger"] = json.dumps({"questions-shown": shown_now(mine.standing, dimension.questions)})
    return response


def _mine(assessment: Assessment, dimension: Dimension, user: User) -> Individual:
    return individual(
        assessment=assessment,
        dimension=dimension,
        answers=assessment.answers.all(),
        rows=assessment.individual_answers.filter(user=user),
        user=user,
    )


# --- Comparing --------------------------------------------------------------------------------------------------------
@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "POST"])
def comparison(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    # Everybody's answers, those furthest apart first; POST takes one of them, or some, as what counts.
    assessment = find_assessment(request, pk)
    dimension = find_dimension(compiled(assessment.version), code)
    asked = find_consultation(assessment, code)
    answers = list(assessment.answers.select_related("saved_by"))
    individuals = _individuals(assessment, dimension, answers)
    if not may_compare(asked, _of(individuals, request.user)):
        status = 200 if request.method == "GET" else 403
        context = {"assessment": assessment, "dimension": dimension}
        return render(request, "individual_answers/not_yet.html", context, status=status)
    lines = compared(assessment=assessment, dimension=dimension, answers=answers, individuals=individuals)
    if request.method == "POST":
        require(may_submit(assessment))
        return _record(request, asked, dimension, lines)
    return _comparison(request, asked, dimension, [ConsensusForm(line=line) for line in lines])


def may_compare(asked: Consultation, mine: Individual | None) -> bool:
    return not asked.is_running or (mine is not None and mine.is_complete)


def _comparison(
    request: SignedInRequest,
    asked: Consultation,
    dimension: Dimension,
    forms: Sequence[ConsensusForm],
    *,
    conflict: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "assessment": asked.assessment,
        "consultation": asked,
        "dimension": dimension,
        "forms": forms,
        "agreed": [form for form in forms if form.line.agreed],
        "problems": [form for form in forms if form.is_bound and form.problems],
        "conflict": conflict,
        "may_manage": may_submit(asked.assessment),
    }
    return render(request, "individual_answers/comparison.html", context, status=status)


def _record(request: SignedInRequest, asked: Consultation, dimension: Dimension, lines: Sequence[Line]) -> HttpResponse:
    forms = [
        ConsensusForm(request.POST if f"{line.question.code}-revision" in request.POST else None, line=line)
        for line in lines
    ]
    posted = [form for form in forms if form.is_bound]
    if not all(form.is_valid() for form in posted):
        return _comparison(request, asked, dimension, forms, status=422)
    try:
        save_answers(
            assessment=asked.assessment, savings=[form.saving() for form in posted if form.changed], by=request.user
        )
    except MovedError:
        return comparison(request, asked.assessment_id, asked.dimension)  # with the questions as they are put now
    except ConflictError as conflict:
        return _comparison(request, asked, dimension, forms, conflict=conflict.current, status=409)
    messages.success(request, _("Saved."))
    page = reverse("comparison", args=[asked.assessment_id, asked.dimension])
    return redirect(f"{page}#{posted[0].line.anchor}" if len(posted) == 1 else page)


def _individuals(assessment: Assessment, dimension: Dimension, answers: list[Answer] | None = None) -> list[Individual]:
    return everybody(
        assessment=assessment,
        dimension=dimension,
        answers=list(assessment.answers.all()) if answers is None else answers,
        rows=assessment.individual_answers.filter(question__in=[q.code for q in dimension.questions]).select_related(
            "user"
        ),
    )


def _of(individuals: Iterable[Individual], user: User) -> Individual | None:
    return next((view for view in individuals if view.user == user), None)
