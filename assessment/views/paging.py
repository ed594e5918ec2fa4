"""Pages of a list, and what an address asks for that no page holds."""

from django.core.paginator import Paginator

from language.leftout import in_words, pairs_left_out


def page_of(request, rows, size):
    return Paginator(rows, size).get_page(request.GET.get("page"))


def page_left_out(request, page):
    asked = request.GET.getlist("page")
    return [f"page={value}" for value in asked if value != str(page.number)]


def left_out(request, page):
    """Return the sentence of a list that has pages and no criteria."""
    return in_words([*pairs_left_out(request.GET, {"page"}), *page_left_out(request, page)])
