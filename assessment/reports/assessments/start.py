"""The start page: one card a company with its next step, from where its assessments stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Window
from django.db.models.functions import RowNumber

from assessment.maturity.definition import Dimension, Level
from assessment.models import Answer, Assessment, Company, Consultation, Membership, Place, Result, User, Version
from assessment.models.compiled import compiled
from assessment.rules.movement import Movement, with_movements
from assessment.rules.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class OpenOne:
    assessment: Assessment
    standing: Standing
    asked: list[Dimension]  # whose own views are asked for now, in order


@dataclass(frozen=True, slots=True)
class LatestResult:
    result: Result
    movement: Movement | None

    @property
    def level(self) -> Level | None:
        return None if self.result.level is None else compiled(self.result.version).level(self.result.level)


@dataclass(frozen=True, slots=True)
class Card:
    membership: Membership
    open_ones: list[OpenOne]
    latest: LatestResult | None

    @property
    def company(self) -> Company:
        return self.membership.company

    @property
    def may_answer(self) -> bool:
        return self.membership.role in Membership.WRITERS

    @property
    def may_submit(self) -> bool:
        return self.membership.role == Membership.Role.MANAGER


def paths_offered() -> list[str]:
    """Return the paths on which an assessment can begin now; one query, none where nothing is published."""
    version = Version.objects.current().select_related("questionnaire").first()
    if version is None:
        return []
    is_short = all(question.express for question in compiled(version).questions)
    return [Assessment.Path.FULL] if is_short else [Assessment.Path.EXPRESS, Assessment.Path.FULL]


def cards(user: User) -> list[Card]:
    """Return the user's companies by name; five queries however many there are, two for none."""
    memberships = list(Membership.objects.filter(user=user).select_related("company").order_by("company", "pk"))
    if not memberships:
        return []
    open_ones, latest = open_by_company(user), latest_by_company(user)
    return [
        Card(membership, open_ones[membership.company_id], latest.get(membership.company_id))
        for membership in memberships
    ]


def open_by_company(user: User) -> dict[UUID, list[OpenOne]]:
    was_here = Exists(Place.objects.filter(assessment=OuterRef("pk"), user=user))
    by_company = defaultdict(list)
    for one in standings(Assessment.objects.visible_to(user).open().with_texts().annotate(was_here=was_here)):
        by_company[one.assessment.company_id].append(one)
    return by_company


def standings(assessments: Iterable[Assessment]) -> list[OpenOne]:
    """Return each open assessment with where it stands; three queries however many there are."""
    assessments = list(assessments)
    answers = defaultdict(list)
    for answer in Answer.objects.filter(assessment__in=assessments):
        answers[answer.assessment_id].append(answer)
    asked = asked_codes(assessments)
    return [one_open(assessment, answers[assessment.pk], asked[assessment.pk]) for assessment in assessments]


def asked_codes(assessments: Iterable[Assessment]) -> dict[UUID, set[str]]:
    codes = defaultdict(set)
    for assessment, code in (
        Consultation.objects.open().filter(assessment__in=assessments).values_list("assessment", "dimension")
    ):
        codes[assessment].add(code)
    return codes


def one_open(assessment: Assessment, answers: Iterable[Answer], asked: set[str]) -> OpenOne:
    standing = standing_of(assessment, answers)
    dimensions = [dimension for dimension in standing.questionnaire.dimensions if dimension.code in asked]
    return OpenOne(assessment, standing, dimensions)


def latest_by_company(user: User) -> dict[UUID, LatestResult]:
    # The newest result of each company and how it moved, without its answers and its trace.
    newest_first = Window(RowNumber(), partition_by="company", order_by=["-submitted_at", "-pk"])
    results = Result.objects.visible_to(user).alias(place=newest_first).filter(place__lte=2)
    by_company = defaultdict(list)
    for result in results.light().select_related("version__questionnaire"):
        by_company[result.company_id].append(result)
    return {company: LatestResult(*with_movements(two)[0]) for company, two in by_company.items()}
