"""What the page says of a save, in the words agreed on, to the letter."""

import re

from django.urls import reverse
from django.utils import timezone

from assessment.models import Answer
from tests.factories import make_assessment, make_company

STATES = {
    "saving": "Enregistrement…",
    "unsaved": "Non enregistré – nouvelle tentative",
    "offline": "Hors ligne – vos réponses sont gardées sur cet appareil jusqu’au retour de la connexion",
    "offline-open": "Hors ligne – gardez cette page ouverte jusqu’au retour de la connexion",
    "conflict": "Conflit – choisissez entre deux réponses",
}


def in_french(name, *args):
    return reverse(name, args=args).replace("/en/", "/fr/", 1)


def test_the_states_of_a_save_are_said_in_these_french_words(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))

    page = signed_in.get(in_french("assessment_dimension", assessment.pk, "STR")).content.decode()

    said = dict(re.findall(r'<span data-text="([\w-]+)">([^<]+)</span>', page))
    assert {state: said[state] for state in STATES} == STATES


def test_a_saved_answer_is_said_so_with_the_time_at_which_it_was_stored_in_france(signed_in, person):
    assessment = make_assessment(company=make_company(member=person))

    url = in_french("assessment_answer", assessment.pk, "STR.VIS.1")
    reply = signed_in.post(url, {"STR.VIS.1-pick": "choice.1"}).content.decode()

    stored = timezone.localtime(Answer.objects.get().saved_at)
    assert reply.strip() == f'<p data-saved="1">Enregistré à {stored:%H:%M}</p>'
