"""Individual answers after the assessment has moved to a newer version of the questionnaire."""

import pytest

from assessment.actions.individual_answers import close_consultation
from assessment.actions.moves import move
from assessment.models import IndividualAnswer
from tests.individual_answers.makers import NAMED, NOBODY, individual, page
from tests.moves.makers import make_second


@pytest.mark.parametrize("name", ["individual_answers", "comparison", "consultation"])
def test_views_that_the_newer_version_no_longer_offers_break_no_page(signed_in, person, name, asked, colleague):
    individual(asked=asked, by=person, answers=NAMED)
    individual(asked=asked, by=colleague, answers=NOBODY)
    close_consultation(consultation=asked, by=person)
    move(assessment=asked.assessment, to=make_second(), by=person)

    response = signed_in.get(page(name, asked.assessment))

    assert response.status_code == 200
    assert IndividualAnswer.objects.count() == 4
