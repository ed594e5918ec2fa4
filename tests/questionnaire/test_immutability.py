"""No path alters a published version: each way, on each table, column by column, on the database at hand."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, models, transaction

from assessment.actions.questionnaire import clone_as_draft, import_questionnaire, publish, retire
from assessment.models import (
    Band,
    Capability,
    Choice,
    Dimension,
    Level,
    Question,
    Questionnaire,
    Version,
    triggers,
)
from assessment.models.immutability import VersionIsFrozenError, text_columns
from tests.factories import make_user

PARTS = [Level, Dimension, Capability, Question, Choice, Band]
TABLES = [Version, *PARTS]
each_part = pytest.mark.parametrize("model", PARTS)
each_table = pytest.mark.parametrize("model", TABLES)


def by_sql(model):
    """Return a queryset without our models' refusals: what it says goes to the database as it is."""
    return models.QuerySet(model)


def row_of(version, model):
    path = model.VERSION.removesuffix("__") or "pk"
    return model.objects.filter(**{path: version.pk}).order_by("pk").last()


def refused_by_the_database():
    return pytest.raises(IntegrityError, match=triggers.MESSAGE)


def columns_of(model, *, free):
    if model is Version:
        free = {*free, "status", "retired_at", "texts_revision", "published_by"}
    return [field for field in model._meta.concrete_fields if field.name not in free]


def stored(row, field):
    """Return what the column itself holds, whatever the language."""
    return by_sql(type(row)).values_list(field.attname, flat=True).get(pk=row.pk)


def another(field, row):
    """Return another value that the column can hold."""
    value = stored(row, field)
    match field:
        case models.ForeignKey():
            return field.related_model.objects.exclude(pk=value).values_list("pk", flat=True).first()
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return value + timedelta(days=1)
        case models.DecimalField():
            return Decimal(7) if value is None else value + 1
        case models.JSONField():
            return {"other": ["value"]}
        case models.CharField() | models.TextField():
            return f"x{value or ''}"[: field.max_length]
        case models.IntegerField():
            return (value or 0) + 1000
    raise NotImplementedError(field)


# --- The models -------------------------------------------------------------------------------------------------------
@each_table
def test_save_is_refused(published, model):
    row = row_of(published, model)

    with pytest.raises(VersionIsFrozenError):
        row.save()


@each_table
def test_save_of_one_column_is_refused(published, model):
    row = row_of(published, model)
    column = "number" if model in (Version, Level) else "points" if model is Band else "code"

    with pytest.raises(VersionIsFrozenError):
        row.save(update_fields=[column])


@each_table
def test_delete_is_refused(published, model):
    row = row_of(published, model)

    with pytest.raises(VersionIsFrozenError):
        row.delete()


@each_table
def test_update_is_refused_even_of_texts(published, model):
    texts = sorted(text_columns(model)) or ["points"]

    with pytest.raises(VersionIsFrozenError):
        model.objects.filter(pk=row_of(published, model).pk).update(**{texts[0]: "9"})


@each_table
def test_delete_of_many_is_refused(published, model):
    with pytest.raises(VersionIsFrozenError):
        model.objects.filter(pk=row_of(published, model).pk).delete()


@each_table
def test_bulk_update_is_refused(published, model):
    row = row_of(published, model)
    column = "number" if model in (Version, Level) else "points" if model is Band else "code"

    with pytest.raises(VersionIsFrozenError):
        model.objects.bulk_update([row], [column])


@each_part
def test_save_of_another_row_is_refused(published, model):
    row = row_of(published, model)
    row.pk, row._state.adding = None, True

    with pytest.raises(VersionIsFrozenError):
        row.save()


@each_part
def test_bulk_create_is_refused(published, model):
    row = row_of(published, model)
    row.pk = None

    with pytest.raises(VersionIsFrozenError):
        model.objects.bulk_create([row])


