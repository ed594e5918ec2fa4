"""Storing fictional companies in bulk, a transaction a few hundred, through the scoring that real ones have.

Other processes draw, score and write rows down as the database takes them; this one stores them.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from multiprocessing import get_context
from os import sched_getaffinity
from typing import Any
from unicodedata import normalize
from uuid import UUID

import django
from django.db import transaction
from django.db.models import Model, OuterRef, Subquery
from django.utils import timezone

from assessment.actions.results import build_result
from assessment.maturity.definition import Questionnaire
from assessment.models import Answer, Assessment, Company, Membership, NodeScore, Result, User, Version
from assessment.models.compiled import compiled
from demo.answers import Drawn, answers
from demo.bulk import Block, block, keys
from demo.fiction import Fiction, Visit, draw, identifier
from demo.logins import make_logins

TOGETHER = 200
MOST_VISITS = 3
ALONE = 400  # companies, up to which further processes take longer to begin than they save


@dataclass(frozen=True, slots=True)
class Work:
    """Companies to draw, and all that this takes without asking the database; of keys, as many as there can be rows."""

    numbers: Sequence[int]
    seed: str
    at: datetime
    versions: Sequence[tuple[Version, Questionnaire]]  # the oldest first
    users: Sequence[int]
    results: Sequence[int]


def seed(
    *,
    companies: int,
    seed: str,
    at: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
    processes: int | None = None,
) -> int:
    """Store those of the first ``companies`` that are missing, and return how many there were.

    The same seed gives the same companies and answers; dates count back from ``at``.
    """
    at = at or timezone.now()
    versions = [(version, compiled(version)) for version in published_versions()]
    people = make_logins()
    wanted = {identifier(number, seed): number for number in range(companies)}
    known = set(Company.objects.filter(fictional=True).values_list("pk", flat=True))
    missing = [number for pk, number in wanted.items() if pk not in known]
    work = (work_of(numbers, seed=seed, at=at, versions=versions) for numbers in in_batches(missing))
    done = 0
    for rows in drawn(work, processes=processes or processes_for(missing)):
        rows.write()
        done += rows.companies
        if progress:
            progress(done, len(missing))
    if companies:
        introduce(people, Company.objects.get(pk=identifier(0, seed)))
    return len(missing)


def in_batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + TOGETHER] for start in range(0, len(numbers), TOGETHER))


def processes_for(missing: Sequence[int]) -> int:
    return 1 if len(missing) <= ALONE else len(sched_getaffinity(0))


def work_of(numbers: Sequence[int], **work: Any) -> Work:
    most = MOST_VISITS * len(numbers)
    return Work(numbers=numbers, users=keys(User, len(numbers)), results=keys(Result, most), **work)


def drawn(work: Iterator[Work], *, processes: int) -> Iterator["Rows"]:
    """Yield the rows of each piece of work in its turn; a few are drawn ahead, and no more are kept."""
    if processes == 1:
        yield from map(rows_of, work)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=django.setup) as pool:
        ahead: deque[Future[Rows]] = deque()
        for piece in work:
            ahead.append(pool.submit(rows_of, piece))
            if len(ahead) > 2 * processes:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def published_versions() -> list[Version]:
    # Those of the current questionnaire, the oldest first.
    newest = Version.objects.current().select_related("questionnaire").first()
    if newest is None:
        raise Version.DoesNotExist("Publish a questionnaire first: the demonstration answers it.")
    versions = Version.objects.published().filter(questionnaire=newest.questionnaire).select_related("questionnaire")
    return list(versions.order_by("published_at", "pk"))


def in_force(versions: Sequence[tuple[Version, Questionnaire]], moment: datetime) -> tuple[Version, Questionnaire]:
    # The newest published by then, or the first: nobody answered before it.
    first, *others = versions
    published = [one for one in others if one[0].published_at is not None and one[0].published_at <= moment]
    return [first, *published][-1]


def introduce(people: Mapping[str, User], company: Company) -> None:
    # Let the demonstration's people into the first company, once.
    for role, user in people.items():
        if not user.memberships.exists():
            Membership.objects.create(company=company, user=user, role=role)


@dataclass(slots=True)
class Rows:
    """What is stored of some companies, in the order in which the database takes it."""

    companies: int
    people: list[Block]
    turns: list["Turn"]

    @transaction.atomic
    def write(self) -> None:
        for rows in self.people:
            rows.write()
        for turn in self.turns:
            turn.write()


def rows_of(work: Work) -> Rows:
    """Without the database."""
    fictions = [draw(number, work.seed) for number in work.numbers]
    companies = [company_of(fiction, at=work.at) for fiction in fictions]
    people = [person_of(fiction, key) for fiction, key in zip(fictions, work.users, strict=True)]
    told = [
        [(fiction, company, user, visit) for visit in fiction.visits]
        for fiction, company, user in zip(fictions, companies, people, strict=True)
    ]
    numbers = iter(work.results)
    # Each company's visits one after the other: it has one open assessment at a time
    turns = [turn_of([visit for visit in visits if visit], work, numbers) for visits in zip_longest(*told)]
    members = [
        Membership(company=company, user=user, role=Membership.Role.MANAGER)
        for company, user in zip(companies, people, strict=True)
    ]
    history = [history_of(company, at=work.at) for company in companies]
    kept: list[tuple[type[Model], Sequence[Model]]] = [
        (Company, companies),
        (Company.history.model, history),
        (User, people),
        (Membership, members),
    ]
    return Rows(len(companies), [block(model, rows) for model, rows in kept], turns)


def history_of(company: Company, *, at: datetime) -> Model:
    fields = {name.attname: getattr(company, name.attname) for name in Company._meta.concrete_fields}
    return Company.history.model(history_date=at, history_type="+", **fields)


def company_of(fiction: Fiction, *, at: datetime) -> Company:
    fields = ["id", "name", "sub_sector", "size", "region", "activities"]
    return Company(
        **{field: getattr(fiction, field) for field in fields},
        fictional=True,
        created_at=at - timedelta(days=fiction.visits[0].days_ago + 1),
    )


def person_of(fiction: Fiction, key: int) -> User:
    user = User(pk=key, email=f"{address(fiction)}@fictif.example", name=fiction.person)
    user.set_unusable_password()
    return user


def address(fiction: Fiction) -> str:
    plain = normalize("NFD", fiction.person).encode("ascii", "ignore").decode().lower().replace(" ", ".")
    return f"{plain}.{fiction.id.hex[:12]}"


@dataclass(slots=True)
class Turn:
    """The first visits of some companies, or their second ones, as rows not yet stored."""

    assessments: Block
    others: list[Block]
    submitted: list[UUID]

    def write(self) -> None:
        self.assessments.write()
        for rows in self.others:
            rows.write()
        close(self.submitted)


def turn_of(told: Iterable[tuple[Fiction, Company, User, Visit]], work: Work, numbers: Iterator[int]) -> Turn:
    assessments: list[Assessment] = []
    answered: list[Answer] = []
    results: list[Result] = []
    scores: list[NodeScore] = []
    for fiction, company, user, visit in told:
        assessment, questionnaire = begin(fiction, company, user, visit, work=work)
        given = answers(fiction=fiction, visit=visit, company=company, questionnaire=questionnaire)
        own = answer_rows(assessment, given, user=user, lasting=timedelta(days=visit.days))
        assessments.append(assessment)
        answered += own
        if visit.submitted:
            end = assessment.started_at + timedelta(days=visit.days)
            result, nodes = build_result(
                assessment=assessment, questionnaire=questionnaire, answers=own, at=end, by=user
            )
            result.pk = next(numbers)
            results.append(result)
            scores += [refer(node, result) for node in nodes]
    others = [block(Answer, answered), block(Result, results), block(NodeScore, scores)]
    return Turn(block(Assessment, assessments), others, [result.assessment_id for result in results])


def refer(node: NodeScore, result: Result) -> NodeScore:
    # To the key, which the result was given after its nodes were made.
    node.result = result
    return node


def begin(
    fiction: Fiction, company: Company, user: User, visit: Visit, *, work: Work
) -> tuple[Assessment, Questionnaire]:
    started_at = work.at - timedelta(days=visit.days_ago)
    version, questionnaire = in_force(work.versions, started_at)
    express = all(question.express for question in questionnaire.questions)
    assessment = Assessment(
        id=identifier(visit.number, fiction.id),
        company=company,
        version=version,
        path=Assessment.Path.EXPRESS if express else Assessment.Path.FULL,
        started_at=started_at,
        started_by=user,
    )
    return assessment, questionnaire


def answer_rows(assessment: Assessment, given: Sequence[Drawn], *, user: User, lasting: timedelta) -> list[Answer]:
    # The answers' rows, saved one after the other over the time the visit lasted.
    return [
        Answer(
            assessment=assessment,
            question=drawn.question,
            state=drawn.state,
            value=drawn.value,
            comment=drawn.comment,
            evidence=drawn.evidence,
            saved_at=assessment.started_at + lasting * place / (len(given) + 1),
            saved_by=user,
        )
        for place, drawn in enumerate(given, start=1)
    ]


def close(keys: Iterable[UUID]) -> None:
    # Submit the assessments after their answers: the database takes none for a submitted one.
    of_result = Result.objects.filter(assessment=OuterRef("pk"))
    Assessment.objects.filter(pk__in=keys).update(
        status=Assessment.Status.SUBMITTED,
        submitted_at=Subquery(of_result.values("submitted_at")),
        submitted_by=Subquery(of_result.values("submitted_by")),
    )
