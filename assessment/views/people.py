"""The pages of one's account and one's companies."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from assessment import register
from assessment.actions import people as actions
from assessment.actions.answers import start_assessment
from assessment.actions.letting_in import AskedOftenError, ask_to_be_let_in
from assessment.actions.names import give_name, tell_apart
from assessment.forms.people import AccountDeleteForm, AccountForm, CompanyCreateForm, CompanyForm, RoleForm
from assessment.forms.register import FindForm, initial_of
from assessment.forms.trials import TrialForm
from assessment.models import Assessment, Company, Membership, User
from assessment.rates import count
from assessment.reports.assessments.start import paths_offered
from assessment.rules.requests import SignedInRequest
from assessment.views.trials import find_trial, keep
from marks import menu

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY_COMPANIES = gettext_lazy(
    "You are a member of %(most)d companies, the most for one person. Leave one, or ask a colleague to create this one."
)
LAST_MANAGER = gettext_lazy("A company keeps at least one manager: first make another member manager.")


@menu("assessments")
@GET_OR_POST
@login_required
def company_create(request: SignedInRequest) -> HttpResponse:
    trial = find_trial(request)
    paths = [] if trial else paths_offered()
    found = find_company(request)
    known = (TrialForm.known_of(trial) if trial else {}) | found.get("known", {})
    form = CompanyCreateForm(request.POST or None, named=bool(request.user.name), paths=paths, initial=known)
    if form.is_valid():
        made = form.save(commit=False)
        try:
            company = actions.create_company(company=made, by=request.user, name=form.name_given)
        except actions.TooManyCompaniesError:
            form.add_error(None, TOO_MANY_COMPANIES % {"most": actions.MOST_COMPANIES})
        else:
            return keep(request, company) if trial else created(request, company, path=form.path_chosen)
    if form.is_bound and form.siren_taken:
        return siren_taken(request, form)
    return render(request, "people/company_create.html", {"form": form, "trial": trial, "found": found})


def find_company(request: SignedInRequest) -> dict[str, Any]:
    """Return the form that asks the register and what it answered; nothing where no register is set."""
    if not register.is_on():
        return {}
    form = FindForm(request.GET if "find" in request.GET else None)
    if request.method == "POST" or not form.is_valid():
        return {"form": form}
    if count(f"register, {request.user.pk}", "30/h") is None:
        return {"form": form, "failed": True}
    try:
        entries = register.find(form.words)
    except register.RegisterError:
        return {"form": form, "failed": True}
    known = initial_of(entries[0]) if len(entries) == 1 else {}
    return {"form": form, "entries": entries, "known": known}


def created(request: SignedInRequest, company: Company, *, path: str | None) -> HttpResponse:
    """``path``: of the assessment that begins with it, None for none."""
    messages.success(request, _("%(company)s is created. You manage it.") % {"company": company})
    if path is None:
        return redirect("start")
    return redirect("assessment_resume", start_assessment(company=company, by=request.user, path=path).pk)


def siren_taken(request: SignedInRequest, form: CompanyCreateForm) -> HttpResponse:
    # The form sent twice made the company; anybody else may ask the managers of the one that is there.
    sent_before = actions.sent_before(company=form.instance, by=request.user)
    if sent_before:
        return created(request, sent_before, path=form.path_chosen)
    if "ask" not in request.POST:
        return render(request, "people/company_create.html", {"form": form, "may_ask": True})
    give_name(user=request.user, name=form.name_given)
    try:
        ask_to_be_let_in(siren=form.instance.siren, by=request.user)
    except AskedOftenError:
        messages.error(request, _("Enough was asked for today: please try again tomorrow."))
    else:
        messages.success(request, _("The managers of the company got your request. They can invite you by e-mail."))
    return redirect("start")


@menu("assessments")
@login_required
def company(request: SignedInRequest, pk: UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=pk)
    members = company.memberships.select_related("user").order_by("joined_at", "pk")
    mine = next(member for member in members if member.user_id == request.user.pk)
    context = {
        "company": company,
        "members": members,
        "mine": mine,
        "open_assessments": Assessment.objects.open().filter(company=company).with_texts(),
        "invitations": company.invitations.waiting() if mine.role == Membership.Role.MANAGER else [],
    }
    return render(request, "people/company.html", context)


@menu("assessments")
@GET_OR_POST
@login_required
def company_edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    managed = get_object_or_404(Company.objects.managed_by(request.user), pk=pk)
    form = CompanyForm(instance=managed) if request.method != "POST" else save_company(request, pk)
    if form is None:
        messages.success(request, _("The company’s profile is saved."))
        return redirect("company", pk)
    return edit_page(request, "people/company_edit.html", form, company=managed)


@transaction.atomic
def save_company(request: SignedInRequest, pk: UUID) -> CompanyForm | None:
    """Return the form where it is refused."""
    managed = get_object_or_404(locked(Company.objects.managed_by(request.user)), pk=pk)
    form = CompanyForm(request.POST, instance=managed)
    if not form.is_valid():
        return form
    form.save()
    return None


def locked(queryset: Any) -> Any:
    # Until what is written over them is stored: a form that was overtaken is told from one that wasn't.
    return queryset.select_for_update(of=("self",))


def edit_page(request: SignedInRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=409 if form.overtaken else 200)


@menu("assessments")
@GET_OR_POST
@login_required
def company_leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # What leaving means; POST leaves. Every member may, but the last manager.
    mine = get_object_or_404(request.user.memberships.select_related("company"), company=pk)
    if request.method != "POST":
        return render(request, "people/company_leave.html", {"company": mine.company})
    try:
        actions.remove_member(membership=mine, by=request.user)
    except actions.LastManagerError:
        messages.error(request, LAST_MANAGER)
        return redirect("company", pk)
    messages.success(request, _("You are no longer a member of %(company)s.") % {"company": mine.company})
    return redirect("start")


@menu("assessments")
@GET_OR_POST
@login_required
def member_edit(request: SignedInRequest, company: UUID, pk: UUID) -> HttpResponse:
    managed, membership = find_managed(request.user, company, pk)
    form = RoleForm(instance=membership) if request.method != "POST" else save_role(request, company, pk)
    if form is None:
        messages.success(request, _("The role is saved."))
        return redirect("company", company)
    return edit_page(request, "people/member_edit.html", form, company=managed, member=membership)


@transaction.atomic
def save_role(request: SignedInRequest, company: UUID, pk: UUID) -> RoleForm | None:
    """Return the form where it is refused. Whoever changes members holds the company's lock."""
    get_object_or_404(locked(Company.objects.managed_by(request.user)), pk=company)
    _managed, membership = find_managed(request.user, company, pk)
    form = RoleForm(request.POST, instance=membership)
    if not form.is_valid():
        return form
    try:
        actions.change_role(membership=membership, role=form.cleaned_data["role"], by=request.user)
    except actions.LastManagerError:
        form.add_error("role", LAST_MANAGER)
        return form
    return None