@each_part
def test_moving_a_draft_row_under_it_is_refused(published, model):
    draft = clone_as_draft(version=published, number="2", by=None)
    row, parent = row_of(draft, model), getattr(row_of(published, model), model.PARENT)
    setattr(row, model.PARENT, parent)

    with pytest.raises(VersionIsFrozenError):
        row.save()
    for key, value in [(model.PARENT, parent), (f"{model.PARENT}_id", parent.pk)]:
        with pytest.raises(VersionIsFrozenError):
            model.objects.filter(pk=row.pk).update(**{key: value})


def test_a_version_is_born_a_draft(published):
    row = Version.objects.get(pk=published.pk)
    row.pk, row.number, row._state.adding = None, "2", True

    with pytest.raises(VersionIsFrozenError):
        row.save()


def test_the_code_of_a_published_questionnaire_stays(published):
    questionnaire = published.questionnaire
    questionnaire.code = "another"

    with pytest.raises(VersionIsFrozenError):
        questionnaire.save()


def test_the_code_of_a_questionnaire_without_a_published_version_may_change(db):
    questionnaire = Questionnaire.objects.create(code="one")
    questionnaire.code = "two"

    questionnaire.save()

    assert Questionnaire.objects.get().code == "two"


def test_a_retired_version_is_as_immutable(published):
    retire(version=published)

    with pytest.raises(VersionIsFrozenError):
        row_of(published, Choice).save()
    with refused_by_the_database():
        by_sql(Choice).filter(question__capability__dimension__version=published).update(points=9)


def test_the_refusal_says_what_to_do(published):
    with pytest.raises(VersionIsFrozenError) as refusal:
        published.delete()

    assert refusal.value.messages == ["This version is published, so it can’t be changed. Start a new draft from it."]


# --- The database -----------------------------------------------------------------------------------------------------
def protected_columns():
    for model in TABLES:
        for field in columns_of(model, free=text_columns(model)):
            yield pytest.param(model, field, id=f"{model.__name__}.{field.column}")


def draft_columns():
    """All but keys, and what says that a version is published."""
    for model in TABLES:
        for field in columns_of(model, free={"published_at", "checksum"}):
            if not field.primary_key and not field.remote_field:
                yield pytest.param(model, field, id=f"{model.__name__}.{field.column}")


def free_columns():
    for model in TABLES:
        for name in sorted(text_columns(model)):
            yield pytest.param(model, model._meta.get_field(name), id=f"{model.__name__}.{name}")


@pytest.mark.parametrize(("model", "field"), list(protected_columns()))
def test_the_database_refuses_another_value(published, model, field):
    clone_as_draft(version=published, number="2", by=None)  # so that there is another parent to move to
    Questionnaire.objects.create(code="other")
    row = row_of(published, model)

    with refused_by_the_database():
        by_sql(model).filter(pk=row.pk).update(**{field.attname: another(field, row)})


# Values that the other columns of the row allow.
FITTING = {"unknown_policy": "zero", "aggregation": "mean", "kind": "text", "required": True}


@pytest.mark.parametrize(("model", "field"), list(draft_columns()))
def test_a_draft_takes_another_value(published, model, field):
    row = row_of(clone_as_draft(version=published, number="2", by=None), model)
    value = FITTING.get(field.name, another(field, row))

    by_sql(model).filter(pk=row.pk).update(**{field.attname: value})

    assert stored(row, field) == value


@pytest.mark.parametrize(("model", "field"), list(free_columns()))
def test_the_database_lets_texts_be_corrected(published, model, field):
    row = row_of(published, model)

    by_sql(model).filter(pk=row.pk).update(**{field.name: "Corrigé"})

    assert by_sql(model).values_list(field.name, flat=True).get(pk=row.pk) == "Corrigé"


@each_table
def test_the_database_refuses_a_deletion(published, model):
    table, key = model._meta.db_table, row_of(published, model).pk

    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])


NEW = {"number": 99, "code": "NEW", "start": Decimal("99")}


