"""The one task: hand a stored letter over to the mail server."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks import task

from mail.letters import as_message

QUEUE = "mail"


@task(queue_name=QUEUE)
def deliver(letter: dict[str, Any]) -> None:
    with mail_server() as connection:
        hand_over(connection, letter)


@contextlib.contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """A connection to the real one, or to what stands for it. Costs up to EMAIL_TIMEOUT at each step."""
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def hand_over(connection: BaseEmailBackend, letter: dict[str, Any]) -> None:
    # Once this returns, the mail server has taken the letter.
    connection.send_messages([as_message(letter)])
