"""Error pages in the site's look and in the reader's language; each works when what it reports is broken."""

from functools import cache

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

import marks
from assessment.models import User
from edits.typed import MADE_FOR, TOKEN, holds_secret, is_made_for, is_of_our_page, sent_fields, typed_texts


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"texts": typed_texts(request)}, status=403)


@requires_csrf_token
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    # A form sent without its token: most often a page left open longer than the session.
    # The pages to sign in open again by themselves: who signed in meanwhile, in another tab, is led on by them.
    if marks.of(request).is_entrance:
        if not request.user.is_authenticated:
            messages.info(request, _("This page had been open for too long. Please send it once more."))
        return redirect(request.get_full_path())
    theirs = not request.user.is_authenticated or is_made_for(request, request.user)
    if theirs and MADE_FOR in request.POST and (page := kept(request, status=403)):
        return page
    context = {"address": request.get_full_path(), "texts": typed_texts(request) if theirs else []}
    return render(request, "403_csrf.html", context, status=403)


def kept(request: HttpRequest, *, status: int) -> HttpResponse | None:
    """What was filled in, in a form of ours, by somebody whose session had ended; its button sends the form again.

    None where nothing was, or where a secret was, which no page repeats. Nothing is stored: who signs in as somebody
    else isn't offered to send it.
    """
    fields = [(name, value) for name, value in sent_fields(request) if name not in {TOKEN, MADE_FOR}]
    if not any(value for _name, value in fields) or holds_secret(request) or not is_of_our_page(request):
        return None
    context = {
        "address": request.get_full_path(),
        "texts": typed_texts(request),
        "fields": fields,
        "made_for": request.POST[MADE_FOR],
        "person": person_of_page(request),
        "files": bool(request.FILES),
    }
    return render(request, "session/kept.html", context, status=status)


def person_of_page(request: HttpRequest) -> User | None:
    """For whom the page that sent the form was made; None where its mark is not ours."""
    key = request.POST[MADE_FOR].partition(".")[0]
    user = User.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    return user if user is not None and is_made_for(request, user) else None


def refused(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    # In place of a page that would tell of an error far from the words that were sent, where there were any.
    texts = typed_texts(request)
    if not texts or holds_secret(request):
        return response
    return render(
        request, "session/refused.html", {"texts": texts, "onwards": response.headers["Location"]}, status=409
    )


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"texts": typed_texts(request)}, status=404)


@requires_csrf_token
def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``Retry-After`` as the page says it in words, where what refused did not say more."""
    response = render(request, "429.html", {"texts": typed_texts(request)}, status=429)
    response["Retry-After"] = getattr(request, "refused_for", 300)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return plain(request, "400.html", status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    # More text than any field takes. The script of a page puts the reply under the question, whose text stays.
    template = "413.html" if "text/html" in request.headers.get("Accept", "") else "_too_large.html"
    return plain(request, template, status=413)


def too_slow(request: HttpRequest) -> HttpResponse:
    # What was announced didn't come whole. Scripts send it again by themselves.
    return plain(request, "408.html", status=408)


def without_length(request: HttpRequest) -> HttpResponse:
    return plain(request, "411.html", status=411)


def server_error(request: HttpRequest) -> HttpResponse:
    return plain(request, "500.html", status=500)


def plain(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    # Without user, session, database or context processors: any of them may be what failed.
    # The language is read again, since its middleware may not have run.
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        return HttpResponse(render_to_string(template, {"incident": getattr(request, "id", "")}), status=status)


def unavailable(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """The database is away, or too many ask at once: many get it at the same moment, so that it must cost nothing.

    Scripts, which read the status alone, get a word.
    """
    if "text/html" in request.headers.get("Accept", ""):
        language = translation.get_language_from_request(request, check_path=True)
        content, kind = unavailable_page(language, sent=request.method == "POST"), "text/html; charset=utf-8"
    else:
        content, kind = "unavailable\n", "text/plain"
    headers = {"Retry-After": str(retry_after), "Cache-Control": "no-store"}
    response = HttpResponse(content, status=503, content_type=kind, headers=headers)
    vars(response)["_has_been_logged"] = (
        True  # in one line, as every request is: Django would add an error, or a stack trace
    )
    return response


@cache
def unavailable_page(language: str, *, sent: bool) -> str:
    with translation.override(language):
        return render_to_string("503.html", {"sent": sent})
