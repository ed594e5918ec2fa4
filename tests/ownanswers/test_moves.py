"""Own views after the assessment has moved to a newer version of the questionnaire."""

import pytest

from assessment.actions.moves import move
from assessment.actions.ownanswers import close_consultation
from assessment.models import OwnAnswer
from tests.moves.makers import make_second
from tests.ownanswers.makers import NAMED, NOBODY, own_view, page


@pytest.mark.parametrize("name", ["own_answers", "own_comparison", "own_consultation"])
def test_views_that_the_newer_version_no_longer_offers_break_no_page(signed_in, person, name, asked, colleague):
    own_view(asked=asked, by=person, answers=NAMED)
    own_view(asked=asked, by=colleague, answers=NOBODY)
    close_consultation(consultation=asked, by=person)
    move(assessment=asked.assessment, to=make_second(), by=person)

    response = signed_in.get(page(name, asked.assessment))

    assert response.status_code == 200
    assert OwnAnswer.objects.count() == 4