@each_part
def test_the_database_refuses_an_insertion(published, model):
    row = row_of(published, model)
    row.pk = None
    for name in NEW.keys() & {field.name for field in model._meta.concrete_fields}:
        setattr(row, name, NEW[name])

    with refused_by_the_database():
        by_sql(model).bulk_create([row])


@each_part
def test_the_database_refuses_to_move_a_draft_row_under_it(published, model):
    draft = clone_as_draft(version=published, number="2", by=None)
    row, parent = row_of(draft, model), getattr(row_of(published, model), f"{model.PARENT}_id")

    with refused_by_the_database():
        by_sql(model).filter(pk=row.pk).update(**{f"{model.PARENT}_id": parent})


def test_the_database_refuses_a_version_born_published(published):
    row = Version.objects.get(pk=published.pk)
    row.pk, row.number = None, "2"

    with refused_by_the_database():
        by_sql(Version).bulk_create([row])


@pytest.mark.parametrize(
    "values",
    [
        {"status": "draft", "checksum": "", "published_at": None},
        {"status": "draft"},
        {"retired_at": "2026-06-08T12:00:00Z"},
        {"texts_revision": 0},
    ],
)
def test_the_database_refuses_another_life(published, values):
    by_sql(Version).filter(pk=published.pk).update(texts_revision=1)

    with refused_by_the_database():
        by_sql(Version).filter(pk=published.pk).update(**values)


def test_the_database_refuses_another_publisher(published):
    with refused_by_the_database():
        by_sql(Version).filter(pk=published.pk).update(published_by=make_user())


def test_the_database_refuses_to_retire_a_draft(published):
    draft = clone_as_draft(version=published, number="2", by=None)

    with refused_by_the_database():
        by_sql(Version).filter(pk=draft.pk).update(
            status="retired", checksum="x", published_at=published.published_at, retired_at=published.published_at
        )


@pytest.mark.parametrize("status", ["published", "draft"])
def test_the_database_refuses_to_bring_a_retired_version_back(published, status):
    retire(version=published)

    with refused_by_the_database():
        by_sql(Version).filter(pk=published.pk).update(status=status, retired_at=None)


def test_the_database_refuses_another_code(published):
    with refused_by_the_database():
        by_sql(Questionnaire).filter(pk=published.questionnaire_id).update(code="another")


def test_the_account_of_who_published_may_still_be_erased(db, small):
    person = make_user()
    version = publish(version=import_questionnaire(definition=small), by=person)

    person.delete()

    assert Version.objects.get(pk=version.pk).published_by is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")
@each_table
def test_sqlite_refuses_to_replace_a_row(published, model):
    """A replacement deletes without a delete trigger: here a draft's row takes a published row's key."""
    draft = clone_as_draft(version=published, number="2", by=None)
    taken, row, table = row_of(published, model).pk, row_of(draft, model), model._meta.db_table
    others = ", ".join(field.column for field in model._meta.concrete_fields if not field.primary_key)

    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO {table} (id, {others}) SELECT %s, {others} FROM {table} WHERE id = %s",
            [taken, row.pk],
        )


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")
def test_sqlite_refuses_to_replace_a_version_by_its_number(published):
    draft = clone_as_draft(version=published, number="2", by=None)

    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("UPDATE OR REPLACE assessment_version SET number = '1' WHERE id = %s", [draft.pk])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own statement")
@pytest.mark.parametrize("table", triggers.TABLES)
def test_postgresql_refuses_to_truncate(published, table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else it is refused for those alone
        with refused_by_the_database():
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_triggers_are_what_refuses(published):
    """These tests would notice a migration that lost the triggers."""
    row = row_of(published, Choice)
    with connection.cursor() as cursor:
        triggers.drop(SimpleNamespace(connection=connection, execute=cursor.execute))

    with transaction.atomic():
        by_sql(Choice).filter(pk=row.pk).update(points=9)

    assert row_of(published, Choice).points == 9
