"""Two editors at one page of the administration, whichever it is."""

from django import forms
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from tests.questionnaire.pages import posted

TEXTS = (forms.CharField, forms.DecimalField, forms.IntegerField)


def address(row, page="change"):
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[row.pk])


def changeable(rows, user):
    """Yield each row whose page of the administration saves something."""
    request = RequestFactory().post("/")
    request.user = user
    for model, row in rows.items():
        if admin.site._registry[model].has_change_permission(request, row):
            yield row


def texts(form):
    """The names of the fields that a person types in."""
    return [
        name
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden and not isinstance(field, forms.JSONField)
    ]


def other(form, name, word):
    """Another valid value of the field, told from others by ``word``."""
    field = form.fields[name]
    kept = str(form[name].initial or "")
    return word if field.max_length and field.max_length < 61 else f"{kept} {word}".strip()


def page_of(client, row):
    response = client.get(address(row))
    assert response.status_code == 200, row
    return response, posted(response)
