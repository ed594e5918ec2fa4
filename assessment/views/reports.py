"""The report of a result: as a PDF that carries its signed file."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessment.exchange.signed_results import file_name, signed_result
from assessment.models import Result
from assessment.reports.results.report import Report, report_of
from assessment.reports.results.report_pdf import report_pdf as pdf_of
from assessment.reports.results.report_words import document
from assessment.rules.requests import SignedInRequest
from assessment.views.making import made
from assessment.views.permissions import find_result
from marks import menu


@menu("assessments")
@login_required
@require_safe
def report_pdf(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result, at = find_result(request, pk, number), timezone.now()
    report = asked_for(request, result, at)

    def make() -> bytes:
        signed = signed_result(result, with_answers=report.with_answers, at=at)
        return pdf_of(document(report), signed=signed, name=f"{file_name(result)}.json", at=at)

    return made(request, make, f"{file_name(result)}.pdf", "application/pdf")


def asked_for(request: SignedInRequest, result: Result, at: datetime) -> Report:
    # With the answers unless they are left out, without comments unless they are asked for
    asked = request.GET
    answers, comments = asked.get("answers") != "no", asked.get("comments") == "yes"
    return report_of(result, with_answers=answers, with_comments=comments, at=at)
