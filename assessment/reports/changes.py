"""What changed in a use case since it was last public: two consents' contents, side by side."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from assessment.models import Consent, UseCase
from assessment.models.triggers import LANGUAGES


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str

    first: bool = False  # nothing was consented to before

    @property
    def changed(self):
        return not self.first and self.before != self.after


def changes(use_case):
    """Every part of the latest consented content beside that of the one before; one query."""
    latest, previous = [*use_case.consents.order_by("-version")[:2], None, None][:2]
    if latest is None:
        return []
    old = previous.content if previous else {}
    rows = [*texts(old, latest.content), *others(old, latest.content)]
    return [replace(row, first=previous is None) for row in rows if row.before or row.after]


def texts(old, new):
    for language in LANGUAGES:
        for name in UseCase.TEXTS:
            label = f"{UseCase._meta.get_field(name).verbose_name} ({language})"
            yield Change(label, *[content.get("texts", {}).get(language, {}).get(name, "") for content in (old, new)])


def others(old, new):
    named = {
        "company": Consent._meta.get_field("company_name").verbose_name,
        "scores": Consent._meta.get_field("score").verbose_name,
        "figures": Consent._meta.get_field("figures").verbose_name,
        "pictures": _("pictures"),
        "logo": _("logo"),
        **{
            name: UseCase._meta.get_field(name).verbose_name
            for name in ["capabilities", "sub_sectors", "size", "technologies", "regulations", "investment"]
        },
        "time_to_effect": UseCase._meta.get_field("time_to_effect").verbose_name,
        "people": UseCase._meta.get_field("people").verbose_name,
        "links": UseCase._meta.get_field("links").verbose_name,
        "project": UseCase._meta.get_field("project").verbose_name,
    }
    for name, label in named.items():
        yield Change(str(label), *[in_lines(content.get(name)) for content in (old, new)])


def in_lines(value):
    """As a reviewer reads it; pictures by what they are said to show."""
    if isinstance(value, list):
        return "\n".join(in_lines(part) for part in value)
    if isinstance(value, dict) and "alt" in value:
        return value["alt"]
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_lines(part)}" for name, part in value.items())
    return "" if value is None else str(value)
