"""Two companies with one of everything, everybody who may come to them, and a way to ask as each of them."""

import hashlib
import re
import time
import uuid
from dataclasses import dataclass
from urllib.parse import quote

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin import site
from django.core import signing
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client

from assessment.actions import team
from assessment.actions.individual_answers import open_consultation
from assessment.actions.nudges import STOP
from assessment.actions.questionnaire import clone_as_draft
from assessment.actions.reopenings import ask
from assessment.actions.showcase import ask_for_contact, keep
from assessment.models import (
    Action,
    AnswerChange,
    Campaign,
    Interest,
    Questionnaire,
    Reopening,
    ResultLink,
    StaffAccess,
    Withdrawal,
)
from assessment.reports.showcase import catalogue
from assessment.rules.saving import remember
from mail.backend import QueueBackend
from mail.models import Letter
from tests.contract.records import make_everything
from tests.factories import (
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_staff,
    make_user,
    make_version,
)
from tests.individual_answers.makers import NOBODY, individual
from tests.usecases.makers import make_picture, make_published, make_use_case

MEMBERS = ["manager", "contributor", "reader"]
# Keys of people that are met nowhere else in what is written.
FIRST_KEY = {"a": 700_000_000, "b": 800_000_000}
STAFF = ["reader", "reviewer", "editor", "administrator"]
NOBODYS = {"uuid": str(uuid.UUID(int=7)), "int": 987654321, "code": "NOPE"}
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|WITH\b.*\b(INSERT|UPDATE|DELETE))\b", re.IGNORECASE | re.DOTALL)
# A session is the visitor's own, and what a visitor is told with it.
OF_SESSIONS = re.compile(r"django_session|usersessions", re.IGNORECASE)
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


@dataclass
class Answer:
    status: int
    location: str
    content: str  # its fingerprint, without tokens and without the address
    is_empty: bool
    writes: list  # statements
    written: str  # all that they were given, without hyphens


