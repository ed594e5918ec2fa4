"""The demonstration's post: each message goes to the console and to a folder, none leaves the machine."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends import console, filebased
from django.core.mail.backends.base import BaseEmailBackend


class ConsoleAndFolderBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        console.EmailBackend(fail_silently=self.fail_silently).send_messages(email_messages)
        return filebased.EmailBackend(fail_silently=self.fail_silently).send_messages(email_messages)
