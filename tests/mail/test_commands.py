"""What operations call: the worker, and how long e-mails wait."""

import json
import os
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from mail.management.commands.mail_worker import only_one
from mail.models import Letter

pytestmark = pytest.mark.django_db


def test_health_tells_how_many_wait_and_how_long(capsys):
    send_mail("A subject", "A body", None, ["ada@company.example"])

    call_command("mail_health")

    assert json.loads(capsys.readouterr().out) == {"waiting": 1, "oldest": 0, "dead": 0}


def test_health_fails_where_one_waits_too_long():
    send_mail("A subject", "A body", None, ["ada@company.example"])
    Letter.objects.update(enqueued_at=timezone.now() - timedelta(seconds=61))

    with pytest.raises(SystemExit) as ended:
        call_command("mail_health", seconds=60)

    assert ended.value.code == 1


def test_two_workers_have_two_names(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    locks = [only_one("first"), only_one("second")]

    with pytest.raises(CommandError, match="A worker named first runs already"):
        call_command("mail_worker", name="first")

    for lock in locks:
        os.close(lock)
    os.close(only_one("first"))
