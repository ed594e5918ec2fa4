"""What every template may name."""

from functools import partial

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils import translation

# Which entry of the main menu a page is below, by the first word of its name.
SECTIONS = {
    **dict.fromkeys(["start", "company", "member", "assessments", "assessment", "result"], "assessments"),
    **dict.fromkeys(["own", "answer", "campaign"], "assessments"),
    **dict.fromkeys(["questionnaire", "method", "glossary"], "questionnaire"),
    "contract": "contract",
    "use": "use_cases",
}


def site(request):
    page = getattr(request.resolver_match, "view_name", "")
    return {
        "demonstration": settings.DEMO,
        "staff_second_factor": settings.STAFF_SECOND_FACTOR,
        "site_url": settings.SITE_URL,
        "current_page": page,
        "current_section": SECTIONS.get(page.replace(":", "_").partition("_")[0], ""),
        "languages": partial(languages, request),
    }


def languages(request):
    """This page in each language; where a page has no address of its own (an error), the home page."""
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