class World:
    """``objects[side][kind]``: the key by which an address names an object of company "a", "b" or of neither."""

    def __init__(self):
        version = make_version()
        self.campaign = Campaign.objects.create(
            title_fr="Campagne", title_en="Campaign", version=version, opens_on="2020-01-01", closes_on="2090-01-01"
        )
        make_published(title_en="Of a third company")
        self.published = make_published(title_en="Of a third company, too")
        self.shared = {
            "dimension": "OPS",
            "question": "OPS.CYB.1",
            "campaign": self.campaign.pk,
            "published": self.published.pk,
            "project": make_everything(1).code,
            "provider": "none",
            "stop": signing.dumps(make_user().pk, salt=STOP),
        }
        self.people, self.roles = {}, {}
        self.objects = {side: self.company_of(side) | self.shared for side in "ab"}
        self.objects["nobody"] = self.nothing()
        self.add_staff()
        for person in filter(None, self.people.values()):
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        self.draft = clone_as_draft(version=version, number="draft", by=None)
        self.changes = AnswerChange.objects.count()
        self.clients = {name: signed_in(person) for name, person in self.people.items()}

    def company_of(self, side):
        people = {
            role: make_user(pk=FIRST_KEY[side] + n, email=f"{role}.{side}@company.example", name=f"{role} {side}")
            for n, role in enumerate(MEMBERS)
        }
        company = make_company(name=f"Company {side}", member=people["manager"])
        made = {"manager": company.memberships.get()}
        for role in MEMBERS[1:]:
            made[role] = make_membership(company=company, user=people[role], role=role)
        for role, person in people.items():
            self.people[f"{role} of {side}"], self.roles[f"{role} of {side}", side] = person, role
        return self.of_company(company, people, made)

    def of_company(self, company, people, memberships):
        manager = people["manager"]
        submitted = make_result(company=company, by=manager).assessment
        assessment = make_assessment(company=company, campaign=self.campaign)
        remember(assessment)  # as after a save of its own members: others must be refused all the same
        open_consultation(assessment=assessment, dimension="OPS", by=manager)
        individual(asked=assessment.consultations.get(), by=manager, answers=NOBODY)
        use_case = make_use_case(company=company, by=manager)
        return {
            "company": company.pk,
            "membership": memberships["contributor"].pk,
            "invitation": team.invite(company=company, email=f"x@{company.pk}.example", role="reader", by=manager).pk,
            "assessment": assessment.pk,
            "submitted": submitted.pk,
            "link": ResultLink.objects.create(
                result=submitted.results.get(), whom="La banque", days=7, token_hash=side_hash(company)
            ).pk,
            "withdrawal": Withdrawal.objects.create(proof_id=uuid.uuid4(), reason="company").pk,
            "number": 1,
            "use_case": use_case.pk,
            "picture": make_picture(use_case).pk,
            "bookmark": self.bookmark(company, manager),
            "passkey": make_passkey(make_user()),
            "action": Action.objects.create(company=company, question="STR.VIS.1", dimension="STR", title="A step").pk,
        }

    def bookmark(self, company, by):
        publication = self.published.publication
        keep(publication=publication, company=company, by=by)
        return company.bookmarks.get().pk

    def nothing(self):
        ints = dict.fromkeys(["membership", "number", "bookmark", "passkey", "campaign", "link"], NOBODYS["int"])
        codes = dict.fromkeys(["dimension", "question", "provider", "project"], NOBODYS["code"])
        return dict.fromkeys(self.objects["a"], NOBODYS["uuid"]) | ints | codes

    def add_staff(self):
        self.people["somebody"] = make_user(email="somebody@company.example")
        for group in STAFF:
            self.people[f"staff: {group}"] = make_staff(group=group, email=f"{group}@csf.example")
        root = make_user(email="root@csf.example", is_staff=True, is_superuser=True)
        self.people["staff: superuser"] = root
        self.people["nobody"] = None

    def role(self, who, side):
        """The role of a person in the company of a side; None for strangers."""
        return self.roles.get((who, side))

    def rows(self):
        """One row of every kind that the administration lists, for its addresses."""
        company = self.people_company("a")
        result = company.results.first()
        ask(assessment=result.assessment, reason="A figure was wrong.", by=self.people["manager of a"])
        ask_for_contact(
            publication=self.published.publication, company=company, by=self.people["manager of a"], message="Tell us."
        )
        chosen = {
            "questionnaire": Questionnaire.objects.create(code="empty"),
            "staffaccess": StaffAccess.objects.create(kind="view", by=self.people["staff: reviewer"]),
            "user": self.people["somebody"],
            "letter": letter(),
            "company": company,
            "version": self.draft,
            "reopening": Reopening.objects.get(),
            "interest": Interest.objects.get(),
            "usecase": company.use_cases.get(),
            "campaign": Campaign.objects.create(
                title_fr="Vide",
                title_en="Empty",
                version=self.campaign.version,
                opens_on="2020-01-01",
                closes_on="2020-02-01",
            ),
        }
        rows = {model: chosen.get(model._meta.model_name) or newest(model) for model in site._registry}
        for row in rows.values():
            if hasattr(row, "history") and not row.history.exists():
                row.save()  # rows read from a file begin without a history
        return rows

    def keys(self, side):
        """Every key of a company's things and people that is not a small number, as it would be written."""
        own = [str(key) for kind, key in self.objects[side].items() if kind not in self.shared]
        things = [key.replace("-", "") for key in own if len(key) == 36]
        return things + [str(FIRST_KEY[side] + n) for n in range(len(MEMBERS))]

    def people_company(self, side):
        return self.people[f"manager of {side}"].memberships.get().company

    def ask(self, who, method, path, data=None):
        """Ask, take everything back, and tell what the answer was and what was written for it."""
        client, writes, written = self.clients[who], [], []
        cookies = client.cookies.output()
        cache.clear()
        catalogue.kept.clear()
        with transaction.atomic(), connection.execute_wrapper(recording(writes, written)):
            response = (
                client.generic(method, path, **(data or {}))
                if method not in {"GET", "POST"}
                else (getattr(client, method.lower())(path, data))
            )
            content = b"".join(response) if response.streaming else response.content
            if not self.has_new_answers():
                writes = [statement for statement in writes if "INSERT INTO assessment_answer " not in statement]
            transaction.set_rollback(True)
        if client.cookies.output() != cookies:
            self.clients[who] = signed_in_again(client, cookies)
        given = "".join(written)
        return Answer(
            response.status_code, response.get("Location", ""), fingerprint(content, path), not content, writes, given
        )

    def has_new_answers(self):
        """A save is one statement, which asks for the right itself: only what it wrote tells."""
        return AnswerChange.objects.count() > self.changes


def letter():
    QueueBackend().send_messages([EmailMessage("Hello", "Hello.", None, ["ada@company.example"])])
    return Letter.objects.latest("enqueued_at")


def newest(model):
    """The last one made: of the draft, where parts of versions are meant."""
    return model._default_manager.order_by("-pk").first()


def side_hash(company):
    return hashlib.sha256(str(company.pk).encode()).hexdigest()


def make_passkey(user):
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}).pk


def signed_in(person):
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time() + 3600, "email": person.email}
        ]
        session.save()
    return client


def signed_in_again(client, cookies):
    """The cookies as they were: what the server said to change was taken back."""
    client.cookies.clear()
    client.cookies.load("; ".join(line.removeprefix("Set-Cookie: ").split(";")[0] for line in cookies.splitlines()))
    return client


def recording(writes, written):
    def note(execute, sql, params, many, context):
        if WRITING.match(sql) and not OF_SESSIONS.search(sql):
            writes.append(sql[:120])
            written.append(str(params).replace("-", ""))
        return execute(sql, params, many, context)

    return note


def fingerprint(content, path):
    """Of a page without its tokens and without its own address, whose links to other languages and to sign in name it."""
    within = re.sub(r"^/(en|fr)", "", path)
    for address in [within, quote(within, safe="")]:
        content = content.replace(address.encode(), b"")
    return hashlib.sha256(TOKEN.sub(b"", content)).hexdigest()
