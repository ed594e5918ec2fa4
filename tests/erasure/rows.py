"""A row of any model with a canary in each of its texts, made from the model's own fields."""

import itertools
import uuid

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

serial = itertools.count(10)


def is_text(field):
    """Whether somebody's words may be in it: not where it is one of a few codes."""
    kinds = models.CharField | models.TextField | models.JSONField | models.FileField
    return isinstance(field, kinds) and not field.choices


def texts_of(model):
    return [field for field in model._meta.concrete_fields if is_text(field)]


def fill(model, canary, *, related=(), **given):
    """Store and return the row; ``related`` are rows that its foreign keys may point to, the first of a kind is taken."""
    values = {
        field.attname: value(field, canary, related)
        for field in model._meta.concrete_fields
        if field.name not in given and not isinstance(field, models.AutoField | models.CompositePrimaryKey)
    }
    return model.objects.create(**values | given)


def value(field, canary, related):
    if field.is_relation:
        return next((row.pk for row in related if isinstance(row, field.related_model)), None)
    if field.choices:
        return field.choices[0][0]
    if is_text(field):
        return text(field, canary)
    return plain(field)


def text(field, canary):
    word = f"{canary}{next(serial)}"
    if isinstance(field, models.JSONField):
        return {"said": [word], word: {"also": word}}
    if isinstance(field, models.FileField):
        return ContentFile(word.encode(), name=f"{word}.webp")
    return f"{word}@company.example" if isinstance(field, models.EmailField) else word[: field.max_length]


def plain(field):
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    kinds = [
        (models.DateTimeField, timezone.now),
        (models.DateField, timezone.localdate),
        (models.UUIDField, uuid.uuid4),
        (models.BooleanField, lambda: False),
        (models.IntegerField, lambda: 1),
        (models.GenericIPAddressField, lambda: "192.0.2.1"),
    ]
    return next(make() for kind, make in kinds if isinstance(field, kind))
