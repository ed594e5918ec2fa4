"""An assessment filled in by a workbook: taken away, sent back, looked at, then agreed to."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessment.actions.answers import ConflictError
from assessment.actions.workbook import Foreseen, apply_workbook, foresee
from assessment.exchange.filled_workbook import Filled, Problem
from assessment.exchange.workbook import questionnaire_workbook
from assessment.forms.workbook import Agreement, TamperedError, WorkbookForm, sealed, unsealed
from assessment.maturity.definition import Question
from assessment.models import Assessment
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.preview import preview
from assessment.rules.answers import profile_of
from assessment.rules.requests import SignedInRequest
from assessment.views.permissions import find_assessment, may_answer, require
from marks import menu
from spreadsheets.kinds import KINDS


@menu("assessments")
@login_required
@require_safe
def assessment_workbook_file(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    assessment = find_assessment(request, pk)
    require(may_answer(assessment))
    company = assessment.company
    shown = preview(
        assessment.version,
        profile=profile_of(company),
        express=assessment.path == Assessment.Path.EXPRESS,
    )
    labels = [company.get_sub_sector_display(), company.get_size_display(), *company.activity_labels]
    content = questionnaire_workbook(shown, labels=labels, assessment=assessment, answers=assessment.answers.all())
    headers = {"Content-Disposition": f'attachment; filename="{named_after(assessment)}.xlsx"'}
    return HttpResponse(content, content_type=KINDS["xlsx"].content_type, headers=headers)


def named_after(assessment: Assessment) -> str:
    # Its company and its year, in signs that every system keeps.
    year = timezone.localtime(assessment.started_at).year
    return f"{slugify(str(assessment.company)) or assessment.version.number}-{year}"


@menu("assessments")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_workbook(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    # Send a workbook: first shown what it would change, stored only when the person agrees.
    assessment = find_assessment(request, pk)
    require(may_answer(assessment))
    if "agreement" in request.POST:
        return _agreed(request, assessment)
    form = WorkbookForm(request.POST or None, request.FILES or None, questionnaire=compiled(assessment.version))
    if request.method != "POST" or not form.is_valid():
        return _page(request, assessment, form, status=200 if request.method != "POST" else 422)
    filled = form.cleaned_data["workbook"]
    foreseen = foresee(assessment=assessment, filled=filled, by=request.user)
    is_sure = all(problem.question for problem in filled.problems)
    if not is_sure or (filled.problems and not foreseen.changes):
        return _page(request, assessment, form, problems=filled.problems, status=422)
    return _shown(request, assessment, filled, foreseen)


def _page(
    request: SignedInRequest,
    assessment: Assessment,
    form: WorkbookForm,
    *,
    problems: Sequence[Any] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"assessment": assessment, "form": form, "problems": problems, "lines": _lines(assessment, problems)}
    return render(request, "questionnaire/workbook.html", context, status=status)


def _lines(assessment: Assessment, problems: Sequence[Problem]) -> list[tuple[Problem, Question | None]]:
    # Each bad cell with its question, None where it is about a sheet.
    ask = compiled(assessment.version).question
    return [(problem, ask(problem.question) if problem.question else None) for problem in problems]


def _shown(
    request: SignedInRequest, assessment: Assessment, filled: Filled, foreseen: Foreseen, *, status: int = 200
) -> HttpResponse:
    # Show what the workbook would change, before anything does; what can't be read stays as it is on the site.
    agreement = Agreement(filled, foreseen.seen, uuid.uuid4())
    context = {
        "assessment": assessment,
        "foreseen": foreseen,
        "agreement": sealed(agreement, assessment=assessment, user=request.user),
        "moved": status == 409,
        "problems": filled.problems,
        "lines": _lines(assessment, filled.problems),
    }
    return render(request, "questionnaire/workbook_changes.html", context, status=status)


def _agreed(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    try:
        agreement = unsealed(request.POST["agreement"], assessment=assessment, user=request.user)
    except TamperedError:
        messages.error(request, _("Nothing was changed: too much time has passed. Send the workbook again."))
        return redirect("assessment_workbook", assessment.pk)
    foreseen = foresee(assessment=assessment, filled=agreement.filled, by=request.user)
    if not foreseen.changes:
        messages.info(request, _("Everything that the workbook says is saved already."))
        return redirect(assessment)
    if foreseen.seen != agreement.seen:
        return _shown(request, assessment, agreement.filled, foreseen, status=409)
    return _apply(request, assessment, agreement, foreseen)


def _apply(request: SignedInRequest, assessment: Assessment, agreement: Agreement, foreseen: Foreseen) -> HttpResponse:
    taken = request.POST.getlist("take")
    try:
        count = apply_workbook(
            assessment=assessment, foreseen=foreseen, taken=taken, batch=agreement.batch, by=request.user
        )
    except ConflictError:
        foreseen = foresee(assessment=assessment, filled=agreement.filled, by=request.user)
        return _shown(request, assessment, agreement.filled, foreseen, status=409)
    saved = ngettext("%(count)s answer was saved.", "%(count)s answers were saved.", count)
    messages.success(request, saved % {"count": count})
    return redirect(assessment)
