"""A company's record of staff readings and changes."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment.models import Company, StaffAccess
from marks import menu

ON_A_PAGE = 25


@menu("assessments")
@login_required
@require_safe
def company_accesses(request, pk):
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    accesses = StaffAccess.objects.concerning(company).select_related("by").prefetch_related("member_changes__user")
    page = Paginator(accesses, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/accesses.html", {"company": company, "page": page})
