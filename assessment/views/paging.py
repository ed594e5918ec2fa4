"""Pages of a list, and what an address asks for that no page holds."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from language.leftout import in_words, pairs_left_out


def page_of(request: HttpRequest, rows: Any, size: int) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def page_left_out(request: HttpRequest, page: Any) -> list[str]:
    asked = request.GET.getlist("page")
    return [f"page={value}" for value in asked if value != str(page.number)]


def left_out(request: HttpRequest, page: Page) -> str:
    """Return the sentence of a list that has pages and no criteria."""
    return in_words([*pairs_left_out(request.GET, {"page"}), *page_left_out(request, page)])
