"""Where companies find help: read from fixtures/help.yaml, which people edit and tests check."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from language.texts import Text

FILE = settings.BASE_DIR / "fixtures" / "help.yaml"
KINDS: dict[str, Text] = {
    "funding": _("Funding"),
    "advice": _("Advice near you"),
    "sector": _("Digital health"),
    "security": _("Security and personal data"),
}


@dataclass(frozen=True, slots=True)
class Helper:
    name: str
    url: str
    entered_on: date
    text: str


@cache
def helpers(language: str) -> list[tuple[Text, list[Helper]]]:
    """Return each kind with its public bodies; the file is read once per process and language."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [
        (
            title,
            [Helper(row["name"], row["url"], row["entered_on"], row[language]) for row in rows if row["kind"] == kind],
        )
        for kind, title in KINDS.items()
    ]
