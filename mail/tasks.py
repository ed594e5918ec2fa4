"""The one task: hand a stored letter over to the mail server."""

import contextlib

from django.conf import settings
from django.core.mail import get_connection
from django_tasks import task

from mail.letters import as_message

QUEUE = "mail"


@task(queue_name=QUEUE)
def deliver(letter):
    with mail_server() as connection:
        hand_over(connection, letter)


@contextlib.contextmanager
def mail_server():
    """A connection to the real one, or to what stands for it. Costs up to EMAIL_TIMEOUT at each step."""
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def hand_over(connection, letter):
    # Once this returns, the mail server has taken the letter.
    connection.send_messages([as_message(letter)])
