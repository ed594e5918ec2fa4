"""Django's way to send, as EMAIL_BACKEND names it: the message is stored in the transaction that causes it."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from mail.letters import as_stored
from mail.tasks import deliver


class QueueBackend(BaseEmailBackend):
    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        addressed = [message for message in email_messages if message.recipients()]
        for message in addressed:
            deliver.enqueue(letter=as_stored(message, at=timezone.now()))
        return len(addressed)
