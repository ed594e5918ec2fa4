"""Problems of a file: each with its place and what to do about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

Steps = tuple[str | int, ...]


def gettext_noop(text: str) -> str:
    """Marks a text that is translated where it is shown; here all is English."""
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """``text`` in English, with the names of its ``details``: whoever shows it translates it first."""

    place: str  # "dimensions[2].capabilities[0].questions[1].code"; "line 12, column 3" where the file can't be read
    text: str
    details: tuple[tuple[str, object], ...] = ()

    @property
    def message(self) -> str:
        return self.text % dict(self.details) if self.details else self.text

    def __str__(self) -> str:
        # One line, whatever a hostile file calls its keys.
        line = f"{self.place}: {self.message}"
        return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line)


class FormatError(Exception):
    """The file can't be used as it is; ``problems`` lists all there is to correct."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def problem(place: str, text: str, /, **details: object) -> Problem:
    return Problem(place, text, tuple(details.items()))


def place_of(steps: Steps) -> str:
    """Return "dimensions[2].code" for ("dimensions", 2, "code")."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".") or "the file"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by place, [2] before [10], and drop what is said twice."""
    return sorted(dict.fromkeys(problems), key=lambda problem: _sortable(problem.place))


def _sortable(place: str) -> str:
    return re.sub(r"\d+", lambda found: found[0].zfill(9), place)
