"""Colleagues on an assessment: assignments, answers by person, presence, resume places."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import QuerySet

from assessment.maturity.definition import Dimension, Question
from assessment.models import Answer, Assessment, Assignment, Place, User
from assessment.rules.answers import COUNTED
from assessment.rules.standing import Count, Standing


@dataclass(frozen=True, slots=True)
class Line:
    """A question put to the company; ``row`` is None while nobody has touched it."""

    question: Question
    number: int
    row: Answer | None
    is_left: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension shared out: who is asked, who answered how many questions, what is left."""

    dimension: Dimension
    count: Count
    asked: list[User]
    is_mine: bool
    lines: list[Line]

    @property
    def answered_by(self) -> list[tuple[User | None, int]]:
        """People with the number of answers under their name, most first; None: an account since deleted.

        An answer that waits to be confirmed is nobody's yet.
        """
        rows = [line.row for line in self.lines if line.row and not line.row.to_confirm]
        return Counter(row.saved_by for row in rows if row.state in COUNTED).most_common()


def shared_out(
    *, standing: Standing, rows: Iterable[Answer], assignments: Iterable[Assignment], user: User
) -> list[Part]:
    """Return the dimensions, those asked of ``user`` first. Reads what it is given: no query."""
    stored = {row.question: row for row in rows}
    asked = people_by_dimension(assignments)
    number = {question.code: place for place, question in enumerate(standing.questionnaire.questions, start=1)}
    left = set(standing.open_questions)
    parts = [
        Part(
            dimension,
            count,
            asked[dimension.code],
            user in asked[dimension.code],
            [
                Line(question, number[question.code], stored.get(question.code), question.code in left)
                for question in dimension.questions
                if standing.asks(question)
            ],
        )
        for dimension, count in standing.dimensions
    ]
    return sorted(parts, key=lambda part: not part.is_mine)


def assignments_of(assessment: Assessment) -> QuerySet[Assignment]:
    return assessment.assignments.in_force().select_related("user").order_by("assigned_at", "pk")


def people_by_dimension(assignments: Iterable[Assignment]) -> dict[str, list[User]]:
    people_by_dimension = defaultdict(list)
    for assignment in assignments:
        people_by_dimension[assignment.dimension].append(assignment.user)
    return people_by_dimension


def others_here(*, assessment: Assessment, dimension: str, user: User, at: datetime | None = None) -> list[User]:
    """One query: who else has the dimension open."""
    places = Place.objects.here_now(at).filter(assessment=assessment.pk, dimension=dimension).exclude(user=user)
    return [place.user for place in places.select_related("user").order_by("user_id")]


def stopped_at(*, standing: Standing, rows: Iterable[Answer], place: Place | None, user: User) -> str | None:
    """Return the code of the question where the person was last, None for somebody who has not been here.

    The later of two traces decides: the last answer under their name, and the page they last had open.
    """
    asked = {question.code for question in standing.questionnaire.questions if standing.asks(question)}
    mine = [row for row in rows if row.saved_by_id == user.pk and row.question in asked and not row.to_confirm]
    saved = max(mine, key=attrgetter("saved_at"), default=None)
    if place is None or (saved and saved.saved_at > place.seen_at):
        return saved.question if saved else None
    return within(standing, place, saved) or (saved.question if saved else None)


def within(standing: Standing, place: Place, saved: Answer | None) -> str | None:
    # The question in the dimension last opened: the one touched, the last one saved, the first one left, the first.
    dimension = next((found for found in standing.questionnaire.dimensions if found.code == place.dimension), None)
    if dimension is None:
        return None
    asked = [question.code for question in dimension.questions if standing.asks(question)]
    left = [code for code in standing.open_questions if code in asked]
    touched = [place.question, saved.question if saved else ""]
    return next((code for code in [*touched, *left, *asked] if code in asked), None)
