"""The contract's own use cases as the showcase shows them: what the sources say, and no more."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessment.models import UseCase
from assessment.models.languages import LANGUAGES
from assessment.rules.usecases import CHOSEN
from contract.models import ProjectUseCase


def contract_cases() -> Iterator[tuple[ProjectUseCase, dict[str, str], dict[str, Any]]]:
    """Yield each record with the texts of its row and its public content."""
    records = cast(QuerySet[ProjectUseCase], ProjectUseCase.objects.with_texts())  # of its parent, the plugin believes
    for record in records.select_related("project").prefetch_related("carriers"):
        texts = {language: texts_of(record, language) for language in LANGUAGES}
        row = {f"{name}_{language}": texts[language][name] for language in LANGUAGES for name in ["title", "summary"]}
        yield record, row, content_of(record, texts)


def texts_of(record: ProjectUseCase, language: str) -> dict[str, str]:
    with translation.override(language):
        texts = dict.fromkeys(UseCase.TEXTS, "")
        return texts | {"title": record.title, "summary": summary_of(record), "outcome": record.description}


def summary_of(record: ProjectUseCase) -> str:
    told = {
        "project": record.project.title,
        "carriers": ", ".join(carrier.name for carrier in record.carriers.all()),
        "date": date_format(record.introduced_by.signed_on, "DATE_FORMAT"),
    }
    if told["carriers"]:
        return _("A use case of the contract’s project “%(project)s” since %(date)s, carried by %(carriers)s.") % told
    return _("A use case of the contract’s project “%(project)s” since %(date)s.") % told


def content_of(record: ProjectUseCase, texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    empty = {name: "" if name in {"size", "investment", "time_to_effect"} else [] for name in CHOSEN}
    return {
        **empty,
        "texts": texts,
        "people": None,
        "links": [source.url for source in record.sources if source.url],
        "project": record.project.code,
        "figures": [],
        "pictures": [],
        "logo": None,
        "company": ", ".join(carrier.name for carrier in record.carriers.all()) or None,
        "fictional": False,
        "scores": None,
        "source": " · ".join(
            ", ".join(part for part in [source.publisher, source.title] if part) for source in record.sources
        ),
    }
