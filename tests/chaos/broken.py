"""Builds broken on purpose, one fault each: a harness that does not catch its own proves nothing."""

import importlib
import threading
import time
import uuid
from dataclasses import replace

from django.db import connections

from tests.chaos.application import application

actions = importlib.import_module("assessment.actions.answers")
answers = importlib.import_module("assessment.views.answers")
nudges = importlib.import_module("assessment.actions.nudges")
outages = importlib.import_module("web.outages")
shedding = importlib.import_module("web.shedding")
save = answers.save_answer


def lies():
    """Acknowledges a save and writes it a moment later."""

    def save_later(*, saving, **who):
        def write():
            time.sleep(0.1)
            save(saving=saving, **who)
            connections.close_all()

        threading.Thread(target=write, daemon=True).start()
        return saving.revision + 1

    answers.save_answer = save_later
    return application


def forgets():
    """Takes a save that is sent again for a new one."""

    def save_anew(*, saving, **who):
        return save(saving=replace(saving, request=uuid.uuid4()), **who)

    answers.save_answer = save_anew
    return application


def reorders():
    """Knows a save again, but not which of two came first."""

    def save_unordered(*, saving, **who):
        return save(saving=replace(saving, request=uuid.uuid5(uuid.NAMESPACE_OID, str(saving.request))), **who)

    answers.save_answer = save_unordered
    return application


def overwrites():
    """Saves over whatever stands, whoever wrote it."""

    def save_over(*, assessment, saving, **who):
        row = assessment.answers.filter(question=saving.question).first()
        return save(assessment=assessment, saving=replace(saving, revision=row.revision if row else 0), **who)

    answers.save_answer = save_over
    return application


def lets_in():
    """Saves for whoever asks: the statement has forgotten the right, and each process knows every assessment."""
    from assessment.models import Assessment

    class Known(dict):
        def get(self, pk):
            return Assessment.objects.select_related("version").filter(pk=pk).first()

    actions.door, answers.known = lambda: ("SELECT id FROM assessment_assessment", []), Known()
    return application


def submits_twice():
    """Trusts what it read before, locks nothing, and stores another result."""
    from django.utils import timezone

    from assessment.actions.results import build_result
    from assessment.models import Assessment
    from assessment.models.compiled import compiled

    def submit(*, assessment, by, at=None):
        rows, at = list(assessment.answers.all()), at or timezone.now()
        number = assessment.results.count() + 1
        result, _nodes = build_result(
            assessment=assessment, questionnaire=compiled(assessment.version), answers=rows, at=at, by=by, number=number
        )
        result.save(force_insert=True)
        Assessment.objects.filter(pk=assessment.pk).update(status="submitted", submitted_at=at, submitted_by=by)
        return result

    nudges.submit = submit
    return application


def fails():
    """Takes a database that is away for an error of its own."""
    outages.is_outage = lambda error: False
    return application


def waits():
    """Waits for a database that is away for as long as pools do by themselves."""
    connections["default"].settings_dict["OPTIONS"]["pool"] |= {"timeout": 30, "reconnect_timeout": 300}
    return application


def admits():
    """Works on everything at once, however many ask."""
    shedding.Allowance.enter = lambda allowance: True
    return application


def sends():
    """Sends e-mails where they are caused, while somebody waits for the page."""
    from django.conf import settings

    settings.EMAIL_BACKEND = settings.MAIL_DELIVERY_BACKEND
    return application
