"""Where an e-mail is caused it is only written down: in the transaction, in the words and the language of that moment."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from assessment.actions.notices import post, send_to
from mail.letters import AttachmentError, as_message, as_stored
from mail.models import Letter
from tests.factories import make_company, make_membership, make_user
from tests.mail.sink import HANGS, Sink

pytestmark = pytest.mark.django_db
ADDRESS = "ada@company.example"


@pytest.fixture
def hanging(settings):
    """A mail server that accepts and never answers, where the product would find one."""
    with Sink(mood=HANGS) as sink:
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 20
        yield sink


def recipients():
    return [letter.recipients for letter in Letter.objects.order_by("enqueued_at")]


@pytest.mark.parametrize("page", ["account_signup", "account_request_login_code", "account_reset_password"])
def test_no_page_waits_for_a_mail_server_that_hangs(client, person, hanging, page, django_capture_on_commit_callbacks):
    began = timezone.now()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse(page), {"email": person.email})

    assert (response.status_code, recipients()) == (302, [[person.email]])
    assert (timezone.now() - began).total_seconds() < 10


def test_an_invitation_and_a_notice_do_not_wait_either(person, hanging, django_capture_on_commit_callbacks):
    began = timezone.now()

    with django_capture_on_commit_callbacks(execute=True):
        send_to(make_company(member=person), "A subject", "A body")
        post("bob@company.example", "A subject", "A body")

    assert recipients() == [[person.email], ["bob@company.example"]]
    assert (timezone.now() - began).total_seconds() < 10


def test_what_is_taken_back_sends_nothing(work):
    with transaction.atomic():
        post(ADDRESS, "A subject", "A body")
        transaction.set_rollback(True)

    work()

    assert (Letter.objects.count(), mail.outbox) == (0, [])


def test_it_is_stored_with_what_causes_it_and_not_a_moment_later(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        post(ADDRESS, "Two\nlines", "A body")

    assert (recipients(), later) == ([[ADDRESS]], [])


def test_a_message_is_written_to_each_manager_on_one_line(person):
    company = make_company(member=person)
    make_membership(company=company, user=make_user(email="bob@company.example"), role="manager")
    make_membership(company=company, user=make_user(email="eve@company.example"), role="reader")

    send_to(company, "Two\nlines", "A body")

    contents = [letter.content for letter in Letter.objects.order_by("enqueued_at")]
    assert [(content["to"], content["subject"], content["body"]) for content in contents] == [
        (["ada@company.example"], "Two lines", "A body"),
        (["bob@company.example"], "Two lines", "A body"),
    ]


def test_one_address_is_written_to_thirty_times_an_hour():
    for number in range(40):
        post(ADDRESS, f"{number}", "A body")
    post("bob@company.example", "To another", "A body")

    subjects = [letter.content["subject"] for letter in Letter.objects.order_by("enqueued_at")]
    assert subjects == [*map(str, range(30)), "To another"]


def test_what_was_sent_is_gone_from_the_database(work):
    send_mail("A subject", "A body", None, [ADDRESS])

    work()

    assert (Letter.objects.count(), [message.subject for message in mail.outbox]) == (0, ["A subject"])


def test_a_code_comes_in_the_language_of_the_page_that_asked_for_it(client, person, work):
    with translation.override("fr"):
        client.post(reverse("account_request_login_code"), {"email": person.email})

    with translation.override("en"):
        work()

    assert [message.subject for message in mail.outbox] == ["Votre code de connexion"]


def test_a_subject_is_translated_when_it_is_written_not_when_it_is_sent(work):
    with translation.override("fr"):
        send_mail(gettext_lazy("French"), "A body", None, [ADDRESS])

    with translation.override("en"):
        work()

    assert [message.subject for message in mail.outbox] == ["Français"]


def test_a_message_comes_out_as_it_went_in(work):
    message = EmailMultiAlternatives(
        "Sujet « é »",
        "Un texte",
        "Us <us@company.example>",
        [ADDRESS],
        bcc=["b@company.example"],
        cc=["c@company.example"],
        reply_to=["r@company.example"],
        headers={"X-Own": "1", "Message-ID": "<1@company.example>"},
    )
    message.attach_alternative("<p>Un texte</p>", "text/html")

    message.send()
    work()

    [sent] = mail.outbox
    fields = ["subject", "body", "from_email", "to", "cc", "bcc", "reply_to"]
    assert [getattr(sent, field) for field in fields] == [getattr(message, field) for field in fields]
    assert [tuple(each) for each in sent.alternatives] == [("<p>Un texte</p>", "text/html")]
    assert (sent.extra_headers["X-Own"], sent.extra_headers["Message-ID"]) == ("1", "<1@company.example>")


def test_a_message_keeps_its_number_and_date_however_often_it_is_sent():
    at = timezone.now()
    stored = as_stored(EmailMessage("A subject", "A body", None, [ADDRESS]), at=at)

    first, second = (as_message(stored).message() for _ in range(2))

    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])
    assert first["Message-ID"].endswith("@localhost>")


def test_a_message_in_html_alone_stays_so(work):
    message = EmailMessage("A subject", "<p>A body</p>", None, [ADDRESS])
    message.content_subtype = "html"

    message.send()
    work()

    assert [sent.message().get_content_type() for sent in mail.outbox] == ["text/html"]


def test_a_file_is_refused_where_it_is_attached():
    message = EmailMessage("A subject", "A body", None, [ADDRESS])
    message.attach("a.txt", "text", "text/plain")

    with pytest.raises(AttachmentError):
        message.send()


def test_a_message_to_nobody_is_no_message():
    assert (EmailMessage("A subject", "A body", None, []).send(), Letter.objects.count()) == (0, 0)


@pytest.mark.parametrize("page", ["account_signup", "account_request_login_code", "account_reset_password"])
def test_a_code_has_a_latest_time_and_a_notice_a_later_one(client, settings, page):
    person, before = make_user(email="bob@company.example"), timezone.now()
    client.post(reverse(page), {"email": person.email})
    post(person.email, "A subject", "A body")

    code, notice = Letter.objects.order_by("enqueued_at")

    assert (code.content["is_brief"], notice.content["is_brief"]) == (True, False)
    assert seconds_left(code, before) == settings.CODE_SECONDS
    assert seconds_left(notice, before) == timedelta(days=settings.MAIL_DAYS).total_seconds()


def seconds_left(letter, at):
    left = timezone.datetime.fromisoformat(letter.content["until"]) - at
    return round(left.total_seconds() / 60) * 60
