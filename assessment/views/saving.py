"""What the reply to one save says, and whom the page that sent it was made for."""

from django.shortcuts import render
from django.utils.translation import gettext as _


def page_is_of(user, request):
    """Whether the page was made for this person, not for somebody who was signed in on the same browser before."""
    return user.is_authenticated and request.headers.get("X-Person", user.browser_id) == user.browser_id


def saved(request, context, *, revision, at):
    """The one reply that means "saved": it carries the revision that was stored."""
    response = render(request, "assessment/_saved.html", context | {"revision": revision, "at": at})
    response["X-Revision"] = revision
    response["HX-Trigger"] = "answer-saved"
    return response


def not_saved(request, context, problems):
    return render(request, "assessment/_not_saved.html", context | {"problems": problems}, status=422)


def reused(request, context):
    """The save's id is that of another one; the page's script knows by the header that a new id is all it takes."""
    told = _("This page sent another answer under the same number. Reload the page, then answer again.")
    response = not_saved(request, context, [told])
    response["X-Request-Reused"] = "1"
    return response
