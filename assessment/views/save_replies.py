"""Replies to one save, and the person whose page sent it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessment.models.people import Visitor
from language.texts import Text


def page_is_of(user: Visitor, request: HttpRequest) -> bool:
    # Whether the page was made for this person, not for somebody who was signed in on the same browser before.
    made_for = request.META.get("HTTP_X_PERSON")
    return user.is_authenticated and (made_for is None or made_for == user.browser_id)


def saved(context: dict[str, Any], *, revision: int, at: datetime) -> HttpResponse:
    # The one reply that means "saved": it carries the revision that was stored.
    response = HttpResponse(render_to_string("assessment/_saved.html", context | {"revision": revision, "at": at}))
    response["X-Revision"] = revision
    response["HX-Trigger"] = "answer-saved"
    return response


def not_saved(request: HttpRequest, context: dict[str, Any], problems: Iterable[Text]) -> HttpResponse:
    return render(request, "assessment/_not_saved.html", context | {"problems": problems}, status=422)


def reused(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    # The save's id is that of another one; the page's script knows by the header that a new id is all it takes.
    told = _("This page sent another answer under the same number. Reload the page, then answer again.")
    response = not_saved(request, context, [told])
    response["X-Request-Reused"] = "1"
    return response
