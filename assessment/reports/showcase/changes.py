"""Changes in a use case since it was last public: two consents' contents, side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from assessment.models import Consent, UseCase
from assessment.models.languages import LANGUAGES
from assessment.reports.showcase.pages import WORDS
from assessment.rules.capabilities import capability_titles, current_questionnaire
from assessment.rules.words import labelled, points
from language.texts import Text


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str

    first: bool = False  # nothing was consented to before

    @property
    def changed(self) -> bool:
        return not self.first and self.before != self.after


def changes(use_case: UseCase) -> list[Change]:
    """Every part of the latest consented content beside that of the one before; one query."""
    latest, previous = [*use_case.consents.order_by("-version")[:2], None, None][:2]
    if latest is None:
        return []
    old = previous.content if previous else {}
    rows = [*texts(old, latest.content), *others(old, latest.content)]
    return [replace(row, first=previous is None) for row in rows if row.before or row.after]


def texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for language in LANGUAGES:
        for name in UseCase.TEXTS:
            label = f"{label_of(name)} ({language})"
            before, after = [content.get("texts", {}).get(language, {}).get(name, "") for content in (old, new)]
            yield Change(label, before, after)


def others(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    titles = capability_titles(current_questionnaire())
    for name, label, words in parts(titles):
        yield Change(str(label), words(old.get(name)), words(new.get(name)))


def parts(titles: Mapping[str, str]) -> Iterator[tuple[str, Text, Callable[[Any], str]]]:
    """Yield (key of the content, label, how its value is put into words)."""
    yield "company", Consent._meta.get_field("company_name").verbose_name, plain
    yield "scores", Consent._meta.get_field("score").verbose_name, partial(scores, titles)
    yield "figures", Consent._meta.get_field("figures").verbose_name, figures
    yield "pictures", _("pictures"), pictures
    yield "logo", _("logo"), lambda logo: pictures([logo] if logo else [])
    yield "capabilities", label_of("capabilities"), partial(labels, titles)
    for name, choices in WORDS.items():
        yield name, label_of(name), partial(labels, dict(choices.choices))
    for name in ["people", "links", "project"]:
        yield name, label_of(name), plain


def label_of(name: str) -> Text:
    return cast(Text, cast(Any, UseCase._meta.get_field(name)).verbose_name)


def labels(words: Mapping[Any, Any], codes: Any) -> str:
    codes = codes if isinstance(codes, list) else [codes]
    return "\n".join(str(words.get(code, code)) for code in codes if code)


def scores(titles: Mapping[str, str], given: Mapping[str, str] | None) -> str:
    return "\n".join(labelled(titles.get(code, code), points(score)) for code, score in (given or {}).items())


def figures(given: Iterable[dict[str, Any]] | None) -> str:
    # Each figure once a language, as it is told there.
    return "\n".join(
        labelled(measured(figure, language), changed(figure, language))
        for figure in given or []
        for language in LANGUAGES
        if figure["indicator"].get(language)
    )


def measured(figure: Mapping[str, Any], language: str) -> str:
    # With its unit: typed by the company in one number, it can't follow the figure.
    unit = figure["unit"].get(language, "")
    return figure["indicator"][language] + (f" ({unit})" if unit else "")


def changed(figure: Mapping[str, Any], language: str) -> str:
    period = figure["period"].get(language, "")
    return f"{figure['before']} → {figure['after']}" + (f" ({period})" if period else "")


def pictures(shown: Iterable[Mapping[str, Any]] | None) -> str:
    # By what they are said to show.
    return "\n".join(picture["alt"] for picture in shown or [])


def plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
