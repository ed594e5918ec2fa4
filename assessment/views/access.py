"""A company's record of staff readings and changes."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment.models import Company, StaffAccess
from assessment.rules.requests import SignedInRequest
from assessment.views.paging import left_out, page_of
from marks import menu

ON_A_PAGE = 25


@menu("assessments")
@login_required
@require_safe
def company_accesses(request: SignedInRequest, pk: UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    accesses = StaffAccess.objects.concerning(company).select_related("by").prefetch_related("member_changes__user")
    page = page_of(request, accesses, ON_A_PAGE)
    return render(
        request, "people/accesses.html", {"company": company, "page": page, "left_out": left_out(request, page)}
    )
