"""The published questionnaire for anybody to read, and to take away for a meeting."""

from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessment.exchange.workbook import questionnaire_workbook
from assessment.forms.preview import PreviewForm
from assessment.maturity.file.format import dump
from assessment.models import Version
from assessment.models.compiled import compiled
from assessment.reports.questionnaire.pdf import questionnaire_pdf as printed
from assessment.reports.questionnaire.preview import Preview, current_version, preview
from assessment.reports.questionnaire.typical import EXAMPLES
from assessment.views.making import given, made
from language.leftout import in_words
from marks import DAY, listed, menu, public
from spreadsheets.kinds import KINDS


@menu("questionnaire")
@public(seconds=DAY)
@listed
@require_safe
def questionnaire(request: HttpRequest) -> HttpResponse:
    version, form = current_version(), PreviewForm(request.GET)
    if version is None:
        return render(request, "questionnaire/nothing_published.html", status=404)
    examples = [PreviewForm({"sub_sector": sub_sector, "size": size}) for sub_sector, size in EXAMPLES]
    context = {"version": version, "form": form, "preview": _preview(version, form), "examples": examples}
    context["left_out"] = in_words(form.left_out)
    return render(request, "questionnaire/questionnaire.html", context)


@menu("questionnaire")
@public(seconds=DAY)
@require_safe
def questionnaire_dimension(request: HttpRequest, code: str) -> HttpResponse:
    version, form = _published(), PreviewForm(request.GET)
    preview_page = _preview(version, form)
    part = preview_page.part(code)
    if part is None:
        raise Http404
    before, after = preview_page.neighbours(part)
    context = {
        "version": version,
        "form": form,
        "left_out": in_words(form.left_out),
        "preview": preview_page,
        "part": part,
        "before": before,
        "after": after,
    }
    return render(request, "questionnaire/dimension.html", context)


@menu("questionnaire")
@require_safe
def questionnaire_pdf(request: HttpRequest) -> HttpResponse:
    version, form = _published(), PreviewForm(request.GET)
    if form.left_out or form.half_said:
        return _asked_again(request)

    def make() -> bytes:
        return printed(_preview(version, form), labels=form.labels, at=cast(datetime, version.published_at))

    return made(request, make, f"{version}.pdf", "application/pdf")


@menu("questionnaire")
@require_safe
def questionnaire_xlsx(request: HttpRequest) -> HttpResponse:
    version, form = _published(), PreviewForm(request.GET)
    if form.left_out or form.half_said:
        return _asked_again(request)

    def make() -> bytes:
        return questionnaire_workbook(_preview(version, form), labels=form.labels)

    return made(request, make, f"{version}.xlsx", KINDS["xlsx"].content_type)


@menu("questionnaire")
@require_safe
def questionnaire_file(request: HttpRequest) -> HttpResponse:
    # The version in force as the open file that anybody can read, fork, and score answers with.
    version = _published()
    return given(dump(compiled(version)), f"{version}.yaml", "application/yaml; charset=utf-8")


def _asked_again(request: HttpRequest) -> HttpResponse:
    # A file says nothing of what it leaves out: the page does.
    return redirect(f"{reverse('questionnaire')}?{request.GET.urlencode()}")


def _published() -> Version:
    version = current_version()
    if version is None:
        raise Http404
    return version


def _preview(version: Version, form: PreviewForm) -> Preview:
    return preview(version, profile=form.profile, express=form.express_only)
