"""What to do next after a result: steps tried out, the best plan computed. Nothing is stored here."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.forms.plans import GoalForm
from assessment.maturity.definition import Level
from assessment.reports.plans.basis import Basis, basis_of, best
from assessment.reports.plans.frontier import half_way
from assessment.reports.plans.page import PlanPage, best_page, least_page
from assessment.reports.plans.whatif import whatif_page
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import numbers
from assessment.views.permissions import find_result, may_plan
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
    page, unreachable = _plan(basis, form)
    context = {"result": result, "form": form, "page": page, "unreachable": unreachable}
    context["may_change"] = may_plan(result)
    return render(request, "plans/plan.html", context, status=422 if form.errors else 200)


def _plan(basis: Basis, form: GoalForm) -> tuple[PlanPage, Level | None]:
    goal = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if goal.get("level") is not None:
        page = least_page(basis, goal["level"])
        return (page, None) if page else (best_page(basis, None), basis.questionnaire.level(goal["level"]))
    effort = goal.get("effort")
    return best_page(basis, half_way(best(basis, None)) if effort is None else effort), None
