"""Values that every template may name."""

import re
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation

import marks

# An address in which nothing is written differently once it is taken apart: only its language changes
PLAIN = re.compile(rf"(?P<root>.)({'|'.join(dict(settings.LANGUAGES))})(?P<rest>/[\w/.~-]*)\Z", re.ASCII)


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "demonstration": settings.DEMO,
        "staff_second_factor": settings.STAFF_SECOND_FACTOR,
        "site_url": settings.SITE_URL,
        "current_page": getattr(request.resolver_match, "view_name", ""),
        "current_section": marks.of(request).menu,
        "languages": cache(partial(languages, request)),  # twice on each page
    }


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    # This page in each language; where a page has no address of its own (an error), the home page.
    active = translation.get_language()
    return [
        {
            "code": code,
            "name": translation.get_language_info(code)["name_local"].capitalize(),
            "url": address_in(code, request),
            "current": code == active,
        }
        for code, _name in settings.LANGUAGES
    ]


def address_in(language: str, request: HttpRequest) -> str:
    here = PLAIN.match(request.get_full_path())
    if here and request.resolver_match:
        return f"{here['root']}{language}{here['rest']}"
    if request.resolver_match is None:
        with translation.override(language):
            return reverse("home")
    return translate_url(request.get_full_path(), language)
