"""Asking that a submitted assessment be opened again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assessment.actions.reopenings import NotSubmittedError, OtherOpenError, ask
from assessment.forms.reopenings import ReopeningForm
from assessment.models import Assessment, Membership
from assessment.rules.reopenings import open_beside
from assessment.rules.requests import SignedInRequest
from assessment.views.permissions import find_assessment, require
from edits.typed import typed_texts
from marks import menu

OPEN_AGAIN = gettext_lazy("Not sent: this assessment is open again. Correct its answers, then submit them.")
ASKED = gettext_lazy(
    "Not sent: a colleague has asked already, and the reviewers decide on that request. Your words are still here."
)


@menu("assessments")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_reopening(request: SignedInRequest, pk: UUID) -> HttpResponse:
    assessment = find_assessment(request, pk)
    require(assessment.role == Membership.Role.MANAGER)
    if request.method == "POST":
        return _ask(request, assessment)
    if assessment.is_open or assessment.reopenings.waiting().exists():
        return redirect(assessment)
    if beside := open_beside(assessment):
        return _beside(request, assessment, beside)
    return render(request, "reopenings/ask.html", {"assessment": assessment, "form": ReopeningForm()})


def _ask(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    form = ReopeningForm(request.POST)
    if not form.is_valid():
        return _again(request, assessment, form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        asked = ask(assessment=assessment, reason=reason, by=request.user)
    except NotSubmittedError:
        form.add_error(None, OPEN_AGAIN)
        return _again(request, assessment, form, status=409)
    except OtherOpenError:
        return _beside(request, assessment, open_beside(assessment), status=409)
    if asked.reason != reason:
        form.add_error(None, ASKED)
        return _again(request, assessment, form, status=409)
    messages.success(request, _("Your request is sent. You get an e-mail once it is decided."))
    return redirect(assessment)


def _beside(
    request: SignedInRequest, assessment: Assessment, beside: Assessment | None, *, status: int = 200
) -> HttpResponse:
    context = {"assessment": assessment, "beside": beside, "texts": typed_texts(request)}
    return render(request, "reopenings/beside.html", context, status=status)


def _again(request: SignedInRequest, assessment: Assessment, form: ReopeningForm, *, status: int) -> HttpResponse:
    return render(request, "reopenings/ask.html", {"assessment": assessment, "form": form}, status=status)
