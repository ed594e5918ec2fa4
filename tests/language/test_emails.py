"""Every e-mail: in the language of who gets it, whoever caused it, and good French before a vowel, a 1 and a 0."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.utils import timezone, translation

from assessment.actions import members, reopenings, secondfactors, showcase, team, usecases
from assessment.actions.individual_answers import open_consultation
from assessment.actions.letting_in import ask_to_be_let_in
from assessment.actions.nudges import hand_in, write_nudges
from assessment.actions.reminders import write_reminders
from assessment.models import Action, Interest, Membership, Reminding, User
from tests.factories import (
    COMPLETE,
    answer,
    make_assessment,
    make_company,
    make_membership,
    make_result,
    make_staff,
    make_user,
)
from tests.language.reading import faults
from tests.usecases.makers import consent, make_published, make_use_case

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR) / "templates"
LETTERS = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("*/email/*.txt") if "base_" not in file.name)
OF_ACCOUNTS = sorted({name.rpartition("_")[0] for name in LETTERS if name.startswith(("account/", "mfa/", "social"))})
TITLES = {"title_fr": "Atelier sans papier", "title_en": "A paperless workshop"}


def cause_everything(language):
    """Each of our own e-mails, to people who read the language, caused by somebody who reads the other one."""
    reads = {"language": language}
    elise, hugo = make_user(name="Élise Aubert", **reads), make_user(name="Hugo Imbert", **reads)
    ada = make_user(name="Anaïs Oudin", **reads)
    reviewer = make_staff(group="administrator", email="root@csf.example")
    User.objects.update(**reads)
    orthomed = make_company(member=elise, name="Orthomed", siren="732829320")
    make_membership(company=orthomed, user=hugo)
    other = make_company(member=ada, name="Éole Énergie")
    assessment = make_result(company=orthomed, by=elise).assessment
    for verdict in [reopenings.refuse, reopenings.grant]:
        asked = reopenings.ask(assessment=assessment, reason="Une erreur.", by=hugo)
        verdict(reopening=asked, reason="Lu.", by=reviewer)
    team.invite(company=orthomed, email=ada.email, role="reader", by=elise)
    team.assign(assessment=assessment, asked={"STR": [hugo], "OPS": [hugo]}, by=elise, tell=True)
    open_consultation(assessment=assessment, dimension="OPS", by=hugo)
    ask_to_be_let_in(siren=orthomed.siren, by=ada)
    changed = Membership.objects.get(user=hugo)
    Reminding.objects.create(membership=changed, reminders=True, digest=True)
    Action.objects.create(company=orthomed, owner=hugo, due=timezone.localdate(), title="Écrire la feuille de route")
    write_reminders()
    changed.role = "reader"
    members.change_members(company=orthomed, by=reviewer, reason="Demandé.", changed=[changed])
    members.change_members(company=orthomed, by=reviewer, reason="Demandé.", gone=[changed])
    secondfactors.remove_second_factors(user=hugo, by=reviewer, reason="Perdu.", gone=[])
    of_use_cases(orthomed, elise, other, ada, reviewer)
    of_assessments(make_company(member=elise, name="Élan"), elise)


def of_assessments(company, by):
    now, assessment = timezone.now(), make_assessment(company=company, path="express")
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=by, question=question, value=value)
    write_nudges(at=now + timedelta(days=8))
    hand_in(assessment=assessment, by=by)
    write_nudges(at=now + timedelta(days=366))


def of_use_cases(company, by, other, asking, reviewer):
    case = make_use_case(company=company, by=by, contactable=True, **TITLES)
    consent(case)
    case.refresh_from_db()
    usecases.comment(use_case=case, text="Bien.", by=reviewer)
    usecases.return_to_company(use_case=case, reason="À revoir.", by=reviewer)
    published = make_published(company=company, by=by, reviewer=reviewer, contactable=True, **TITLES)
    showcase.ask_for_contact(publication=published.publication, company=other, by=asking, message="Bonjour.")
    showcase.answer_interest(interest=Interest.objects.get(), state=Interest.State.PASSED_ON, answer="")
    usecases.edit(use_case=published, values={"summary_fr": "Corrigé."}, by=reviewer, tell=True)


@pytest.fixture
def rendered():
    names = set()

    def note(template, **told):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def send_of_accounts(language):
    # By the door that allauth goes through, each to a person of its own: one address gets few an hour.
    told = {"code": "A1B2C3", "site_url": settings.SITE_URL, "timestamp": timezone.now(), "ip": "203.0.113.1"}
    told |= {"user_agent": "Firefox", "from_email": "a@b.example", "to_email": "c@d.example"}
    told |= {
        "deleted_email": "a@b.example",
        "authenticator": SimpleNamespace(name="Clé"),
        "account": "x",
        "provider": "x",
    }
    for prefix in OF_ACCOUNTS:
        person = make_user(name="Anaïs Oudin", language=language)
        request = RequestFactory().get("/", HTTP_USER_AGENT="Firefox", REMOTE_ADDR="203.0.113.1")
        request.user, request.session = person, SessionStore()
        with allauth_context.request_context(request):
            get_adapter().send_mail(prefix, person.email, told | {"email": person.email, "user": person})


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_every_email_is_in_the_language_of_who_gets_it(
    django_capture_on_commit_callbacks, rendered, monkeypatch, language, other
):
    monkeypatch.setattr("assessment.throttling.WRITTEN", "1000/h")
    with translation.override(other), django_capture_on_commit_callbacks(execute=True):
        cause_everything(language)
        send_of_accounts(language)

    texts = {message.subject + "\n" + message.body for message in mail.outbox}
    assert {name for name in LETTERS if name not in rendered} == set()
    hello = {"fr": "Bonjour,", "en": "Hello,"}
    assert [text for text in texts if hello[language] not in text or hello[other] in text] == []
    assert [text for text in texts if f"/{other}/" in text] == []
    if language == "fr":
        assert {line: faults(line) for text in texts for line in text.splitlines() if is_wrong(line)} == {}


def is_wrong(line):
    return "http" not in line and "@" not in line and bool(faults(line))


def test_who_has_no_account_reads_each_language(django_capture_on_commit_callbacks):
    company = make_company(member=(by := make_user(name="Élise", language="en")), name="Orthomed")

    with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
        team.invite(company=company, email="new@company.example", role="reader", by=by)

    [message] = mail.outbox
    assert [word in message.body for word in ["Bonjour,", "Hello,", "/fr/invitation/", "/en/invitation/"]] == [True] * 4
    assert message.subject.endswith(" / Invitation to answer for Orthomed")
