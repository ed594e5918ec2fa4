import json
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from modeltranslation.translator import translator

FIXTURE = Path(__file__).parents[2] / "fixtures" / "contract.json"
RECORDS = json.loads(FIXTURE.read_text())
MODELS = [
    model for model in apps.get_app_config("contract").get_models() if not model.__name__.startswith("Historical")
]
MODELS = [model for model in MODELS if hasattr(model, "natural_key")]


def stored():
    return {model.__name__: list(model.objects.order_by("code").values()) for model in MODELS}


@pytest.mark.django_db
def test_loading_twice_changes_nothing(real_contract):
    before = stored()

    call_command("loaddata", FIXTURE, verbosity=0)

    assert stored() == before
    assert sum(len(rows) for rows in before.values()) == len(RECORDS)


@pytest.mark.django_db
def test_every_record_passes_its_own_validation(real_contract):
    for record in chain.from_iterable(model.objects.all() for model in MODELS):
        record.full_clean()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["fields"]["code"])
def test_every_text_is_in_both_languages(record):
    fields = record["fields"]
    translated = {name[:-3] for name in fields if name.endswith(("_fr", "_en"))}

    assert [name for name in translated if not (fields.get(f"{name}_fr") and fields.get(f"{name}_en"))] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["fields"]["code"])
def test_every_record_names_its_source(record):
    assert record["model"] == "contract.source" or record["fields"]["source"]


@pytest.mark.parametrize("model", MODELS)
def test_history_keeps_both_languages(model):
    columns = {field.name for field in model.history.model._meta.fields}
    translated = translator.get_options_for_model(model).get_field_names()

    assert [f"{name}_{code}" for name in translated for code in ["fr", "en"] if f"{name}_{code}" not in columns] == []
