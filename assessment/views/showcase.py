"""The showcase, for everybody; and what a signed-in company does with a case."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.actions import showcase as actions
from assessment.actions.access import record_part
from assessment.forms.showcase import SORTS, ContactForm, KeepForm, SearchForm
from assessment.models import Bookmark, Company, Interest, Picture, Publication, StaffAccess, UseCase
from assessment.models.people import Visitor
from assessment.reports.plans.cases import proposals
from assessment.reports.showcase.pages import Shown, listing
from assessment.reports.showcase.share import share_picture
from assessment.rules.requests import SignedInRequest
from assessment.views.paging import page_left_out
from language.leftout import in_words
from marks import listed, menu, public


def asked_anew(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    # A copy that a browser or a proxy kept is asked about before it is shown: the consent may have ended.

    @wraps(view)
    def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:  # of theirs, no copy is kept at all
            patch_cache_control(response, no_cache=True)
        return response

    return answer


@menu("use_cases")
@public(seconds=60)
@listed
@require_safe
@asked_anew
def use_cases(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    asked = form.asked()
    shown = listing(asked, page=request.GET.get("page"))
    context = {
        "listing": shown,
        "left_out": in_words([*form.left_out(), *shown.left_out, *page_left_out(request, shown.page)]),
        "asked": asked,
        "sorts": SORTS.items(),
        "narrowed": any(value for name, value in asked.items() if name != "sort"),
    }
    return render(request, "showcase/list.html", context)


@menu("use_cases")
@public(seconds=60)
@require_safe
@asked_anew
def use_case(request: SignedInRequest, pk: UUID) -> HttpResponse:
    publication = visible(pk)
    if publication is None:
        return gone(request, pk)
    if request.method == "GET" and not request.user.is_staff:
        actions.count_view(publication=publication)
    context = {"publication": publication, "case": Shown(publication.content, publication)}
    return render(request, "showcase/case.html", context | of_reader(request.user, publication))


def visible(pk: UUID) -> Publication | None:
    return Publication.objects.visible().select_related("use_case").filter(pk=pk).first()


def gone(request: SignedInRequest, pk: UUID) -> HttpResponse:
    # Search engines forget what is answered 410; what never was public is not found.
    if UseCase.objects.filter(pk=pk, first_published_at__isnull=False).exists():
        return render(request, "showcase/gone.html", status=410)
    raise Http404


def of_reader(user: Visitor, publication: Publication) -> dict[str, Any]:
    # What the companies of somebody signed in have to do with the case.
    if not user.is_authenticated:
        return {}
    form = KeepForm(user=user)
    contactable = publication.use_case.contactable and not publication.of_contract
    bookmarks = list(Bookmark.objects.visible_to(user).filter(use_case=publication.pk).select_related("company"))
    doing = [mark.company for mark in bookmarks if mark.doing_since and mark.company in form.companies]
    return {
        "keep_form": form if form.companies else None,
        "bookmarks": bookmarks,
        "proposals": proposals(publication, doing) if doing else [],
        "interests": Interest.objects.visible_to(user).filter(use_case=publication.pk).select_related("company"),
        "may_contact": contactable and any(c.pk != publication.use_case.company_id for c in form.companies),
    }


@menu("use_cases")
@login_required
@require_POST
def use_case_keep(request: SignedInRequest, pk: UUID) -> HttpResponse:
    publication = get_object_or_404(Publication.objects.visible(), pk=pk)
    form = keep(request, publication)
    if form.errors:
        context = {"publication": publication, "case": Shown(publication.content, publication)}
        context |= of_reader(request.user, publication) | {"keep_form": form}
        return render(request, "showcase/case.html", context, status=409 if form.overtaken else 200)
    messages.success(request, _("Kept. You find it among the use cases of your company."))
    return redirect(publication)


@transaction.atomic
def keep(request: SignedInRequest, publication: Publication) -> KeepForm:
    """Return the form; its errors keep it from being stored. The companies' locks are held from reading to writing."""
    list(Company.objects.answerable_by(request.user).select_for_update(of=("self",)).order_by("pk"))
    form = KeepForm(request.POST, user=request.user, use_case=publication.pk)
    if form.is_valid():
        data = form.cleaned_data
        said = {"doing_since": data["doing_since"], "note": data["note"]}
        actions.keep(publication=publication, company=data["company"], by=request.user, **said)
    return form


@menu("use_cases")
@login_required
@require_POST
def use_case_forget(request: SignedInRequest, pk: UUID, bookmark_pk: int) -> HttpResponse:
    get_object_or_404(Bookmark.objects.editable_by(request.user), use_case=pk, pk=bookmark_pk).delete()
    messages.success(request, _("No longer kept."))
    return redirect("use_case", pk)


@menu("use_cases")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def use_case_contact(request: SignedInRequest, pk: UUID) -> HttpResponse:
    publication = get_object_or_404(Publication.objects.visible().select_related("use_case"), pk=pk)
    form = ContactForm(request.POST or None, user=request.user, exclude=publication.use_case.company_id)
    if not form.companies or publication.of_contract or not publication.use_case.contactable:
        raise Http404
    if form.is_valid():
        try:
            actions.ask_for_contact(publication=publication, by=request.user, **form.cleaned_data)
        except actions.NotContactableError as error:
            raise Http404 from error
        except actions.TooManyRequestsError:
            form.add_error(None, _("Your company asked for five contacts in a day: ask for the next tomorrow."))
        except actions.AlreadyAskedError:
            text = _(
                "Not sent: your company has asked for this contact already. You find the request among its use cases."
            )
            form.add_error(None, text)
        else:
            messages.success(request, _("Sent to the sector’s committee, which puts you in contact."))
            return redirect(publication)
    return render(
        request,
        "showcase/contact.html",
        {"form": form, "case": Shown(publication.content, publication), "publication": publication},
    )


@menu("use_cases")
@require_safe
def use_case_picture(request: SignedInRequest, pk: UUID) -> FileResponse:
    # Everybody while the case that shows it is public; before, its company and the reviewers.
    picture = get_object_or_404(Picture.objects.select_related("use_case"), pk=pk)
    public = in_public(picture)
    if not public and not may_preview(request.user, picture.use_case):
        raise Http404
    try:
        file = picture.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {"Cache-Control": "public, max-age=60" if public else "no-store", "Content-Disposition": "inline"}
    return FileResponse(file, content_type="image/webp", headers=headers)


def in_public(picture: Picture) -> bool:
    publication = Publication.objects.visible().filter(pk=picture.use_case_id).first()
    if publication is None:
        return False
    shown = [*publication.content["pictures"], publication.content["logo"] or {}]
    return str(picture.pk) in {part.get("id") for part in shown}


def may_preview(user: Visitor, use_case: UseCase) -> bool:
    # Its company; a reviewer too, as a part of a reading of the case that is on record.
    if UseCase.objects.visible_to(user).filter(pk=use_case.pk).exists():
        return True
    if not (user.is_staff and user.has_perm("assessment.view_usecase")):
        return False
    record_part(kind=StaffAccess.Kind.USE_CASE, company=use_case.company_id, by=user)
    return True


@menu("use_cases")
@require_safe
def use_case_share(request: SignedInRequest, pk: UUID) -> HttpResponse:
    publication = visible(pk)
    if publication is None:
        return gone(request, pk)
    headers = {"Cache-Control": "public, max-age=60"}
    return HttpResponse(
        share_picture(Shown(publication.content, publication)), content_type="image/png", headers=headers
    )
