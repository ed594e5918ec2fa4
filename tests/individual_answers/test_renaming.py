"""A database from when the table had another name is upgraded with all that it holds, and carries the old name nowhere."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from assessment.models import IndividualAnswer
from tests.individual_answers.makers import own

COLUMNS = "id, assessment_id, user_id, question, state, value, comment, revision, request, saved_at"
NAMES = {
    "sqlite": "SELECT name || COALESCE(sql, '') FROM sqlite_master",
    "postgresql": "SELECT relname FROM pg_class UNION ALL SELECT conname FROM pg_constraint",
}


@pytest.fixture
def earlier(transactional_db):
    yield lambda: call_command("migrate", "assessment", "0017", verbosity=0)
    call_command("migrate", verbosity=0)


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM {table} ORDER BY id")
        return cursor.fetchall()


@pytest.mark.long
def test_an_upgrade_keeps_every_answer_under_the_new_name(earlier, person, asked):
    own(asked=asked, by=person, question="OPS.CYB.1", value={"choices": ["backup"]})
    before = rows_of("assessment_individualanswer")

    earlier()
    under_the_old_name = rows_of("assessment_ownanswer")
    call_command("migrate", verbosity=0)

    assert (len(before), under_the_old_name, rows_of("assessment_individualanswer")) == (1, before, before)
    own(asked=asked, by=person, question="OPS.CYB.2", value={"choices": ["0"]})
    assert IndividualAnswer.objects.count() == 2


@pytest.mark.django_db
def test_nothing_in_the_database_carries_the_old_name():
    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        names = [name for (name,) in cursor.fetchall() if "ownanswer" in name]

    assert names == []
    assert not ContentType.objects.filter(model="ownanswer").exists()
    assert not Permission.objects.filter(codename__contains="ownanswer").exists()
