"""Numbers typed into forms of staff and companies: by the language of the page, or refused in words."""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from assessment.forms.numbers import SmallCountField
from edits.numbers import NumberField, NumberInput, WholeNumberField
from tests.factories import make_user


def typed(field, text, language):
    with translation.override(language):
        try:
            return field.clean(text)
        except ValidationError as error:
            with translation.override("en"):
                return str(error.messages[0])


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("12.5", Decimal("12.5"), Decimal("12.5")),
        ("12,5", Decimal("12.5"), Decimal("12.5")),
        ("1 000", Decimal(1000), Decimal(1000)),
        ("1,000", Decimal(1), Decimal(1000)),
        ("1.000", None, Decimal(1)),
        ("0.125", Decimal("0.125"), Decimal("0.125")),
        ("12.3450", Decimal("12.345"), Decimal("12.345")),
    ],
)
def test_a_decimal_number(text, french, english):
    said = "«\u00a01.000\u00a0» peut se lire de deux façons\u00a0: n’écrivez rien entre les milliers, comme dans 1000."

    assert typed(NumberField(), text, "fr") == (said if french is None else french)
    assert typed(NumberField(), text, "en") == english


@pytest.mark.parametrize("field", [WholeNumberField(), SmallCountField()])
@pytest.mark.parametrize(("text", "english"), [("1 000", 1000), ("1,000", 1000), ("1\u202f000", 1000), ("7", 7)])
def test_a_whole_number(field, text, english):
    assert typed(field, text, "en") == english


@pytest.mark.parametrize("field", [WholeNumberField(), SmallCountField()])
def test_a_thousand_is_never_taken_for_one(field):
    """As Django’s own field takes it: what follows the point is nought."""
    assert "deux façons" in typed(field, "1.000", "fr")


@pytest.mark.parametrize("text", ["1.5", "many", "4 k", "1e3"])
def test_what_is_no_whole_number_is_refused(text):
    assert typed(WholeNumberField(), text, "en") == "Enter a whole number."


@pytest.mark.parametrize(("value", "shown"), [("12.500000", "12.5"), ("12.345000", "12.3450"), ("100.000000", "100")])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_shown_is_read_as_it_was(value, shown, language):
    assert NumberInput().format_value(Decimal(value)) == shown
    assert typed(NumberField(), shown, language) == Decimal(value)


def test_every_form_of_staff_takes_numbers_in_this_way(db, rf):
    request = rf.get("/")
    request.user = make_user(is_staff=True, is_superuser=True)
    owners = [
        owner
        for page in admin.site._registry.values()
        if page.opts.app_label in {"assessment", "contract"}
        for owner in [page, *page.get_inline_instances(request)]
        if owner.has_change_permission(request)
    ]

    fields = [(owner, field) for owner in owners for field in owner.opts.concrete_fields if is_typed(field)]
    other = [
        f"{type(owner).__name__}.{field.name}"
        for owner, field in fields
        if not isinstance(owner.formfield_for_dbfield(field, request), NumberField | WholeNumberField)
        and field.name in shown(owner, request)
    ]

    assert (len(fields) > 20, other) == (True, [])


def is_typed(field):
    is_number = isinstance(field, models.DecimalField | models.IntegerField)
    return is_number and field.editable and not field.primary_key and not field.choices


def shown(owner, request):
    fieldsets = flatten_fieldsets(owner.get_fieldsets(request))
    return set(fieldsets) - set(owner.get_readonly_fields(request))
