"""Individual answers to a dimension: how far each person is, and where they differ most."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assessment.maturity.definition import Dimension, Question
from assessment.maturity.disagreement import Gap, disagreement, gap
from assessment.maturity.states import State
from assessment.models import Answer, Assessment, IndividualAnswer, Membership, User
from assessment.models.compiled import compiled
from assessment.reports.assessments.differing import differing
from assessment.rules.answers import COUNTED, engine_answer
from assessment.rules.standing import Count, Standing, standing_of
from language.folding import alphabetical

GIVEN = {State.ANSWERED, State.UNKNOWN, State.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Individual:
    """What one person answers to a dimension; ``standing`` is that of the company if it answered as they do."""

    user: User | None
    rows: dict[str, IndividualAnswer]
    standing: Standing
    dimension: Dimension

    @property
    def count(self) -> Count:
        return self.standing.count(self.dimension.questions)

    @property
    def is_complete(self) -> bool:
        # Whether they said something, and nothing that they must answer is left: then they may compare.
        return self.count.done and any(self.gave(question) for question in self.dimension.questions)

    def gave(self, question: Question) -> bool:
        # Whether it is an answer of theirs: neither incomplete, nor to a question that their others rule out.
        if question.code not in self.rows:
            return False
        if self.user is None:  # one answer by itself, whose conditions nobody can tell any more
            return self.rows[question.code].state in COUNTED
        return self.standing.tree.states[question.code] in GIVEN


@dataclass(frozen=True, slots=True)
class Line:
    """A question with what each person answers, and ``answer``, what the company answers so far."""

    number: int
    question: Question
    individuals: list[Individual]
    answer: Answer | None
    difference: Fraction | None

    @property
    def anchor(self) -> str:
        return f"q{self.number}"

    @property
    def gap(self) -> Gap | None:
        return gap(self.difference)

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def rows(self) -> list[IndividualAnswer]:
        """Each person's answer, in the order of ``individuals``."""
        return [view.rows[self.question.code] for view in self.individuals]

    @property
    def shown(self) -> list[tuple[IndividualAnswer, bool]]:
        # Each person's answer, and whether it is the one that counts.
        return [(row, self.is_counted(row)) for row in self.rows]

    @property
    def differing(self) -> list[str]:
        # Who answers otherwise than most, and by how much.
        return differing(self.question, self.rows)

    @property
    def agreed(self) -> IndividualAnswer | None:
        # What all of two people or more answer, unless it counts already.
        first = self.rows[0] if self.difference == 0 else None
        return None if first is None or self.is_counted(first) else first

    @property
    def is_settled(self) -> bool:
        # Whether there is nothing to choose between: every view is what counts.
        return all(self.is_counted(row) for row in self.rows)

    def is_counted(self, row: IndividualAnswer) -> bool:
        return self.answer is not None and (self.answer.state, self.answer.value) == (row.state, row.value)


def individual(
    *,
    assessment: Assessment,
    dimension: Dimension,
    answers: Iterable[Answer],
    rows: Iterable[IndividualAnswer],
    user: User | None,
) -> Individual:
    # Read conditions on other dimensions from the company's answers, and on this one from the person's own.
    codes = {question.code for question in dimension.questions}
    own = {row.question: row for row in rows if row.question in codes}
    others = [row for row in answers if row.question not in codes]
    return Individual(user, own, standing_of(assessment, [*others, *own.values()]), dimension)


def everybody(
    *, assessment: Assessment, dimension: Dimension, answers: Iterable[Answer], rows: Iterable[IndividualAnswer]
) -> list[Individual]:
    """Return everybody's, by name; answers of accounts that are gone stand alone, for nothing joins them."""
    by_person = defaultdict(list)
    for row in rows:
        by_person[row.user_id or f"answer {row.pk}"].append(row)
    individuals = [
        individual(assessment=assessment, dimension=dimension, answers=answers, rows=theirs, user=theirs[0].user)
        for theirs in by_person.values()
    ]
    return sorted(individuals, key=lambda view: (view.user is None, alphabetical(str(view.user))))


def compared(
    *, assessment: Assessment, dimension: Dimension, answers: Iterable[Answer], individuals: list[Individual]
) -> list[Line]:
    """Return the questions that anybody answered or the company is asked, those with the widest gap first."""
    where, counted = standing_of(assessment, answers), {row.question: row for row in answers}
    number = {question.code: place for place, question in enumerate(where.questionnaire.questions, start=1)}
    lines = []
    for question in dimension.questions:
        given = [view for view in individuals if view.gave(question)]
        if given or where.asks(question):
            difference = disagreement(question, [engine_answer(view.rows[question.code].value) for view in given])
            lines.append(Line(number[question.code], question, given, counted.get(question.code), difference))
    return sorted(lines, key=lambda line: -1 if line.difference is None else line.difference, reverse=True)


def asked_dimensions(assessment: Assessment) -> list[Dimension]:
    """Return the dimensions of an open assessment whose individual answers are asked for now, in order. One query."""
    codes = set(assessment.consultations.open().values_list("dimension", flat=True))
    return [dimension for dimension in compiled(assessment.version).dimensions if dimension.code in codes]


def participation(
    *, members: Iterable[Membership], individuals: list[Individual]
) -> list[tuple[Membership, Individual | None]]:
    """Return each member with their view, None for those who have not begun."""
    view_by_person = {view.user.pk: view for view in individuals if view.user}
    return [(member, view_by_person.get(member.user_id)) for member in members]
