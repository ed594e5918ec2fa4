"""Somebody edits a draft while somebody publishes it: the change is published, or refused; never slipped in after."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import IntegrityError, connection, models, transaction

from assessment.actions.questionnaire import import_questionnaire, publish
from assessment.maturity.file.format import checksum
from assessment.models import Choice, Question, Version
from assessment.models.compiled import compiled

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


@pytest.fixture
def draft(small):
    return import_questionnaire(definition=small)


@pytest.fixture
def elsewhere():
    """A function that runs another in a thread, with its own connection, which is closed after."""

    def run(function):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        yield lambda function: threads.submit(run, function)


def new_choice():
    question = Question.objects.get(code="OPS.CYB.2")
    return Choice(question=question, position=9, code="9", points=9, text_fr="Neuf.", text_en="Nine.")


CHANGES = {
    "insertion": lambda: models.QuerySet(Choice).bulk_create([new_choice()]),
    "update": lambda: models.QuerySet(Choice).filter(code="drill").update(points=3),
    "deletion": lambda: models.QuerySet(Choice).filter(code="drill", question__code="OPS.CYB.1").delete(),
}
each_change = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)


@each_change
def test_a_change_under_way_is_part_of_what_is_published(draft, elsewhere, change):
    changed = Event()

    def publish_it():
        changed.wait()
        return publish(version=draft)

    publication = elsewhere(publish_it)
    with transaction.atomic():
        Question.objects.filter(code="OPS.CYB.2").update(applies_when=None)
        change()
        changed.set()
        assert waits_for_a_lock()

    published = publication.result(timeout=30)
    assert published.checksum == checksum(compiled(Version.objects.get()))


@each_change
def test_a_change_during_the_publication_is_refused(draft, elsewhere, change):
    with transaction.atomic():
        publish(version=draft)
        late = elsewhere(change)
        assert waits_for_a_lock()

    with pytest.raises(IntegrityError, match="start a new draft"):
        late.result(timeout=30)


def waits_for_a_lock():
    """Wait until another connection waits for this one."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT pg_sleep(0.05), (SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock')"
            )
            if cursor.fetchone()[1]:
                return True
    return False
