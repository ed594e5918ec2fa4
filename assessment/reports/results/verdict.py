"""What is said of a checked file, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.maturity.definition import Questionnaire
from assessment.maturity.rechecking import Difference
from assessment.reports.results.checking import Check
from assessment.rules.words import in_language
from language.texts import Text

MOST_DIFFERENCES = 20
MOST_LETTERS = 60

# What is wrong, and what to do about it; the details fill the places.
PROBLEMS: Mapping[str, Text] = {
    "too_large": gettext_lazy("The file is too large to be a signed result or a report of this site."),
    "not_utf8": gettext_lazy("The file is not text: byte %(place)s does not belong there."),
    "not_json": gettext_lazy("The file is not JSON: it cannot be read from byte %(place)s on."),
    "not_ours": gettext_lazy("The file is not a signed result of this service."),
    "another_format": gettext_lazy("The file is of format %(format)s, which this site does not know."),
    "not_signed": gettext_lazy("The file carries no signature. Ask the company for the file as the site gave it."),
    "given_twice": gettext_lazy("“%(key)s” is given twice, so that the file says two things."),
    "missing_key": gettext_lazy("“%(key)s” was taken out of the file."),
    "strange_key": gettext_lazy("“%(key)s” was put into the file: no file of this site holds it."),
    "no_signature": gettext_lazy("The signature is not written as one is: it was altered or cut."),
    "unknown_key": gettext_lazy("The file was signed by somebody else, not by this site."),
    "altered": gettext_lazy("What the file says is not what was signed: something in it was changed."),
    "laid_out_anew": gettext_lazy("The file was written anew by another program. Ask for it as the site gave it."),
    "no_attachment": gettext_lazy("No signed result is attached to this PDF. A scan or a print of a report has none."),
    "many_attachments": gettext_lazy("Several files are attached to this PDF: a report of this site has one."),
    "unreadable_pdf": gettext_lazy("The PDF cannot be read."),
}


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    score: str | None
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    problem: str
    differences: list[tuple[str, str, str]]  # where, what the file says, what its answers give
    more: int
    level: str
    dimensions: list[Line]
    submitted_at: datetime | None
    signed_at: datetime | None


def verdict(check: Check) -> Verdict:
    differences = check.differences or []
    return Verdict(
        problem=writable(str(PROBLEMS[check.problem]) % check.details) if check.problem else "",
        differences=[in_words(difference, check) for difference in differences[:MOST_DIFFERENCES]],
        more=max(0, len(differences) - MOST_DIFFERENCES),
        level=level(check) if check.is_genuine else "",
        dimensions=list(dimensions(check)) if check.is_genuine else [],
        submitted_at=moment(check, "submitted_at"),
        signed_at=moment(check, "signed_at"),
    )


def in_words(difference: Difference, check: Check) -> tuple[str, str, str]:
    return writable(place(difference.place, check)), shown(difference.stated), shown(difference.computed)


def place(path: str, check: Check) -> str:
    """Name the part by its title, a question by its code, where the version is known; then the file’s own word."""
    names = names_of(check.questionnaire) if check.questionnaire else {}
    part = max((known for known in names if f"{path}.".startswith(f"{known}.")), key=len, default=None)
    if part is None:
        return path[:MOST_LETTERS]
    return " – ".join(filter(None, [names[part], path.removeprefix(part).lstrip(".")]))[: 2 * MOST_LETTERS]


def names_of(questionnaire: Questionnaire) -> dict[str, str]:
    """Return what is shown for each part, by where it stands in a result."""
    names = {}
    for dimension in questionnaire.dimensions:
        names[f"dimensions.{dimension.code}"] = in_language(dimension.title)
        for capability in dimension.capabilities:
            of_capability = f"dimensions.{dimension.code}.capabilities.{capability.code}"
            names[of_capability] = in_language(capability.title)
            names |= {f"{of_capability}.questions.{question.code}": question.code for question in capability.questions}
    return names


def shown(value: Any) -> str:
    text = "–" if value is None else writable(str(value))
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def writable(text: str) -> str:
    """JSON may hold half of a letter, which no page can."""
    return text.encode("utf-8", "backslashreplace").decode()


def level(check: Check) -> str:
    number = check.document["result"]["overall"]["level"]
    levels = check.questionnaire.levels if check.questionnaire else ()
    title = next((in_language(level.title) for level in levels if level.number == number), "")
    return f"{number} {title}".strip() if number is not None else _("none")


def dimensions(check: Check) -> list[Line]:
    known = check.questionnaire.dimensions if check.questionnaire else ()
    titles = {part.code: in_language(part.title) for part in known}
    return [
        Line(titles.get(part["code"], part["code"]), part["score"], part["level"])
        for part in check.document["result"]["dimensions"]
    ]


def moment(check: Check, key: str) -> datetime | None:
    if not check.is_genuine:
        return None
    return datetime.strptime(check.document[key], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
