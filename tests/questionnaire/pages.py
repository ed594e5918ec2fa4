"""What the tests of the administration share."""

from django.urls import reverse

from assessment.models import Capability, Choice, Dimension, Level, Question

PARTS = [Level, Dimension, Capability, Question, Choice]


def url(row, page="change"):
    return reverse(f"admin:assessment_{row._meta.model_name}_{page}", args=[row.pk])


def row_of(version, model):
    """Return the row of the version that was made last."""
    path = model.VERSION.removesuffix("__") or "pk"
    return model.objects.filter(**{path: version.pk}).order_by("pk").last()


def posted(response):
    """Return what a browser would send of the page's form as it is."""
    form, data = response.context["adminform"].form, {}
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    for part in [form, *(formset.management_form for formset in formsets), *(f for s in formsets for f in s.forms)]:
        for field in part:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = "on" if value is True else value
    return data
