"""The exact content of a use case that a company consents to, and what visitors are shown of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assessment.maturity.fingerprints import fingerprint_of
from assessment.models import Consent, Picture, Publication, Result, UseCase
from assessment.models.languages import LANGUAGES
from assessment.rules.capabilities import current_questionnaire
from assessment.rules.search import plain_words, stems_of

CHOSEN = ["capabilities", "sub_sectors", "size", "technologies", "regulations", "investment", "time_to_effect"]
FACETS = [*CHOSEN, "project"]
NOTHING = dict.fromkeys(Consent.SCOPE, False) | {"text": True}


def content_of(use_case: UseCase, *, scope: Mapping[str, bool] | None = None) -> dict[str, Any]:
    """Return all that would be public under a scope: what it leaves out is not in it at all."""
    scope = {**NOTHING, **(scope or {})}
    company, pictures = use_case.company, list(use_case.pictures.all())
    return {
        "texts": texts_of(use_case),
        **{name: getattr(use_case, name) for name in CHOSEN},
        "people": use_case.people,
        "links": use_case.links,
        "project": use_case.project.code if use_case.project else None,
        "figures": use_case.figures if scope["figures"] else [],
        "pictures": [picture_content(picture) for picture in pictures if picture.kind == "picture"],
        "logo": next((picture_content(p) for p in pictures if p.kind == "logo"), None) if scope["logo"] else None,
        "company": company.name if company and scope["company_name"] else None,
        "fictional": bool(company and company.fictional),
        "scores": scores_of(use_case) if scope["score"] else None,
        "source": None,
    }


def texts_of(use_case: UseCase) -> dict[str, dict[str, str]]:
    # By language, those that have a title: the other fields may be empty.
    written = {
        language: {name: getattr(use_case, f"{name}_{language}") or "" for name in UseCase.TEXTS}
        for language in LANGUAGES
    }
    return {language: texts for language, texts in written.items() if texts["title"]}


def picture_content(picture: Picture) -> dict[str, Any]:
    return {
        "id": str(picture.pk),
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
    }


def scores_of(use_case: UseCase) -> dict[str, str]:
    # The company's own latest published figures on the capabilities of the case.
    result = Result.objects.filter(company=use_case.company_id).order_by("-submitted_at", "-pk").first()
    scores = result.summary["capabilities"] if result else {}
    return {code: scores[code] for code in use_case.capabilities if scores.get(code) is not None}


def missing_from(use_case: UseCase) -> list[str]:
    # The fields without which a case can't be submitted, for the language that has most of them.
    lacking = {
        language: [name for name in UseCase.NEEDED if not getattr(use_case, f"{name}_{language}")]
        for language in LANGUAGES
    }
    texts = min(lacking.values(), key=len)
    return [*texts, *(["capabilities"] if not use_case.capabilities else [])]


def publication_of(
    use_case: UseCase, *, content: dict[str, Any], consent: Consent | None = None, at: datetime
) -> Publication:
    french, english = in_both_languages(content["texts"])
    return Publication(
        use_case=use_case,
        consent=consent,
        of_contract=consent is None,
        content=content,
        sha256=fingerprint_of(content),
        title_fr=french["title"],
        title_en=english["title"],
        published_at=at,
        labelled=use_case.labelled_at is not None,
        position=9999 if use_case.position is None else use_case.position,
        codes=codes_of(content),
        **search_columns(content),
    )


def in_both_languages(texts: Mapping[str, dict[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    written = next(iter(texts.values()), {"title": ""})
    return texts.get("fr", written), texts.get("en", written)


def search_columns(content: Mapping[str, Any]) -> dict[str, str]:
    words = {language: plain_words(" ".join([*texts.values(), *searched(content)])) for language, texts in
             content["texts"].items()}  # fmt: skip
    return {
        "search_fr": words.get("fr", ""),
        "search_en": words.get("en", ""),
        "stems": stems_of(" ".join(words.values())),
    }


def searched(content: Mapping[str, Any]) -> list[str]:
    # Words that belong to no language: who, and the titles of the capabilities.
    questionnaire = current_questionnaire()
    titles = [
        title
        for dimension in (questionnaire.dimensions if questionnaire else ())
        for capability in dimension.capabilities
        if capability.code in content["capabilities"]
        for title in capability.title.values()
    ]
    return [content["company"] or "", *titles]


def codes_of(content: Mapping[str, Any]) -> str:
    # Each facet's value once, between spaces: no code holds one.
    codes = []
    for kind in FACETS:
        values = content[kind] if isinstance(content[kind], list) else [content[kind]]
        codes += [f"{kind}:{value}" for value in values if value]
    return " " + " ".join(dict.fromkeys(codes)) + " "
