"""What to do next after a result: steps tried out, the best plan computed. Only targets are stored here."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessment.actions.plans import set_targets
from assessment.forms.plans import GoalForm, TargetsForm
from assessment.maturity.definition import Level
from assessment.models import Company, Result
from assessment.reports.plans.actions import put_aside
from assessment.reports.plans.basis import Basis, basis_of, best
from assessment.reports.plans.cases import beside
from assessment.reports.plans.frontier import half_way
from assessment.reports.plans.page import PlanPage, best_page, least_page
from assessment.reports.plans.priorities import own_targets, priorities_page, proposed_for
from assessment.reports.plans.whatif import whatif_page
from assessment.reports.results.page import result_page
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import numbers
from assessment.views.permissions import find_result, may_plan, require
from marks import menu


@menu("assessments")
@login_required
@require_safe
def result_whatif(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    basis = basis_of(result)
    anchors = {code: f"q{place}" for code, place in numbers(basis.questionnaire).items()}
    page = whatif_page(basis, dict(request.GET.lists()), anchors)
    return render(request, "plans/whatif.html", {"result": result, "page": page, "may_change": may_plan(result)})


@menu("assessments")
@login_required
@require_safe
def result_plan(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    basis = basis_of(result)
    form = GoalForm(request.GET or None, levels=basis.questionnaire.levels, now=result.level)
    page, unreachable = _plan(basis, form, put_aside(result.company))
    cases = beside(result_page(result), [step.question.code for step in page.steps])
    context = {
        "result": result,
        "form": form,
        "page": page,
        "steps": [(step, cases.get(step.question.code)) for step in page.steps],
        "unreachable": unreachable,
        "may_change": may_plan(result),
        "deadline": form.deadline if form.is_bound and form.is_valid() else None,
    }
    return render(request, "plans/plan.html", context, status=422 if form.errors else 200)


def _plan(basis: Basis, form: GoalForm, without: Mapping[str, str]) -> tuple[PlanPage, Level | None]:
    chosen = form.is_bound and form.is_valid()
    level, effort = (form.cleaned_data["level"], form.most) if chosen else (None, None)
    if level is not None:
        page = least_page(basis, level, without)
        return (page, None) if page else (best_page(basis, None, without), basis.questionnaire.level(level))
    if effort is None:
        effort = half_way(best(basis, None, frozenset(without)))
    return best_page(basis, effort, without), None


@menu("assessments")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def result_priorities(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    if request.method == "POST":
        require(may_plan(result))
        return _save_targets(request, result)
    own = own_targets(result.company)
    return _priorities(request, result, own, _targets_form(result, own))


def _priorities(
    request: SignedInRequest, result: Result, own: Mapping[str, int], form: TargetsForm, status: int = 200
) -> HttpResponse:
    page = priorities_page(result, own)
    context = {"result": result, "page": page, "form": form, "may_change": may_plan(result)}
    return render(request, "plans/priorities.html", context, status=status)


@transaction.atomic
def _save_targets(request: SignedInRequest, result: Result) -> HttpResponse:
    # Two people at once wait for each other on the company's row.
    company = Company.objects.select_for_update().get(pk=result.company_id)
    own = own_targets(company)
    form = _targets_form(result, own, request.POST)
    if not form.is_valid():
        return _priorities(request, result, own, form, 409 if form.overtaken else 422)
    set_targets(company=company, scores=form.scores())
    messages.success(request, _("The targets are saved."))
    return redirect("result_priorities", result.assessment_id, result.number)


def _targets_form(result: Result, own: Mapping[str, int], data: QueryDict | None = None) -> TargetsForm:
    page = result_page(result)
    dimensions = [line.dimension for line in page.dimensions]
    return TargetsForm(data, dimensions=dimensions, own=own, proposed=proposed_for(result, page))
