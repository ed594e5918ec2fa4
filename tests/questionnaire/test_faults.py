"""A version's life when the database fails half-way: before or after, never between."""

import pytest
from django.db import connection

from assessment.actions.questionnaire import clone_as_draft, import_questionnaire, publish, retire
from assessment.maturity.file.format import checksum
from assessment.models import Question, Version
from tests.faults import assert_whole

pytestmark = pytest.mark.django_db(transaction=True)


def content(version):
    return Question.objects.filter(capability__dimension__version=version).count()


def versions():
    return [
        (row.number, row.status, row.checksum, row.published_at is not None, row.history.count(), content(row))
        for row in Version.objects.order_by("pk")
    ]


def test_a_version_is_published_whole_or_not_at_all(draft, small, person):
    after = assert_whole(lambda: publish(version=Version.objects.get(pk=draft.pk), by=person), versions)

    assert after == [("1", "published", checksum(small), True, 2, 6)]


def test_a_version_is_retired_whole_or_not_at_all(published, person):
    [after] = assert_whole(lambda: retire(version=Version.objects.get(pk=published.pk), by=person), versions)

    assert after[1] == "retired"


def test_a_file_is_imported_whole_or_not_at_all(small):
    after = assert_whole(lambda: import_questionnaire(definition=small), versions)

    assert after == [("1", "draft", "", False, 1, 6)]


def test_a_draft_is_cloned_whole_or_not_at_all(published, person):
    before = versions()

    after = assert_whole(lambda: clone_as_draft(version=published, number="2", by=person), versions)

    assert after == [*before, ("2", "draft", "", False, 1, 6)]


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there its lock asks for a transaction")
def test_publishing_without_its_transaction_would_be_caught(draft, person):
    with pytest.raises(AssertionError, match="half done"):
        assert_whole(lambda: publish.__wrapped__(version=Version.objects.get(pk=draft.pk), by=person), versions)
