"""Filling in: a page for each dimension, and the saving of one answer."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions.answers import ConflictError, MovedError, RequestReusedError, save_answer
from assessment.actions.carrying import save_page
from assessment.actions.errors import AnswerError, ClosedError
from assessment.actions.team import arrive
from assessment.forms.answers import AnswerForm, cleared
from assessment.forms.confirmations import BatchForm
from assessment.forms.dimension_page import neighbours, sections, shown_now
from assessment.maturity.definition import Dimension
from assessment.models import Answer, Assessment, Membership
from assessment.models.compiled import compiled
from assessment.reports.assessments.team import others_here
from assessment.rules.confirmation import confirmed_by
from assessment.rules.pace import time_left
from assessment.rules.requests import SignedInRequest
from assessment.rules.saving import known, remember
from assessment.rules.standing import Standing, numbers, standing_of
from assessment.views.assessments import question_url, submitted_answers
from assessment.views.permissions import find_assessment, find_dimension, find_to_save, may_answer, require
from assessment.views.save_replies import not_saved, page_is_of, reused, saved
from marks import allowance, menu


@menu("assessments")
@allowance("saves")
@login_required
@require_http_methods(["GET", "POST"])
def dimension(request: SignedInRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    # All questions of a dimension; POST saves the page whole, for browsers without JavaScript.
    assessment = find_assessment(request, pk)
    dimension = find_dimension(compiled(assessment.version), code)
    if request.method == "GET" and not assessment.is_open:
        return redirect(submitted_answers(assessment))  # a browser keeps the question that the address pointed at
    rows = stored_answers(assessment)
    if request.method == "GET":
        arrive(assessment=assessment, user=request.user, dimension=dimension.code)
        return _page(request, assessment, dimension, rows)
    require(may_answer(assessment))
    return _save_page(request, assessment, dimension, rows)


def _page(
    request: SignedInRequest,
    assessment: Assessment,
    found: Dimension,
    rows: list[Answer],
    *,
    data: QueryDict | None = None,
    conflicts: Sequence[Answer] = (),
    status: int = 200,
) -> HttpResponse:
    where = standing_of(assessment, rows)
    before, after = neighbours(where.questionnaire, found)
    shown = sections(standing=where, dimension=found, rows=rows, data=data)
    problems = [item for section in shown for item in section.asked if item.form.problems and not item.hidden]
    batch = BatchForm({"batch": request.GET.get("confirmed")}).batch_or_none
    context = {
        "assessment": assessment,
        "standing": where,
        "dimension": found,
        "sections": shown,
        "time_left": time_left(where, rows),
        "problems": problems if data is not None else [],
        "conflicts": conflicts,
        "before": before,
        "after": after,
        "confirmed": batch,
        "confirmed_count": len(confirmed_by(rows, batch)),
        **_to_confirm(assessment, where, found),
        "consultation": assessment.consultations.filter(dimension=found.code).first(),
        "others_here": others_here(assessment=assessment, dimension=found.code, user=request.user),
    }
    return render(request, "assessment/dimension.html", context, status=status)


def _to_confirm(assessment: Assessment, where: Standing, dimension: Dimension) -> dict[str, Any]:
    codes = {question.code for question in dimension.questions}
    return {
        "here": where.count(dimension.questions),
        "may_answer": may_answer(assessment),
        "unconfirmed": [code for code in where.unconfirmed if code in codes],
        "unconfirmed_elsewhere": [code for code in where.unconfirmed if code not in codes],
    }


def _save_page(request: SignedInRequest, assessment: Assessment, found: Dimension, rows: list[Answer]) -> HttpResponse:
    stored = {row.question: row for row in rows}
    data = cleared(request.POST)
    forms = [
        AnswerForm(data, question=question, row=stored.get(question.code))
        for question in found.questions
        if f"{question.code}-revision" in data
    ]
    if not all(form.is_valid() for form in forms):
        return _page(request, assessment, found, rows, data=data, status=422)
    # Ids that a page posts were given to its saves one by one: posting it whole is another save
    savings = [replace(form.saving(), request=uuid.uuid4()) for form in forms if form.changed]
    try:
        confirmed, batch = _confirmed(request.POST, assessment, rows, forms), uuid.uuid4()
        count = save_page(assessment=assessment, savings=savings, confirmed=confirmed, by=request.user, batch=batch)
    except MovedError:
        return dimension(request, assessment.pk, found.code)  # read anew, with the questions as they are put now
    except ConflictError as conflict:
        return _page(request, assessment, found, rows, data=data, conflicts=[conflict.current], status=409)
    before, rows = set(standing_of(assessment, rows).places), stored_answers(assessment)
    if any(form.problems for form in forms):
        return _page(request, assessment, found, rows, data=data)
    if savings or not count:
        messages.success(request, _("Saved."))
    say_changed(request, before, set(standing_of(assessment, rows).places))
    return _onwards(request, assessment, found, batch if count else None)


def stored_answers(assessment: Assessment) -> list[Answer]:
    return list(assessment.answers.order_by("question").select_related("saved_by"))


def say_changed(request: SignedInRequest, before: set[str], after: set[str]) -> None:
    # As the page's script does where there is one: questions that the answers brought up or took away.
    appeared, vanished = len(after - before), len(before - after)
    if appeared:
        text = ngettext(
            "Your answers bring up %(number)s more question.",
            "Your answers bring up %(number)s more questions.",
            appeared,
        )
        messages.info(request, text % {"number": appeared})
    if vanished:
        text = ngettext(
            "%(number)s question no longer concerns you: its answer is kept, but not counted.",
            "%(number)s questions no longer concern you: their answers are kept, but not counted.",
            vanished,
        )
        messages.info(request, text % {"number": vanished})


def _confirmed(
    data: QueryDict, assessment: Assessment, rows: Iterable[Answer], forms: Iterable[AnswerForm]
) -> dict[str, int]:
    """Return the revisions that a "confirm" button speaks for, by question code: of one answer, or of all shown."""
    read = {form.question.code: form.cleaned_data["revision"] or 0 for form in forms}
    if "confirm_all" in data:
        return {code: read[code] for code in standing_of(assessment, rows).unconfirmed if code in read}
    return {code: read[code] for code in data.getlist("confirm") if code in read}


def _onwards(
    request: SignedInRequest, assessment: Assessment, found: Dimension, batch: uuid.UUID | None
) -> HttpResponse:
    _before, after = neighbours(compiled(assessment.version), found)
    if "next" not in request.POST:
        return redirect(_confirmed_url(assessment, found, request.POST.get("confirm"), batch))
    if after is None:
        express = assessment.path == Assessment.Path.EXPRESS
        return redirect("assessment_first_result" if express else "assessment_review", assessment.pk)
    return redirect("assessment_dimension", assessment.pk, after.code)


def _confirmed_url(assessment: Assessment, found: Dimension, code: str | None, batch: uuid.UUID | None) -> str:
    # The page again: at the question that was confirmed, with the way to take the confirmation back.
    questionnaire, confirmed = compiled(assessment.version), f"?confirmed={batch}" if batch else ""
    if code is not None and questionnaire.has_question(code):
        page, _hash, anchor = cast(str, question_url(assessment, questionnaire, code)).partition("#")
        return f"{page}{confirmed}#{anchor}"
    return reverse("assessment_dimension", args=[assessment.pk, found.code]) + confirmed


@menu("assessments")
@allowance("saves")
@require_POST
def answer(request: SignedInRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    # Save one answer and say so; only a reply that carries the new revision means "saved".
    if not page_is_of(request.user, request):
        return HttpResponse(status=401)
    return _save_at_once(request, pk, code) or _save_or_say_why(request, pk, code)


def _save_at_once(request: SignedInRequest, pk: uuid.UUID, code: str) -> HttpResponse | None:
    """One query, which asks for the right too; None where nothing was saved, or there is more to say than "saved"."""
    assessment = known.get(pk)
    if assessment is None or not (questionnaire := compiled(assessment.version)).has_question(code):
        return None
    form = AnswerForm(request.POST, question=questionnaire.question(code))
    if not form.is_valid() or form.problems or form.doubt:
        return None
    at = timezone.now()
    try:
        revision = save_answer(assessment=assessment, saving=form.saving(), by=request.user, at=at)
    except AnswerError:
        return None
    return saved({"form": form}, revision=revision, at=at)


def _save_or_say_why(request: SignedInRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    assessment = find_to_save(request, pk)
    remember(assessment)
    questionnaire = compiled(assessment.version)
    if not questionnaire.has_question(code):
        raise Http404
    require(assessment.role in Membership.WRITERS)
    form = AnswerForm(request.POST, question=questionnaire.question(code))
    context = {"form": form, "number": numbers(questionnaire)[code], "assessment": assessment}
    if not form.is_valid():
        return not_saved(request, context, form.problems)
    return _save(request, assessment, form, context)


def _save(request: SignedInRequest, assessment: Assessment, form: AnswerForm, context: dict[str, Any]) -> HttpResponse:
    at = timezone.now()
    try:
        revision = save_answer(assessment=assessment, saving=form.saving(), by=request.user, at=at)
    except MovedError:
        return answer(request, assessment.pk, form.question.code)
    except ClosedError:
        return render(request, "assessment/_closed.html", context, status=410)
    except ConflictError as conflict:
        theirs = AnswerForm(question=form.question, row=conflict.current)
        return render(request, "assessment/_conflict.html", context | {"theirs": theirs}, status=409)
    except RequestReusedError:
        return reused(request, context)
    return saved(context, revision=revision, at=at)


@menu("assessments")
@login_required
@require_safe
def progress(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    assessment = find_assessment(request, pk)
    rows = list(assessment.answers.all())
    where = standing_of(assessment, rows)
    code = request.GET.get("dimension", "")
    context = {"assessment": assessment, "standing": where, "code": code, "refreshed": True}
    context["time_left"] = time_left(where, rows)
    dimension = next((found for found in where.questionnaire.dimensions if found.code == code), None)
    if dimension:
        context |= _to_confirm(assessment, where, dimension)
    elif where.express:
        context |= {"may_answer": may_answer(assessment), "unconfirmed": where.unconfirmed}
    response = render(request, "assessment/_progress.html", context)
    response["HX-Trigger"] = json.dumps({"questions-shown": shown_now(where, where.questionnaire.questions)})
    return response


@menu("assessments")
@login_required
@require_POST
def full_path(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    # Continue an express assessment with the full questionnaire: every answer is kept.
    assessment = find_assessment(request, pk)
    require(may_answer(assessment))
    Assessment.objects.open().filter(pk=assessment.pk).update(path=Assessment.Path.FULL)
    messages.success(request, _("You continue with the full questionnaire. Every answer was kept."))
    return redirect(assessment)
