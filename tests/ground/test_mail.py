"""What happens to a request when its e-mail can't be sent: nothing, but a line in the log."""

import pytest

from assessment.actions.notices import post, send_to
from tests.factories import make_company
from tests.load.servers import free_port


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_takes_nothing_back(no_mail_server, caplog):
    post("ada@company.example", "A subject", "A body")

    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_message_is_sent_to_each_manager_once_the_transaction_holds(
    person, mailoutbox, django_capture_on_commit_callbacks
):
    company = make_company(member=person)

    with django_capture_on_commit_callbacks(execute=True):
        send_to(company, "Two\nlines", "A body")
        assert mailoutbox == []

    [message] = mailoutbox
    assert (message.to, message.subject, message.body) == (["ada@company.example"], "Two lines", "A body")


@pytest.mark.django_db
def test_one_address_is_written_to_thirty_times_an_hour(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(40):
            post("ada@company.example", f"{number}", "A body")
        post("bob@company.example", "To another", "A body")

    assert [message.subject for message in mailoutbox] == [*map(str, range(30)), "To another"]
