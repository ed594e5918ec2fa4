"""Texts whose terms lead to their explanation."""

import re
from collections.abc import Iterator

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines
from django.utils.translation import get_language

from assessment.reports.questionnaire.glossary import finder

register = template.Library()


@register.filter
def with_terms(text: object, own: str = "") -> SafeString:
    """Write the text in paragraphs, each term linked to the glossary where it first appears.

    The text itself is always escaped. ``own``: the slug of a term not to link, on its own explanation.
    """
    terms = _Terms(own)
    paragraphs = re.split("\n{2,}", normalize_newlines(str(text)).strip("\n"))
    return format_html_join("\n", "<p>{}</p>", ((terms.in_lines(paragraph),) for paragraph in paragraphs))


class _Terms:
    def __init__(self, own: str) -> None:
        self.finder, self.address, self.linked = finder(get_language()), reverse("glossary"), {own}

    def in_lines(self, paragraph: str) -> SafeString:
        first, *others = [format_html_join("", "{}", self.pieces(line)) for line in paragraph.split("\n")]
        return first + format_html_join("", "<br>{}", ((line,) for line in others))

    def pieces(self, line: str) -> Iterator[tuple[str]]:
        for piece, entry in self.finder.pieces(line):
            if entry is None or entry.slug in self.linked:
                yield (piece,)
            else:
                self.linked.add(entry.slug)
                yield (format_html('<a class="term" href="{}#{}">{}</a>', self.address, entry.slug, piece),)
