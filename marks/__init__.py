"""Marks: what a view says of itself to what every request passes through (web/), as decorators on top of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils import translation

View = TypeVar("View", bound=Callable[..., Any])
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Marks:
    """Without a word a view is an ordinary page: it waits its turn, is nobody else's, and prolongs the session."""

    menu: str = ""
    allowance: str | None = "pages"
    public: int = 0  # seconds
    needs_data: bool = True
    is_entrance: bool = False
    is_activity: bool = True
    asks_second_factor: bool = False
    is_listed: bool = False
    receives: int = 0  # bytes from strangers
    is_secret: bool = False


DEFAULT = Marks()


def mark(**values: Any) -> Callable[[View], View]:
    def put(view: View) -> View:
        vars(view)["marks"] = replace(on(view), **values)
        return view

    return put


def menu(entry: str) -> Callable[[View], View]:
    """The entry of the main menu that the page is below: assessments, questionnaire, use_cases or contract."""
    return mark(menu=entry)


def allowance(name: str | None) -> Callable[[View], View]:
    """Whose turns a POST takes: "saves", which readers never hold up; None: it is always served, GET too."""
    return mark(allowance=name)


def public(*, seconds: int, needs_data: bool = True) -> Callable[[View], View]:
    """While the database is away, what a visitor was shown may be shown again for so many seconds.

    What needs a company's consent must be gone a minute after it is withdrawn. A page that needs no data is shown to
    somebody who is signed in too, without ever having been shown before.
    """
    return mark(public=seconds, needs_data=needs_data)


def receives(size: int) -> Callable[[View], View]:
    """So many bytes in one request, from somebody who isn't signed in too."""
    return mark(receives=size)


entrance = mark(is_entrance=True)  # on the way in: sent once more when its form had become too old
no_activity = mark(is_activity=False)  # a page asks by itself: that prolongs no session
second_factor = mark(asks_second_factor=True)  # from staff, where the site asks for one
secret = mark(is_secret=True)  # whoever knows the address may open it: no log holds it
listed = mark(is_listed=True)  # for search engines, in the sitemap


def on(view: Any) -> Marks:
    return getattr(view, "marks", DEFAULT)


def of(request: HttpRequest) -> Marks:
    """Return the marks of the view that the address leads to; of one that leads nowhere, those of an ordinary page.

    Resolved once a request, before Django does and before a language is chosen: about 0.1 ms.
    """
    if "marks" not in vars(request):
        vars(request)["marks"] = of_path(request.path_info)
    marks: Marks = vars(request)["marks"]
    return marks


def of_path(path: str) -> Marks:
    with translation.override(translation.get_language_from_path(path)):
        try:
            return on(resolve(path).func)
        except Resolver404:
            return DEFAULT


def marked(included: tuple[Any, Any, Any], put: Callable[[Any], Any], *names: str) -> tuple[Any, Any, Any]:
    """Put a mark on views that aren't ours, where their addresses are declared: on those of these names, or on all."""
    views = list(views_below(included[0]))
    unknown = set(names) - {name for name, _view in views}
    if unknown:
        raise LookupError(f"no view has the name {', '.join(sorted(unknown))}")
    for name, view in views:
        if not names or name in names:
            put(view)
    return included


def every_view() -> Iterator[tuple[str, Any]]:
    """Yield the name and the view of each address, in the order in which they are tried."""
    return views_below(get_resolver().url_patterns)


def views_below(patterns: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """``patterns`` may be a module that declares them."""
    for pattern in getattr(patterns, "urlpatterns", patterns):
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from views_below(pattern.url_patterns, prefix + namespace)
        else:
            yield prefix + (pattern.name or ""), pattern.callback
