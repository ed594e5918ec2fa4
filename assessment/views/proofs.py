"""The signed file of a result, the page that checks one, and what others need to check it themselves."""

from typing import Any, cast
from uuid import UUID

import structlog
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions.proofs import link_of, make_link, note_opening, revoke_link, withdraw
from assessment.exchange.attachments import MOST_PDF_BYTES, signed_file_in
from assessment.exchange.signed_results import file_name, second, signed_result
from assessment.forms.checking import CheckForm
from assessment.forms.links import ResultLinkForm
from assessment.maturity.signed import SignedFileError, key_set
from assessment.models import Membership, Result, ResultLink, Withdrawal
from assessment.reports.results.checking import Check, check
from assessment.reports.results.page import result_page
from assessment.reports.results.verdict import verdict
from assessment.rules.requests import SignedInRequest
from assessment.rules.signing import known_keys
from assessment.throttling import begin
from assessment.views.making import given
from assessment.views.permissions import find_result, require
from marks import DAY, listed, menu, public, receives, secret

log = structlog.get_logger("proofs")
MADE = "link made of result %s"  # in a session, from one request to the next
MOST_LINKS = 100  # shown, the newest first
ROUND_IT = 10_000  # bytes of the form around a file


@menu("assessments")
@login_required
@require_safe
def proof(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    # With the answers, or, where ``answers=no`` asks, with level and scores alone
    result = find_result(request, pk, number)
    content = signed_result(result, with_answers=request.GET.get("answers") != "no", at=timezone.now())
    return json_file(content, result)


def json_file(content: bytes, result: Result) -> HttpResponse:
    return given(content, f"{file_name(result)}.json", "application/json")


@menu("assessments")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def result_share(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    # Signed files for every member; a POST makes a link, whose address the next page alone holds
    result = find_result(request, pk, number)
    form, token = ResultLinkForm(), request.session.pop(MADE % result.pk, "")
    withdrawal = withdrawal_of(result)
    if request.method == "POST":
        require(is_manager(result) and not withdrawal)
        form = ResultLinkForm(request.POST)
        if form.is_valid():
            request.session[MADE % result.pk] = make_link(link=form.instance, result=result, by=request.user)
            return redirect("result_share", pk, number)
    context = {
        "result": result,
        "withdrawal": withdrawal,
        "may_manage": is_manager(result),
        "links": ResultLink.objects.visible_to(request.user).filter(result=result)[:MOST_LINKS],
        "now": timezone.now(),
        "form": form,
        "address": request.build_absolute_uri(reverse("shared_result", args=[token])) if token else "",
    }
    return render(request, "proofs/share.html", context, status=422 if form.errors else 200)


@menu("assessments")
@login_required
@require_POST
def result_link_revoke(request: SignedInRequest, pk: UUID, number: int, link_pk: int) -> HttpResponse:
    mine = ResultLink.objects.visible_to(request.user)
    link = get_object_or_404(mine, pk=link_pk, result__assessment_id=pk, result__number=number)
    revoke_link(link=link)
    messages.success(request, _("The link no longer opens."))
    return redirect("result_share", pk, number)


@secret
@never_cache
@require_safe
def shared_result(request: HttpRequest, token: str) -> HttpResponse:
    # What a program looks at ahead of its reader is no opening
    link = find_link(token)
    if request.method == "GET" and not is_looked_at_ahead(request):
        note_opening(link=link)
    context = {"link": link, "page": result_page(link.result), "token": token}
    return kept_to_oneself(render(request, "proofs/shared.html", context))


@secret
@never_cache
@require_safe
def shared_proof(request: HttpRequest, token: str) -> HttpResponse:
    link = find_link(token)
    content = signed_result(link.result, with_answers=link.with_answers, at=timezone.now())
    return kept_to_oneself(json_file(content, link.result))


def find_link(token: str) -> ResultLink:
    link = link_of(token)
    if link is None:
        raise Http404
    return link


def is_looked_at_ahead(request: HttpRequest) -> bool:
    purposes = [request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")]
    return any("prefetch" in purpose or "preview" in purpose for purpose in map(str.lower, purposes))


def kept_to_oneself(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@menu("assessments")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def result_withdraw(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    result = find_result(request, pk, number)
    require(is_manager(result))
    if request.method == "POST":
        withdraw(result=result)
        messages.success(request, _("The signed files of this result are withdrawn: the check page says so."))
        return redirect("result_share", pk, number)
    return render(request, "proofs/withdraw.html", {"result": result, "withdrawal": withdrawal_of(result)})


def is_manager(result: Result) -> bool:
    return cast(Any, result).role == Membership.Role.MANAGER


def withdrawal_of(result: Result) -> Withdrawal | None:
    return Withdrawal.objects.filter(proof_id=result.proof_id).first()


@listed
@receives(MOST_PDF_BYTES + ROUND_IT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest) -> HttpResponse:
    # Nothing of the file is stored, and what is logged is the verdict alone
    if request.method != "POST":
        return render(request, "proofs/check.html", {"form": CheckForm()})
    begin(request, "check", "")
    form = CheckForm(request.POST, request.FILES)
    checked = checked_file(form.cleaned_data["file"]) if form.is_valid() else None
    context: dict[str, Any] = {"form": form}
    if checked:
        log.info("result_checked", outcome=checked.outcome)
        context |= {"check": checked, "verdict": verdict(checked)}
    return render(request, "proofs/check.html", context, status=422 if form.errors else 200)


def checked_file(content: bytes) -> Check:
    try:
        return check(signed_file_in(content) if content.startswith(b"%PDF") else content)
    except SignedFileError as error:
        return Check(problem=error.code, details=error.details)


@public(seconds=DAY, needs_data=False)
@require_safe
def result_keys(request: HttpRequest) -> HttpResponse:
    return open_to_all(JsonResponse(key_set(known_keys())))


@never_cache
@require_safe
def withdrawn_result(request: HttpRequest, pk: UUID) -> HttpResponse:
    # 404 says that nothing was withdrawn under this name: that the file was signed is what its signature says
    withdrawal = get_object_or_404(Withdrawal, pk=pk)
    return open_to_all(JsonResponse({"id": str(pk), "withdrawn_at": second(withdrawal.at)}))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Whoever checks results in a page of their own may ask from there."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
