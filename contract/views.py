from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contract import reports
from contract.models import Contract, Project
from marks import listed, menu, public


@menu("contract")
@public(seconds=60)
@listed
@require_safe
def contract(request: HttpRequest) -> HttpResponse:
    latest = Contract.objects.select_related("source", "also_in").last()
    if latest is None:
        return render(request, "contract/none.html")
    return render(request, "contract/contract.html", reports.contract_page(latest))


@menu("contract")
@public(seconds=60)
@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.with_details(), code=code)
    return render(request, "contract/project.html", reports.project_page(project))
