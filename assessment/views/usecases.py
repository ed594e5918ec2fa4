"""A company's own use cases: written, previewed, consented to, taken back."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions import pictures
from assessment.actions import usecases as actions
from assessment.forms.usecases import PARTS, ConsentForm, PictureForm, ScopeForm, StartForm, UseCaseForm, main_language
from assessment.maturity.fingerprints import fingerprint_of
from assessment.models import Bookmark, Company, Interest, Membership, UseCase, User
from assessment.models.languages import LANGUAGES
from assessment.reports.showcase.pages import Shown
from assessment.rules.requests import SignedInRequest
from assessment.rules.usecases import content_of, missing_from
from edits.reading import READ_AT
from language.texts import Text
from marks import menu

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@menu("assessments")
@login_required
@require_safe
def company_use_cases(request: SignedInRequest, company_pk: UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.visible_to(request.user), pk=company_pk)
    context = {
        "company": company,
        "writes": company.memberships.filter(user=request.user, role__in=Membership.WRITERS).exists(),
        "use_cases": company.use_cases.all(),
        "bookmarks": Bookmark.objects.filter(company=company).select_related("use_case__publication"),
        "sent": Interest.objects.filter(company=company).select_related("use_case__publication"),
        "received": Interest.objects.filter(use_case__company=company)
        .exclude(state=Interest.State.SENT)
        .select_related("use_case", "company"),
    }
    return render(request, "usecases/list.html", context)


@menu("assessments")
@login_required
@require_POST
def company_use_case_start(request: SignedInRequest, company_pk: UUID) -> HttpResponse:
    company = get_object_or_404(Company.objects.answerable_by(request.user), pk=company_pk)
    origin = StartForm(request.POST, company=company).origin()
    use_case = actions.start(company=company, by=request.user, **origin)
    return redirect(page_of(use_case, main_language(use_case)))


@menu("assessments")
@login_required
@require_safe
def company_use_case(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    use_case = find(UseCase.objects.visible_to(request.user), company_pk, pk)
    context = {
        "use_case": use_case,
        "main": main_language(use_case),
        "events": use_case.events.all(),
        "consent": use_case.consents.filter(ended_at=None).select_related("given_by").first(),
        "role": cast(Company, use_case.company).memberships.get(user=request.user).role,
        "missing": missing_fields(use_case),
    }
    return render(request, "usecases/case.html", context)


def find(queryset: QuerySet[UseCase], company_pk: UUID, pk: UUID) -> UseCase:
    return get_object_or_404(queryset.select_related("company", "project"), company_id=company_pk, pk=pk)


def missing_fields(use_case: UseCase) -> list[Text]:
    return [cast(Any, UseCase._meta.get_field(name)).verbose_name for name in missing_from(use_case)]


@menu("assessments")
@GET_OR_POST
@login_required
def company_use_case_edit(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    use_case = find(UseCase.objects.editable_by(request.user), company_pk, pk)
    if request.method != "POST":
        return edit_page(request, UseCaseForm(instance=use_case, part=asked_part(request)), use_case)
    form, stored = save(request, use_case)
    return said_in_place(request, form, stored) if cast(Any, request).htmx else said(request, form, stored)


def asked_part(request: SignedInRequest) -> str:
    # The page of the form; "" for all on one.
    part = request.GET.get("part", "")
    return part if part in PARTS else ""


def parts_of(use_case: UseCase) -> list[str]:
    # Its pages in the order in which they are written; the other language comes last, and can be left out.
    main = main_language(use_case)
    return [main, "figures", "about", "pictures", *(code for code in LANGUAGES if code != main)]


def page_of(use_case: UseCase, part: str) -> str:
    address = reverse("company_use_case_edit", args=[use_case.company_id, use_case.pk])
    return f"{address}?part={part}" if part else address


def edit_page(
    request: SignedInRequest, form: UseCaseForm, use_case: UseCase, *, picture_form: PictureForm | None = None
) -> HttpResponse:
    parts = parts_of(use_case)
    here = parts.index(form.part) if form.part else None
    context = {
        "form": form,
        "use_case": use_case,
        "parts": parts,
        "main": parts[0],
        "after": None if here is None or here > 2 else parts[here + 1],
        "picture_form": picture_form or PictureForm(),
        "pictures": use_case.pictures.all(),
    }
    return render(request, "usecases/edit.html", context, status=409 if form.overtaken else 200)


@transaction.atomic
def save(request: SignedInRequest, use_case: UseCase) -> tuple[UseCaseForm, UseCase]:
    # Store what is valid; return the form and what is stored then.
    # A form opened before somebody else's change is refused whole: it would undo the change.
    locked = UseCase.objects.select_for_update(of=("self",)).select_related("company", "project")
    form = UseCaseForm(request.POST, instance=locked.get(pk=use_case.pk), part=asked_part(request))
    form.is_valid()
    stored = locked.get(pk=use_case.pk)
    if not form.overtaken:
        stored = actions.edit(use_case=stored, by=request.user, values=form.values())
    return form, stored


def said_in_place(request: SignedInRequest, form: UseCaseForm, stored: UseCase) -> HttpResponse:
    # A page that saves itself stays refused until somebody has read the other version and presses the button.
    read_at = request.POST.get(READ_AT, "") if form.overtaken else state_of(form, stored)
    context = {"form": form, "errors": labelled_errors(form), "use_case": stored, "read_at": read_at}
    return render(request, "usecases/_saved.html", context, status=409 if form.overtaken else 200)


def state_of(form: UseCaseForm, stored: UseCase) -> str:
    # What the page's fields hold now.
    return UseCaseForm(instance=stored, part=form.part, names=form.fields.keys()).state()


def said(request: SignedInRequest, form: UseCaseForm, stored: UseCase) -> HttpResponse:
    if not form.errors:
        messages.success(request, _("Saved."))
        onwards = request.POST.get("next", "")
        return redirect(page_of(stored, onwards if onwards in PARTS else form.part))
    if not form.overtaken:
        data = cast(QueryDict, form.data).copy()
        data[READ_AT] = state_of(form, stored)
        form.data = data
    return edit_page(request, form, stored)


def labelled_errors(form: UseCaseForm) -> list[tuple[BoundField, Any]]:
    return [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]


@menu("assessments")
@login_required
@require_POST
def company_use_case_picture(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    use_case = find(UseCase.objects.editable_by(request.user), company_pk, pk)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            data = form.cleaned_data
            pictures.add_picture(
                use_case=use_case, by=request.user, data=data["file"].read(), alt=data["alt"], kind=data["kind"]
            )
        except pictures.BadPictureError as problem:
            form.refuse(str(problem))
        except pictures.TooManyPicturesError:
            form.add_error("file", _("A use case has six pictures at most."))
        else:
            messages.success(request, _("The picture is added."))
            return redirect(page_of(use_case, "pictures"))
    return edit_page(request, UseCaseForm(instance=use_case, part="pictures"), use_case, picture_form=form)


@menu("assessments")
@login_required
@require_POST
def company_use_case_picture_remove(
    request: SignedInRequest, company_pk: UUID, pk: UUID, picture_pk: UUID
) -> HttpResponse:
    use_case = find(UseCase.objects.editable_by(request.user), company_pk, pk)
    pictures.remove_picture(picture=get_object_or_404(use_case.pictures, pk=picture_pk), by=request.user)
    messages.success(request, _("The picture is removed."))
    return redirect(page_of(use_case, "pictures"))


@menu("assessments")
@GET_OR_POST
@login_required
def company_use_case_preview(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    # Exactly what would be published under the chosen scope; consenting to it is a manager's.
    use_case = find(UseCase.objects.editable_by(request.user), company_pk, pk)
    if not use_case.awaits_company:
        return redirect("company_use_case", company_pk, pk)
    form = ConsentForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and may_consent(request.user, use_case) and send(request, use_case, form):
        return redirect("company_use_case", company_pk, pk)
    asked = ScopeForm(request.POST if request.method == "POST" else request.GET)
    content = content_of(use_case, scope=asked.scope())
    sha256 = fingerprint_of(content)
    context = {
        "use_case": use_case,
        "main": main_language(use_case),
        "case": Shown(content, use_case),
        "scope_form": asked,
        "consent_form": ConsentForm(
            data={**cast(QueryDict, asked.data).dict(), "sha256": sha256} if form else None, initial={"sha256": sha256}
        ),
        "missing": missing_fields(use_case),
        "may_consent": may_consent(request.user, use_case),
    }
    return render(request, "usecases/preview.html", context)


def may_consent(user: User, use_case: UseCase) -> bool:
    return UseCase.objects.consentable_by(user).filter(pk=use_case.pk).exists()


def send(request: SignedInRequest, use_case: UseCase, form: ConsentForm) -> bool:
    try:
        actions.submit(use_case=use_case, by=request.user, scope=form.scope(), sha256=form.cleaned_data["sha256"])
    except actions.ContentChangedError:
        messages.warning(request, _("The use case was changed since you read it. Read it again before you consent."))
    except actions.NotNowError:
        messages.error(request, _("Something is still missing; it is listed on this page."))
    else:
        messages.success(request, _("Sent to the reviewers. You will get an e-mail when they answer."))
        return True
    return False


@menu("assessments")
@login_required
@require_POST
def company_use_case_withdraw(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    use_case = find(UseCase.objects.consentable_by(request.user), company_pk, pk)
    try:
        actions.withdraw(use_case=use_case, by=request.user)
    except actions.NotNowError:
        messages.info(request, _("There was no consent to withdraw."))
    else:
        messages.success(request, _("Your consent is withdrawn: nothing of this use case is public any more."))
    return redirect("company_use_case", company_pk, pk)


@menu("assessments")
@login_required
@require_POST
def company_use_case_delete(request: SignedInRequest, company_pk: UUID, pk: UUID) -> HttpResponse:
    use_case = find(UseCase.objects.consentable_by(request.user), company_pk, pk)
    pictures.delete_use_case(use_case=use_case)
    messages.success(request, _("The use case is deleted."))
    return redirect("company_use_cases", company_pk)
