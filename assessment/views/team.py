"""Answering together: invitations, who is asked for what, who is here, and the way back to where one stopped."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions import team as actions
from assessment.actions.errors import ClosedError, InvitationError
from assessment.forms.team import EXPLAINED, AcceptForm, AssignmentsForm, InviteForm, PlaceForm
from assessment.models import Assessment, Assignment, Company, Invitation, Membership, User
from assessment.models.compiled import compiled
from assessment.reports.assessments.team import assignments_of, others_here, people_by_dimension, shared_out
from assessment.rules.requests import SignedInRequest
from assessment.rules.standing import standing_of
from assessment.throttling import begin
from assessment.views.assessments import resume_url
from assessment.views.permissions import find_assessment, may_submit, require
from marks import menu

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
# Beside which field it is said, and how
NOT_SENT = {
    actions.AlreadyMemberError: ("email", gettext_lazy("This person is a member of the company already.")),
    actions.TooManyInvitationsError: (
        None,
        gettext_lazy("Thirty invitations were sent in a day: send the next ones tomorrow."),
    ),
    actions.AddressInvitedOftenError: (
        "email",
        gettext_lazy("This address got several invitations within an hour: send the next one later."),
    ),
}


# --- Inviting ---------------------------------------------------------------------------------------------------------


@menu("assessments")
@GET_OR_POST
@login_required
def company_invite(request: SignedInRequest, pk: UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.managed_by(request.user), pk=pk)
    form = InviteForm(request.POST or None, initial={"email": request.GET.get("email", "")})
    if form.is_valid():
        try:
            sent = actions.invite(company=company, by=request.user, **form.cleaned_data)
        except InvitationError as error:
            form.add_error(*NOT_SENT[type(error)])
        else:
            messages.success(request, _("The invitation is sent to %(address)s.") % {"address": sent.email})
            return redirect("company", pk)
    return render(request, "team/invite.html", {"form": form, "company": company})


@menu("assessments")
@require_POST
@login_required
def company_invitation_again(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    # A new link, good for seven days; the former one no longer opens.
    company, invitation = find_waiting(request.user, company_pk, pk)
    try:
        actions.invite(company=company, email=invitation.email, role=invitation.role, by=request.user)
    except InvitationError as error:
        messages.error(request, NOT_SENT[type(error)][1])
    else:
        messages.success(request, _("The invitation is sent to %(address)s.") % {"address": invitation.email})
    return redirect("company", company_pk)


@menu("assessments")
@require_POST
@login_required
def company_invitation_withdraw(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    _company, invitation = find_waiting(request.user, company_pk, pk)
    actions.withdraw(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation is withdrawn: its link no longer opens."))
    return redirect("company", company_pk)


def find_waiting(user: User, company_pk: UUID, pk: UUID) -> tuple[Company, Invitation]:
    company = get_object_or_404(Company.objects.managed_by(user), pk=company_pk)
    return company, get_object_or_404(company.invitations.waiting(), pk=pk)


# --- Being invited ----------------------------------------------------------------------------------------------------


@never_cache
@GET_OR_POST
def invitation(request: SignedInRequest) -> HttpResponse:
    # The link of the e-mail arrives here with its token, and goes on without it; only POST accepts.
    if "token" in request.GET:
        return _without_token(request)
    invitation = _invitation_in(request.session)
    if invitation is None:
        return render(request, "team/invitation_unusable.html", status=404)
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, invitation)
    return _show(request, invitation)


def _without_token(request: SignedInRequest) -> HttpResponse:
    # Remember which invitation was opened, and leave the address that opens it: no page, log or referrer keeps it.
    # Wrong links are limited, right ones never: no neighbour of the invited person can close theirs.
    invitation = Invitation.objects.with_token(request.GET["token"]).first()
    if invitation is None:
        begin(request, "wrong link", "anybody")
    request.session["invitation"] = invitation and str(invitation.pk)
    response = redirect("invitation")
    # On this reply alone: on the next page it would make browsers hide where the form comes from, which Django refuses.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _invitation_in(session: SessionBase) -> Invitation | None:
    opened = Invitation.objects.open().filter(pk=cast(str, session.get("invitation")))
    return opened.select_related("company", "invited_by").first()


def _show(request: SignedInRequest, found: Invitation, form: Any = None, status: int = 200) -> HttpResponse:
    theirs = not request.user.is_authenticated or request.user.email == found.email
    if form is None and theirs and request.user.is_authenticated:
        form = AcceptForm(named=bool(request.user.name))
    context = {"invitation": found, "theirs": theirs, "may": EXPLAINED[Membership.Role(found.role)], "form": form}
    return render(request, "team/invitation.html", context, status=status)


def _accept(request: SignedInRequest, found: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST, named=bool(request.user.name))
    if not form.is_valid():
        return _show(request, found, form)
    try:
        is_new = actions.accept(invitation=found, by=request.user, name=form.name_given)
    except actions.ForSomebodyElseError:
        return _show(request, found, status=403)
    except actions.NotUsableError:
        return render(request, "team/invitation_unusable.html", status=404)
    del request.session["invitation"]
    if is_new:
        messages.success(request, _("You are now a member of %(company)s.") % {"company": found.company})
    else:
        messages.info(
            request, _("You were a member of %(company)s already: your role stays.") % {"company": found.company}
        )
    return redirect(_what_waits(found.company, request.user))


def _what_waits(company: Company, user: User) -> str:
    """Return the address of the question that waits for a new member; of where they start, where nothing is open."""
    mine = Assessment.objects.visible_to(user).open().filter(company=company).first()
    if mine is None:
        return reverse("start")
    return reverse("assessment_resume" if mine.role in Membership.WRITERS else "assessment", args=[mine.pk])


@require_POST
def invitation_sign_out(request: SignedInRequest) -> HttpResponse:
    # Leave the account that is not the invited one, without losing the invitation.
    opened = request.session.get("invitation")
    logout(request)
    request.session["invitation"] = opened
    return redirect("invitation")


# --- Sharing out ------------------------------------------------------------------------------------------------------


@menu("assessments")
@login_required
@GET_OR_POST
def assessment_team(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # Who is asked for what, and who answered what; POST, by a manager, shares the dimensions out.
    assessment = find_assessment(request, pk)
    assignments = list(assignments_of(assessment))
    form = _assignments_form(None, assessment, assignments) if may_submit(assessment) else None
    if request.method == "POST":
        require(form is not None)
        form = _assign(request, assessment)
        if form is None:
            return redirect("assessment_team", assessment.pk)
    rows = list(assessment.answers.select_related("saved_by"))
    where = standing_of(assessment, rows)
    context = {
        "assessment": assessment,
        "form": form,
        "standing": where,
        "parts": shared_out(standing=where, rows=rows, assignments=assignments, user=request.user),
    }
    return render(request, "team/assessment_team.html", context, status=_status(form))


def _status(form: AssignmentsForm | None) -> int:
    if form is None or not form.errors:
        return 200
    return 409 if form.overtaken else 422


def _assignments_form(
    data: QueryDict | None, assessment: Assessment, assignments: Iterable[Assignment]
) -> AssignmentsForm:
    writers = User.objects.filter(
        memberships__company=assessment.company_id, memberships__role__in=Membership.WRITERS, is_active=True
    )
    return AssignmentsForm(
        data,
        questionnaire=compiled(assessment.version),
        writers=writers.order_by("memberships__joined_at", "pk"),
        asked=people_by_dimension(assignments),
    )


@transaction.atomic
def _assign(request: SignedInRequest, assessment: Assessment) -> AssignmentsForm | None:
    """Return the form where it is refused; the assessment's lock is held from reading to writing."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    form = _assignments_form(request.POST, assessment, list(assignments_of(assessment)))
    if not form.is_valid():
        return form
    try:
        actions.assign(assessment=assessment, asked=form.asked(), by=request.user, tell=form.cleaned_data["tell"])
    except ClosedError:
        messages.error(request, _("This assessment was submitted meanwhile: its answers can no longer be changed."))
    else:
        messages.success(request, _("Saved."))
    return None


# --- Being here, and coming back --------------------------------------------------------------------------------------


@menu("assessments")
@require_POST
def assessment_place(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # Where an open page says the person is; the reply says who else is there, 204 where that is shown already.
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    assessment = find_assessment(request, pk)
    form = PlaceForm(request.POST, questionnaire=compiled(assessment.version))
    if not form.is_valid():
        return HttpResponse(status=422)
    if not assessment.is_open:
        return HttpResponse(status=204)
    actions.arrive(assessment=assessment, user=request.user, **cast(dict[str, Any], form.place))
    others = others_here(assessment=assessment, dimension=form.place["dimension"], user=request.user)
    if form.people_shown == [user.pk for user in others]:
        return HttpResponse(status=204)
    return render(request, "team/_others_here.html", {"others_here": others})


@menu("assessments")
@login_required
@require_safe
def assessment_resume(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # Lead to the question where the person stopped; to the first one left, for somebody who was not here yet.
    assessment = find_assessment(request, pk)
    if not assessment.is_open:
        return redirect(assessment)
    rows = list(assessment.answers.all())
    return redirect(resume_url(assessment, standing_of(assessment, rows), rows, request.user) or assessment)
