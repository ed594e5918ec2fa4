"""What `make run` does before it serves; a second start undoes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessment.actions.questionnaire import correct_texts
from assessment.models import Question, Version
from contract.models import Contract, Project
from demo.prepare import load_contract, publish_questionnaires

pytestmark = pytest.mark.django_db


def test_the_questionnaires_are_published_as_of_the_past_oldest_first():
    publish_questionnaires()

    versions = Version.objects.published().order_by("published_at")
    assert [version.number for version in versions] == ["2026.0", "2026.1", "2026.2"]
    ages = [(timezone.now() - version.published_at) // timedelta(days=1) for version in versions]
    assert ages == [400, 250, 130]


def test_a_text_corrected_meanwhile_is_kept():
    publish_questionnaires()
    version = Version.objects.get(number="2026.1")
    question = Question.objects.get(capability__dimension__version=version, code="STR.VIS.1")
    correct_texts(version=version, corrections=[(question, {"text_en": "Corrected?"})])

    publish_questionnaires()

    assert Version.objects.count() == 3
    assert Question.objects.get(pk=question.pk).text_en == "Corrected?"


def test_the_contract_is_loaded_once():
    load_contract()
    Project.objects.update(title_fr="Corrigé")

    load_contract()

    assert Contract.objects.count() == 1
    assert set(Project.objects.values_list("title_fr", flat=True)) == {"Corrigé"}