@menu("assessments")
@require_POST
@login_required
def member_remove(request: SignedInRequest, company: UUID, pk: UUID) -> HttpResponse:
    _managed, membership = find_managed(request.user, company, pk)
    try:
        actions.remove_member(membership=membership, by=request.user)
    except actions.LastManagerError:
        messages.error(request, LAST_MANAGER)
        return redirect("member_edit", company, pk)
    messages.success(request, _("%(member)s is no longer a member.") % {"member": membership.user})
    return redirect("start") if membership.user_id == request.user.pk else redirect("company", company)


def find_managed(user: User, company: UUID, pk: UUID) -> tuple[Company, Membership]:
    managed = get_object_or_404(Company.objects.managed_by(user), pk=company)
    return managed, get_object_or_404(managed.memberships.select_related("user"), pk=pk)


@GET_OR_POST
@login_required
def account(request: SignedInRequest) -> HttpResponse:
    form = AccountForm(instance=request.user) if request.method != "POST" else save_name(request)
    if form is None:
        messages.success(request, _("Your profile is saved."))
        return redirect("account")
    memberships = request.user.memberships.select_related("company").order_by("company", "pk")
    return edit_page(request, "people/account.html", form, memberships=memberships)


@transaction.atomic
def save_name(request: SignedInRequest) -> AccountForm | None:
    """Return the form where it is refused."""
    form = AccountForm(request.POST, instance=locked(User.objects).get(pk=request.user.pk))
    if not form.is_valid():
        return form
    form.instance.save(update_fields=["name", "language", "reminders"])
    tell_apart(form.instance)
    return None


@GET_OR_POST
@reauthentication_required  # which asks to sign in first where needed
def account_delete(request: SignedInRequest) -> HttpResponse:
    form = AccountDeleteForm(request.POST or None, user=request.user)
    allowed = actions.may_leave(request.user)
    if allowed and form.is_valid():
        actions.delete_account(user=request.user)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("home")
    companies = actions.companies_left_by(request.user)
    return render(request, "people/account_delete.html", {"form": form, "companies": companies, "allowed": allowed})
