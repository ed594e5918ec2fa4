"""Pages that say who runs the site, what it keeps and how accessible it is; and what robots and browsers ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from marks import DAY, public


@public(seconds=DAY, needs_data=False)
@require_safe
def legal(request):
    return render(request, "pages/legal.html", {"operator": settings.OPERATOR})


@public(seconds=DAY, needs_data=False)
@require_safe
def privacy(request):
    return render(request, "pages/privacy.html", {"operator": settings.OPERATOR})


@public(seconds=DAY, needs_data=False)
@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html", {"operator": settings.OPERATOR})


@require_safe
def robots(request):
    # Public pages may be found; accounts, the administration and the demonstration's fictional companies may not.
    disallowed = ["/"] if settings.DEMO else private_paths()
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def private_paths():
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield from (reverse("admin:index"), reverse("account_login").removesuffix("login/"), reverse("start"))


@require_safe
def favicon(request):
    # For browsers that ask for the file by its old name, whatever the page says.
    return redirect(static("brand/favicon.ico"), permanent=True)
