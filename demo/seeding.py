"""Storing fictional companies in bulk, a transaction a few hundred, through the scoring that real ones have."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest
from unicodedata import normalize

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from assessment.actions.results import build_result
from assessment.models import Answer, Assessment, Company, Membership, NodeScore, Result, User, Version
from assessment.models.compiled import compiled
from demo.answers import answers
from demo.fiction import Visit, draw, identifier
from demo.logins import make_logins

TOGETHER = 200
OLD = 250  # days: who answered before answered the first version


def seed(*, companies, seed, at=None, progress=None):
    """Store those of the first ``companies`` that are missing, and return how many there were.

    The same seed gives the same companies and answers; dates count back from ``at``.
    """
    at = at or timezone.now()
    versions = published_versions()
    people = make_logins()
    wanted = {identifier(number, seed): number for number in range(companies)}
    known = set(Company.objects.filter(fictional=True).values_list("pk", flat=True))
    missing = [number for pk, number in wanted.items() if pk not in known]
    for start in range(0, len(missing), TOGETHER):
        store([draw(number, seed) for number in missing[start : start + TOGETHER]], versions=versions, at=at)
        if progress:
            progress(min(start + TOGETHER, len(missing)), len(missing))
    if companies:
        introduce(people, Company.objects.get(pk=identifier(0, seed)))
    return len(missing)


def published_versions():
    # The oldest and the newest published version of the current questionnaire.
    newest = Version.objects.current().select_related("questionnaire").first()
    if newest is None:
        raise Version.DoesNotExist("Publish a questionnaire first: the demonstration answers it.")
    versions = Version.objects.published().filter(questionnaire=newest.questionnaire).select_related("questionnaire")
    return versions.order_by("published_at", "pk").first(), newest


def introduce(people, company):
    # Let the demonstration's people into the first company, once.
    for role, user in people.items():
        if not user.memberships.exists():
            Membership.objects.create(company=company, user=user, role=role)


def store(fictions, *, versions, at):
    # Score first, then write: a transaction that waits for a computation is one the database may end.
    companies = [company_of(fiction, at=at) for fiction in fictions]
    people = [person_of(fiction) for fiction in fictions]
    told = [
        [(fiction, company, user, visit) for visit in fiction.visits]
        for fiction, company, user in zip(fictions, companies, people, strict=True)
    ]
    # Each company's visits one after the other: it has one open assessment at a time
    turns = [turn_of([visit for visit in visits if visit], versions=versions, at=at) for visits in zip_longest(*told)]
    with transaction.atomic():
        bulk_create_with_history(companies, Company)
        User.objects.bulk_create(people)
        manager = Membership.Role.MANAGER
        Membership.objects.bulk_create(
            Membership(company=company, user=user, role=manager)
            for company, user in zip(companies, people, strict=True)
        )
        for turn in turns:
            turn.write()


def company_of(fiction, *, at):
    fields = ["id", "name", "sub_sector", "size", "region", "activities"]
    return Company(
        **{field: getattr(fiction, field) for field in fields},
        fictional=True,
        created_at=at - timedelta(days=fiction.visits[0].days_ago + 1),
    )


def person_of(fiction):
    user = User(email=f"{address(fiction)}@fictif.example", name=fiction.person)
    user.set_unusable_password()
    return user


def address(fiction):
    plain = normalize("NFD", fiction.person).encode("ascii", "ignore").decode().lower().replace(" ", ".")
    return f"{plain}.{fiction.id.hex[:12]}"


@dataclass(slots=True)
class Turn:
    """The first visits of some companies, or their second ones, as rows not yet stored."""

    assessments: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    results: list = field(default_factory=list)
    scores: list = field(default_factory=list)

    def write(self):
        Assessment.objects.bulk_create(self.assessments)
        Answer.objects.bulk_create(self.answers, batch_size=2000)
        Result.objects.bulk_create(self.results)
        NodeScore.objects.bulk_create(self.scores, batch_size=2000)
        close(self.results)


def turn_of(told, *, versions, at):
    turn = Turn()
    for fiction, company, user, visit in told:
        assessment = begin(fiction, company, user, visit, versions=versions, at=at)
        questionnaire = compiled(assessment.version)
        given = answers(fiction=fiction, visit=visit, company=company, questionnaire=questionnaire)
        own = answer_rows(assessment, given, user=user, lasting=timedelta(days=visit.days))
        turn.assessments.append(assessment)
        turn.answers += own
        if visit.submitted:
            end = assessment.started_at + timedelta(days=visit.days)
            result, scores = build_result(
                assessment=assessment, questionnaire=questionnaire, answers=own, at=end, by=user
            )
            turn.results.append(result)
            turn.scores += scores
    return turn


def begin(fiction, company, user, visit: Visit, *, versions, at):
    first, newest = versions
    version = first if visit.days_ago > OLD else newest
    express = all(question.express for question in compiled(version).questions)
    return Assessment(
        id=identifier(visit.number, fiction.id),
        company=company,
        version=version,
        path=Assessment.Path.EXPRESS if express else Assessment.Path.FULL,
        started_at=at - timedelta(days=visit.days_ago),
        started_by=user,
    )


def answer_rows(assessment, given, *, user, lasting):
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


def close(results):
    # Submit the assessments after their answers: the database takes none for a submitted one.
    for result in results:
        assessment = result.assessment
        assessment.status = Assessment.Status.SUBMITTED
        assessment.submitted_at, assessment.submitted_by = result.submitted_at, result.submitted_by
    Assessment.objects.bulk_update(
        [result.assessment for result in results], ["status", "submitted_at", "submitted_by"]
    )
