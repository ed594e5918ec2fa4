"""Asking that a submitted assessment be opened again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.actions.reopenings import NotSubmittedError, OtherOpenError, ask
from assessment.forms.reopenings import ReopeningForm
from assessment.models import Membership
from assessment.rules.reopenings import open_beside
from assessment.views.permissions import find_assessment, require
from marks import menu


@menu("assessments")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_reopening(request, pk):
    assessment = find_assessment(request, pk)
    require(assessment.role == Membership.Role.MANAGER)
    if assessment.is_open or assessment.reopenings.waiting().exists():
        return redirect(assessment)
    beside = open_beside(assessment)
    if beside:
        context = {"assessment": assessment, "beside": beside}
        return render(request, "reopenings/beside.html", context, status=409 if request.method == "POST" else 200)
    form = ReopeningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _ask(request, assessment, form.cleaned_data["reason"])
    status = 422 if form.is_bound else 200
    return render(request, "reopenings/ask.html", {"assessment": assessment, "form": form}, status=status)


def _ask(request, assessment, reason):
    try:
        ask(assessment=assessment, reason=reason, by=request.user)
    except NotSubmittedError:  # granted to a colleague meanwhile
        return redirect(assessment)
    except OtherOpenError:  # by a colleague meanwhile: the page says so
        return redirect("assessment_reopening", assessment.pk)
    messages.success(request, _("Your request is sent. You get an e-mail once it is decided."))
    return redirect(assessment)
