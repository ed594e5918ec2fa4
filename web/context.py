"""Values that every template may name."""

from functools import partial

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation

import marks


def site(request):
    return {
        "demonstration": settings.DEMO,
        "staff_second_factor": settings.STAFF_SECOND_FACTOR,
        "site_url": settings.SITE_URL,
        "current_page": getattr(request.resolver_match, "view_name", ""),
        "current_section": marks.of(request).menu,
        "languages": partial(languages, request),
    }


def languages(request):
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


def address_in(language, request):
    if request.resolver_match is None:
        with translation.override(language):
            return reverse("home")
    return translate_url(request.get_full_path(), language)
