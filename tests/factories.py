"""Plain makers of rows: every default is visible here, nothing is random, nothing more is made than is asked for."""

import functools
import itertools
import uuid
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.auth.models import Group

from assessment.actions.answers import save_answer
from assessment.actions.questionnaire import import_questionnaire, publish
from assessment.actions.results import submit
from assessment.maturity.file import format as questionnaire_format
from assessment.models import Assessment, Company, Membership, User, Version
from assessment.rules.answers import Saving
from tests import published

DATA = Path(__file__).parent / "data"
FIXTURES = Path(__file__).parent.parent / "fixtures"
NOON = datetime(2026, 6, 8, 12, 0, tzinfo=UTC)
PASSWORD = "a long enough password"
serial = itertools.count(1)

# Answers that make tests/data/small.yaml complete for make_company's profile, all of them known.
COMPLETE = {
    "STR.VIS.1": {"choices": ["2"]},
    "OPS.CYB.1": {"choices": ["backup"]},
    "OPS.CYB.2": {"choices": ["1"]},
}


def make_user(*, email=None, name="", **fields):
    return User.objects.create_user(email or f"person{next(serial)}@company.example", PASSWORD, name=name, **fields)


def make_staff(*, group="administrator", email=None):
    user = make_user(email=email or f"{group}{next(serial)}@csf.example", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def make_company(*, member=None, role="manager", name="Acme", **fields):
    values = {"sub_sector": "biotech", "size": "small", "region": "FR-IDF", "activities": ["research"]}
    company = Company.objects.create(name=name, **values | fields)
    if member:
        make_membership(company=company, user=member, role=role)
    return company


def make_membership(*, company, user, role="contributor"):
    return Membership.objects.create(company=company, user=user, role=role)


def make_colleague(*, of, **fields):
    """A contributor of the assessment's company."""
    return make_membership(company=of.company, user=make_user(**fields)).user


def make_version(*, file=DATA / "small.yaml", number=None, at=NOON):
    """Return a published version of the file; the same file is published once a database."""
    definition = definition_of(file)
    stored = Version.objects.filter(questionnaire__code=definition.code, number=definition.version)
    found = stored.first()
    if found:
        return found
    alone, key = published.nothing_stored(), (file, at)
    if alone and key in published.kept:
        published.put_back(key)
        return stored.get()
    version = import_questionnaire(definition=definition)
    publish(version=version, by=None, at=at)
    if alone:
        published.keep(key)
    version.refresh_from_db()
    return version


@functools.cache
def definition_of(file):
    return questionnaire_format.load(file.read_text())


def make_assessment(*, company=None, version=None, **fields):
    company = company or make_company()
    return Assessment.objects.create(company=company, version=version or make_version(), **fields)


def answer(*, assessment, by, question, value, state="answered", revision=0, request=None, **fields):
    """Save one answer as the page does; return its revision."""
    saving = Saving(
        question=question, state=state, value=value, revision=revision, request=request or uuid.uuid4(), **fields
    )
    return save_answer(assessment=assessment, saving=saving, by=by)


def make_result(*, company=None, by=None, answers=None, version=None, at=NOON):
    """Return the result of a complete assessment, through the real scoring path; ``by`` is or becomes a member."""
    by = by or make_user()
    company = company or make_company(member=by)
    Membership.objects.get_or_create(company=company, user=by, defaults={"role": "contributor"})
    assessment = make_assessment(company=company, version=version)
    for question, value in (answers or COMPLETE).items():
        state = next((name for name in ["unknown", "not_applicable"] if name in value), "answered")
        answer(assessment=assessment, by=by, question=question, value=value, state=state)
    return submit(assessment=assessment, by=by, at=at)
