"""A company's plan: steps taken into it, the list and the board, one action, exports, calendar and reminders."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions.calendars import make_key, membership_of, withdraw_key
from assessment.actions.plans import change_action, plan_steps, recorded
from assessment.exchange.actions import action_table, calendar
from assessment.forms.plans import ActionFilterForm, ActionForm, RemindingForm
from assessment.models import Action, Assessment, Membership, Reminding, Version
from assessment.models.compiled import compiled
from assessment.reports.plans.actions import actions_of, board, changes_of, gone_questions, overdue, step_actions
from assessment.reports.plans.basis import basis_of
from assessment.reports.plans.cases import beside
from assessment.reports.plans.whatif import chosen_steps
from assessment.reports.results.page import result_page
from assessment.reports.showcase.matching import Suggestion
from assessment.rules.requests import SignedInRequest
from assessment.views.permissions import find_result, may_plan, require
from marks import menu, secret
from spreadsheets.kinds import KINDS

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def find_mine(request: SignedInRequest, pk: UUID) -> Membership:
    """One query: the reader's membership with its company."""
    return get_object_or_404(Membership.objects.select_related("company"), company=pk, user=request.user)


@menu("assessments")
@require_POST
@login_required
def result_plan_take(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    # The steps that the page of the plan, or the one for trying out, had in its form.
    result = find_result(request, pk, number)
    require(may_plan(result))
    basis = basis_of(result)
    taken = plan_steps(
        result=result, steps=list(step_actions(basis, chosen_steps(basis, request.POST))), by=request.user
    )
    messages.success(
        request,
        ngettext("%(number)s action is new in the plan.", "%(number)s actions are new in the plan.", taken)
        % {"number": taken},
    )
    return redirect("company_plan", result.company_id)


@menu("assessments")
@require_safe
@login_required
def company_plan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    mine = find_mine(request, pk)
    actions = actions_of(mine.company)
    form = ActionFilterForm(request.GET or None, actions=actions)
    shown = [action for action in actions if form.keep(action)]
    version = Version.objects.current().select_related("questionnaire").first()
    context = {
        "company": mine.company,
        "mine": mine,
        "actions": shown,
        "any": bool(actions),
        "form": form,
        "board": board(shown) if request.GET.get("view") == "board" else None,
        "overdue": overdue(actions),
        "gone": gone_questions(actions, compiled(version)) if version else set(),
        "may_change": mine.role in Membership.WRITERS,
    }
    return render(request, "plans/actions.html", context)


@menu("assessments")
@GET_OR_POST
@login_required
def company_action(request: SignedInRequest, pk: UUID, action_pk: UUID) -> HttpResponse:
    mine = find_mine(request, pk)
    action = get_object_or_404(
        Action.objects.select_related("owner", "result__version__questionnaire"), company=pk, pk=action_pk
    )
    if request.method == "POST":
        require(mine.role in Membership.WRITERS)
    form = save_action(request, action) if request.method == "POST" else ActionForm(instance=action)
    if form is None:
        return _saved(request, action)
    context = {
        "company": mine.company,
        "action": action,
        "form": form,
        "may_change": mine.role in Membership.WRITERS,
        "changes": changes_of(action),
        "again": _again(action),
        "case": _case(action),
    }
    return render(request, "plans/action.html", context, status=409 if form.overtaken else 422 if form.errors else 200)


@transaction.atomic
def save_action(request: SignedInRequest, action: Action) -> ActionForm | None:
    """Return the form where it is refused."""
    row = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    before = recorded(row)
    form = ActionForm(request.POST, instance=row)
    if not form.is_valid():
        return form
    change_action(action=form.instance, before=before, by=request.user)
    return None


def _saved(request: SignedInRequest, action: Action) -> HttpResponse:
    action.refresh_from_db()
    if action.status == Action.Status.DONE:
        messages.success(request, _("Done. Now give the answer again, so that the score says so."))
        return redirect(action)
    messages.success(request, _("The action is saved."))
    return redirect("company_plan", action.company_id)


def _case(action: Action) -> Suggestion | None:
    """Of the action's capability, while it is to be done."""
    if not action.is_live or action.result is None:
        return None
    return beside(result_page(action.result), [action.question]).get(action.question)


def _again(action: Action) -> Assessment | None:
    """Where the answer of an action that is done is given again; None where an assessment is to be begun for it."""
    if action.status != Action.Status.DONE:
        return None
    open_ones = Assessment.objects.open().filter(company=action.company_id).order_by("-started_at", "pk").with_texts()
    return next((one for one in open_ones if compiled(one.version).has_question(action.question)), None)


@menu("assessments")
@require_safe
@login_required
def company_plan_file(request: SignedInRequest, pk: UUID, suffix: str) -> HttpResponse | StreamingHttpResponse:
    mine = find_mine(request, pk)
    actions = actions_of(mine.company)
    name = f'attachment; filename="plan.{suffix}"'
    if suffix == "ics":
        content = calendar(mine.company, actions, site_url=settings.SITE_URL)
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})
    kind = KINDS[suffix]
    pieces = kind.pieces([action_table(actions)])
    return StreamingHttpResponse(pieces, content_type=kind.content_type, headers={"Content-Disposition": name})


@secret
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    # A calendar program asks, without a session: the token alone tells who.
    mine = membership_of(token)
    if mine is None:
        raise Http404
    content = calendar(mine.company, actions_of(mine.company), site_url=settings.SITE_URL)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@menu("assessments")
@never_cache
@GET_OR_POST
@login_required
def company_plan_mail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # Each member's own choices: e-mails, and the private address for a calendar program.
    mine = find_mine(request, pk)
    choice = Reminding.objects.filter(membership=mine).first() or Reminding(membership=mine)
    form, token = RemindingForm(instance=choice), ""
    if request.method == "POST" and "make" in request.POST:
        token = make_key(membership=mine)
    elif request.method == "POST" and "withdraw" in request.POST:
        withdraw_key(membership=mine)
        messages.success(request, _("The address no longer opens."))
        return redirect("company_plan_mail", pk)
    elif request.method == "POST":
        form = RemindingForm(request.POST, instance=choice)
        if form.is_valid():
            form.save()
            messages.success(request, _("Your choice is saved."))
            return redirect("company_plan_mail", pk)
    context = {"company": mine.company, "form": form, "has_key": hasattr(mine, "calendar_key"), "token": token}
    context["site_url"] = settings.SITE_URL
    return render(request, "plans/mail.html", context)
