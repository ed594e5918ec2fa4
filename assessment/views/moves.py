"""Moving an open assessment to a newer version: what would happen, then the move itself."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.actions import moves as actions
from assessment.actions.errors import ClosedError
from assessment.forms.moves import MoveForm
from assessment.models import Assessment, Version
from assessment.reports.assessments.moves import moves_made, preview
from assessment.rules.moves import newer_version
from assessment.rules.requests import SignedInRequest
from assessment.views.permissions import find_assessment, may_submit, require
from marks import menu


@menu("assessments")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # Every member may read what a move would do; a manager moves.
    assessment = find_assessment(request, pk)
    if request.method == "POST":
        require(may_submit(assessment))
    version = newer_version(assessment)
    if version is None:
        return _nothing_newer(request, assessment)
    if request.method == "POST":
        return _move(request, assessment, version)
    return _page(request, assessment, version)


def _nothing_newer(request: SignedInRequest, assessment: Assessment) -> HttpResponse:
    """What the moves that were made have done; sent twice, the second one finds the assessment moved."""
    made = [] if request.method == "POST" else moves_made(assessment)
    if not made:
        return redirect(assessment)
    return render(request, "moves/made.html", {"assessment": assessment, "moves_made": made})


def _move(request: SignedInRequest, assessment: Assessment, version: Version) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid() or form.cleaned_data["version"] != version.pk:
        return _page(request, assessment, version, is_another=True, status=409)
    try:
        actions.move(assessment=assessment, to=version, by=request.user)
    except ClosedError:
        messages.error(request, _("This assessment was submitted meanwhile: it stays on its version."))
    except actions.AnotherVersionError:
        return redirect("assessment_move", assessment.pk)
    else:
        messages.success(request, _("The assessment is now on version %(number)s.") % {"number": version.number})
    return redirect(assessment)


def _page(
    request: SignedInRequest, assessment: Assessment, version: Version, *, is_another: bool = False, status: int = 200
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "move": preview(assessment=assessment, rows=list(assessment.answers.all()), version=version),
        "is_another": is_another,
        "may_move": may_submit(assessment),
    }
    return render(request, "moves/move.html", context, status=status)
