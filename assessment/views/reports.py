"""The report of a result: a PDF that carries its signed file, a document and a workbook to work on."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessment.exchange.report_docx import report_docx as docx_of
from assessment.exchange.report_xlsx import report_xlsx as xlsx_of
from assessment.exchange.signed_results import file_name, signed_result
from assessment.models import Result
from assessment.reports.results.report import Report, report_of
from assessment.reports.results.report_pdf import radar_picture
from assessment.reports.results.report_pdf import report_pdf as pdf_of
from assessment.reports.results.report_words import document
from assessment.rules.requests import SignedInRequest
from assessment.views.making import made
from assessment.views.permissions import find_result
from marks import menu
from spreadsheets.kinds import KINDS

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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


@menu("assessments")
@login_required
@require_safe
def report_docx(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    report = asked_for(request, result, timezone.now())

    def make() -> bytes:
        words = document(report)
        return docx_of(words, radar_picture(words))

    return made(request, make, f"{file_name(result)}.docx", DOCX)


@menu("assessments")
@login_required
@require_safe
def report_xlsx(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    report = asked_for(request, result, timezone.now())
    return made(request, lambda: xlsx_of(report), f"{file_name(result)}.xlsx", KINDS["xlsx"].content_type)


def asked_for(request: SignedInRequest, result: Result, at: datetime) -> Report:
    # With the answers unless they are left out, without comments unless they are asked for
    asked = request.GET
    answers, comments = asked.get("answers") != "no", asked.get("comments") == "yes"
    return report_of(result, with_answers=answers, with_comments=comments, at=at)
