"""The showcase: what visitors find, narrowed and counted; and one case with its codes put into words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessment.models import (
    Investment,
    Publication,
    Regulation,
    Size,
    SubSector,
    Technology,
    TimeToEffect,
    UseCase,
)
from assessment.reports.showcase.catalogue import catalogue
from assessment.rules.capabilities import capability_titles, current_questionnaire
from assessment.rules.search import words_left_out
from assessment.rules.usecases import FACETS
from contract.models import Project
from language.texts import Text

ON_A_PAGE = 12
FACET_LABELS = {
    "capabilities": _("Capability"),
    "sub_sectors": _("Sub-sector"),
    "size": _("Size of the company"),
    "technologies": _("Technology"),
    "regulations": _("Regulatory setting"),
    "investment": _("Investment"),
    "time_to_effect": _("Time to effect"),
    "project": _("Project of the contract"),
}
MAIN_FACETS = ["capabilities", "sub_sectors", "size", "technologies"]
TOLD = [name for name in UseCase.TEXTS if name not in {"title", "summary"}]
WORDS = {
    "sub_sectors": SubSector,
    "size": Size,
    "technologies": Technology,
    "regulations": Regulation,
    "investment": Investment,
    "time_to_effect": TimeToEffect,
}


# Before three digits a comma or a point may part thousands: that stays as the company wrote it
DECIMAL = re.compile(r"(?<![\d.,])(\d+)[.,](\d{1,2}|\d{4,})(?![\d.,])")


def written_in(language: str, figure: str) -> str:
    """Return a figure with the decimal mark of the language it is read in."""
    return DECIMAL.sub(r"\1.\2" if language == "en" else r"\1,\2", figure)


@dataclass(frozen=True, slots=True)
class Shown:
    """A content and what its codes mean to the reader. ``source``: the row it is of, or its publication."""

    content: dict[str, Any]
    of: object
    titles: Mapping[str, str] | None = None  # of capabilities by code, where a list has read them once

    @property
    def language(self) -> str:
        written = self.content["texts"]
        wanted = "en" if get_language() == "en" else "fr"
        return wanted if wanted in written else next(iter(written), wanted)

    @property
    def translated(self) -> bool:
        # Whether the reader's own language is the one shown.
        return self.language == ("en" if get_language() == "en" else "fr")

    @property
    def text(self) -> dict[str, str]:
        return self.content["texts"].get(self.language) or dict.fromkeys(UseCase.TEXTS, "")

    @property
    def is_told(self) -> bool:
        # Whether there is more to read than the summary: of the contract's cases little is known.
        return bool(self.content["pictures"] or self.content["figures"] or any(self.text[name] for name in TOLD))

    @property
    def capabilities(self) -> list[tuple[str, str]]:
        titles = capability_titles(current_questionnaire()) if self.titles is None else self.titles
        return [(code, titles.get(code, code)) for code in self.content["capabilities"]]

    @property
    def theme(self) -> str:
        # The code of its first technology, "" for none: what is drawn where there is no picture.
        return next(iter(self.content["technologies"]), "")

    @property
    def scores(self) -> list[tuple[str, str]]:
        given = self.content["scores"] or {}
        return [(title, given[code]) for code, title in self.capabilities if code in given]

    @property
    def figures(self) -> Iterator[dict[str, str]]:
        other = "fr" if self.language == "en" else "en"
        for figure in self.content["figures"]:
            words = {
                name: figure[name].get(self.language) or figure[name].get(other, "")
                for name in ["indicator", "unit", "period"]
            }
            yield {**words, **{name: written_in(self.language, figure[name]) for name in ["before", "after"]}}

    @property
    def sub_sectors(self) -> list[str]:
        return self.labels("sub_sectors")

    @property
    def technologies(self) -> list[str]:
        return self.labels("technologies")

    @property
    def regulations(self) -> list[str]:
        return self.labels("regulations")

    @property
    def size(self) -> str:
        return "".join(self.labels("size"))

    @property
    def investment(self) -> str:
        return "".join(self.labels("investment"))

    @property
    def time_to_effect(self) -> str:
        return "".join(self.labels("time_to_effect"))

    def labels(self, kind: str) -> list[str]:
        chosen = self.content[kind] if isinstance(self.content[kind], list) else [self.content[kind]]
        labels = dict(WORDS[kind].choices)
        return [str(labels[value]) for value in chosen if value in labels]

    @property
    def project(self) -> Project | None:
        return Project.objects.filter(code=self.content["project"]).first() if self.content["project"] else None


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    kind: str
    label: Text
    options: list[Option]

    @property
    def made_from(self) -> tuple[object, ...]:
        # All that is shown of it.
        options = [(option.value, str(option.label), option.count, option.chosen) for option in self.options]
        return (self.kind, str(self.label), *options)

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.chosen), None)


@dataclass(frozen=True, slots=True)
class Listing:
    page: object
    cases: list[Shown]
    facets: list[Facet]
    total: int
    left_out: list[str]

    @property
    def main_facets(self) -> list[Facet]:
        return [facet for facet in self.facets if facet.kind in MAIN_FACETS]

    @property
    def other_facets(self) -> list[Facet]:
        return [facet for facet in self.facets if facet.kind not in MAIN_FACETS]

    @property
    def other_is_chosen(self) -> bool:
        return any(facet.chosen for facet in self.other_facets)


def listing(asked: Mapping[str, str], *, page: int | str | None = 1) -> Listing:
    """Four queries: capabilities' titles, the catalogue's edition, the page's cases, projects' titles.

    One more where the words are new, and one where the showcase changed.
    """
    titles = capability_titles(current_questionnaire())
    labels = {kind: words(kind, titles) for kind in FACETS}
    chosen = {kind: f"{kind}:{asked[kind]}" for kind in FACETS if asked[kind] in labels[kind]}
    unknown = [f"{kind}={asked[kind]}" for kind in FACETS if asked[kind] and kind not in chosen]
    held = catalogue()
    found, counts = held.narrowed(asked["q"], chosen)
    keys = held.ordered(found, asked["sort"] or "front")
    shown = Paginator(keys, ON_A_PAGE).get_page(page)
    left_out = unknown + [f"q={word}" for word in words_left_out(asked["q"])]
    drawn = [facet(kind, counts, chosen.get(kind), labels[kind]) for kind in FACETS]
    return Listing(shown, cases(shown.object_list, titles), drawn, len(keys), left_out)


def cases(keys: Iterable[UUID], titles: Mapping[str, str]) -> list[Shown]:
    """In the order of their keys; one withdrawn between two queries is left out."""
    rows = Publication.objects.visible().in_bulk(keys)
    return [Shown(rows[key].content, rows[key], titles) for key in keys if key in rows]


def words(kind: str, titles: Mapping[str, str]) -> Mapping[Any, Any]:
    if kind == "capabilities":
        return titles
    if kind == "project":
        return {project.code: project.title for project in Project.objects.all()}
    return dict(WORDS[kind].choices)


def facet(kind: str, counts: Mapping[str, int], chosen: str | None, labels: Mapping[Any, Any]) -> Facet:
    # In the order of the words: that of the questionnaire, of sizes, of amounts.
    options = []
    for value, label in labels.items():
        code = f"{kind}:{value}"
        count = counts.get(code, 0)
        if count or code == chosen:
            options.append(Option(value, str(label), count, code == chosen))
    return Facet(kind, FACET_LABELS[kind], options)


def published_of_project(code: str) -> list[Shown]:
    """For the contract's page of a project: one query, and one for the capabilities' titles."""
    titles = capability_titles(current_questionnaire())
    publications = Publication.objects.visible().filter(codes__contains=f" project:{code} ", of_contract=False)
    return [Shown(publication.content, publication, titles) for publication in publications]
