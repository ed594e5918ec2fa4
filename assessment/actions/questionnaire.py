"""The life of a version: imported or cloned as a draft, published, its texts corrected, retired."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from assessment.actions.limits import refuse_what_rows_cannot_hold
from assessment.exchange.statements import unhurry_transaction
from assessment.maturity.canonical import checksum
from assessment.maturity.definition import Questionnaire as Definition
from assessment.maturity.file.format import load_document
from assessment.models import Band, Capability, Choice, Dimension, Level, Question, Questionnaire, User, Version
from assessment.models.compiled import compiled, document
from assessment.models.immutability import VersionIsFrozenError, text_columns
from assessment.models.rows import store, version_row
from assessment.models.triggers import TEXTS


@transaction.atomic
def import_questionnaire(*, definition: Definition, by: User | None = None) -> Version:
    """Write the definition as a draft; FormatError where a file may say more than the rows can hold.

    No history of it is kept: the file is the history of an import, and hundreds of thousands of rows would be
    written twice. A row's history begins with its first change.
    """
    refuse_what_rows_cannot_hold(definition)
    refuse_taken_number(definition.code, definition.version)
    questionnaire, _created = Questionnaire.objects.get_or_create(code=definition.code)
    with translation.override(settings.LANGUAGE_CODE):  # the column without a language holds the main one
        version = version_row(questionnaire, definition)
        save(version, by=by)
        store(version, definition)
    return version


def clone_as_draft(*, version: Version, number: str, by: User | None) -> Version:
    """Return a new draft with the same content, the one way to change a published version."""
    return import_questionnaire(definition=replace(compiled(version), version=number), by=by)


@transaction.atomic
def replace_draft(*, version: Version, definition: Definition, by: User | None = None) -> Version:
    refuse_what_rows_cannot_hold(definition)
    locked = lock_draft(version)
    clear(locked)
    with translation.override(settings.LANGUAGE_CODE):
        row = version_row(locked.questionnaire, definition)
        row.pk, row._state.adding = locked.pk, False
        save(row, by=by)
        store(row, definition)
    return row


@transaction.atomic
def discard(*, version: Version, by: User | None) -> None:
    # Delete the draft; its own history says who did it.
    locked = lock_draft(version)
    clear(locked)
    vars(locked)["_history_user"] = by
    locked.delete()


@transaction.atomic
def publish(*, version: Version, by: User | None = None, at: datetime | None = None) -> Version:
    """Freeze the draft under its checksum; FormatError lists everything that keeps it from being published."""
    locked = lock_draft(version)
    locked.checksum = checksum(compiled(locked))
    locked.status = Version.Status.PUBLISHED
    locked.published_at, locked.published_by = at or timezone.now(), by
    save(locked, by=by)
    return locked


@transaction.atomic
def retire(*, version: Version, by: User | None = None, at: datetime | None = None) -> Version:
    # Offer the version to no new assessment; those under way go on with it.
    locked = lock(version)
    if locked.status != Version.Status.PUBLISHED:
        raise ValidationError(_("Only a published version can be retired."), code="status")
    locked.status, locked.retired_at = Version.Status.RETIRED, at or timezone.now()
    save(locked, by=by, update_fields=["status", "retired_at"])
    return locked


@transaction.atomic
def correct_texts(
    *, version: Version, corrections: Iterable[tuple[Any, dict[str, str | None]]], by: User | None = None
) -> Version:
    """Correct texts of a published version; ``corrections`` are pairs of a row and its new texts, {column: text}.

    The rows' history keeps what they said before. FormatError where a text would be missing.
    """
    locked = lock(version)
    for row, texts in corrections:
        correct_row(row, texts, since=cast(datetime, locked.published_at), by=by)
    locked.refresh_from_db()
    load_document(document(locked))
    locked.texts_revision += 1
    vars(locked)["skip_history_when_saving"] = True
    locked.save(update_fields=["texts_revision"])
    return locked


def refuse_taken_number(code: str, number: str) -> None:
    if Version.objects.filter(questionnaire__code=code, number=number).exists():
        raise taken(number)


def taken(number: str) -> ValidationError:
    return ValidationError(_("There is a version %(number)s already."), code="number", params={"number": number})


def correct_row(row: Any, texts: Mapping[str, str | None], *, since: datetime, by: User | None) -> None:
    if not texts.keys() <= text_columns(type(row)):
        raise VersionIsFrozenError
    if not row.history.exists():
        original = type(row).objects.get(pk=row.pk)
        original._history_user = None  # it was imported or typed before the history began
        row.history.bulk_history_create([original], default_date=since)
    for column, text in texts.items():
        setattr(row, column, text)
    with translation.override(settings.LANGUAGE_CODE):
        save(row, by=by, update_fields={*texts, *TEXTS[row._meta.model_name]})


def lock(version: Version) -> Version:
    unhurry_transaction()  # checking hundreds of thousands of choices takes its time
    return Version.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=version.pk)


def clear(version: Version) -> None:
    # Delete all under the version, without history as it came, and without loading hundreds of thousands of rows.
    for model in [Band, Choice, Question, Capability, Dimension, Level]:
        rows: QuerySet[Any] = QuerySet(model).filter(**{model.VERSION.removesuffix("__"): version})
        rows._raw_delete(rows.db)


def lock_draft(version: Version) -> Version:
    locked = lock(version)
    if not locked.is_draft:
        raise VersionIsFrozenError
    return locked


def save(row: Any, *, by: User | None, **options: Any) -> None:
    # Save the row; its history says who did it, in a command as in the admin.
    row._history_user = by
    row.save(**options)
