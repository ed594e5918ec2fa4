"""What tests put back of a version published before is what publishing it would store."""

import pytest
from django.db import DatabaseError, connection, transaction

from assessment.models import Questionnaire, Version
from tests import published
from tests.factories import DATA, NOON, import_questionnaire, make_version, publish, questionnaire_format

pytestmark = pytest.mark.django_db
FILE = DATA / "small.yaml"


def everything():
    """The rows of every table, without the numbers and times that another publication would have."""
    rows = [list(model.objects.order_by("pk").values()) for model in published.MODELS]
    own = {"id", "history_id", "history_date", "created_at"}
    keys = {"questionnaire_id", "version_id", "dimension_id", "capability_id", "question_id"}
    return [[{key: row[key] for key in row.keys() - own - keys} for row in table] for table in rows]


def published_anew():
    with transaction.atomic():
        version = import_questionnaire(definition=questionnaire_format.load(FILE.read_text()))
        publish(version=version, at=NOON)
        stored = everything()
        published.keep((FILE, NOON))
        transaction.set_rollback(True)
    return stored


def test_every_row_is_as_publishing_would_store_it():
    expected = published_anew()

    version = make_version(file=FILE)

    assert everything() == expected
    assert version.status == Version.Status.PUBLISHED


def test_the_database_protects_a_version_put_back():
    published_anew()
    make_version(file=FILE)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM assessment_question")


def test_nothing_is_put_back_beside_another():
    published_anew()
    Questionnaire.objects.create(code="other")

    version = make_version(file=FILE)

    assert sorted(Questionnaire.objects.values_list("code", flat=True)) == sorted(["other", version.questionnaire.code])
