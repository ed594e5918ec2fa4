"""Pages that say who runs the site, what it keeps and how accessible it is; and what robots and browsers ask for."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from marks import DAY, public


@public(seconds=DAY, needs_data=False)
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/legal.html", {"operator": settings.OPERATOR})


@public(seconds=DAY, needs_data=False)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"operator": settings.OPERATOR})


@public(seconds=DAY, needs_data=False)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"operator": settings.OPERATOR})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    # Public pages may be found; accounts, the administration and the demonstration's fictional companies may not.
    disallowed = ["/"] if settings.DEMO else private_paths()
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def private_paths() -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield from (reverse("admin:index"), reverse("account_login").removesuffix("login/"), reverse("start"))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    # For browsers that ask for the file by its old name, whatever the page says.
    return redirect(static("brand/favicon.ico"), permanent=True)
