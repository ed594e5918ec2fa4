"""How long the rest of the questions is said to take."""

from datetime import timedelta

import pytest

from assessment.models import Answer
from assessment.rules.pace import seconds_an_answer, time_left
from assessment.rules.standing import standing_of
from tests.factories import COMPLETE, NOON, answer, make_assessment, make_company


def given_at(*seconds, person=1, **fields):
    """Answers of a person, so many seconds after noon."""
    values = {"saved_by_id": person, "state": "answered"} | fields
    return [Answer(saved_at=NOON + timedelta(seconds=each), **values) for each in seconds]


@pytest.mark.parametrize(
    ("rows", "seconds"),
    [
        (given_at(0, 30, 60, 90, 120), None),  # four gaps say too little
        (given_at(0, 30, 60, 90, 120, 150), 30),
        (given_at(0, 20, 40, 60, 80, 120, 9_000, 9_020), 20),  # nobody thought for hours
        (given_at(0, 100, 100, 100, 100, 100), 20),  # a page saved whole
        (given_at(0, 60, 120) + given_at(10, 70, 130, person=2), None),
        (given_at(0, 60, 120, 180) + given_at(10, 70, 130, person=2), 60),  # side by side, each at their own pace
        (given_at(0, 30, 60, 90, 120, 150, to_confirm=True), None),
        (given_at(0, 30, 60, 90, 120, 150, state="draft"), None),
    ],
)
def test_the_pace_is_the_median_between_two_answers_of_a_person(rows, seconds):
    assert seconds_an_answer(rows) == seconds


@pytest.fixture
def assessment(person):
    return make_assessment(company=make_company(member=person))


@pytest.mark.django_db
def test_without_answers_it_is_what_the_questionnaire_says(assessment):
    left = time_left(standing_of(assessment, []), [])

    assert (left.minutes, left.is_measured) == (4, False)  # three questions, 63 seconds each


@pytest.mark.django_db
def test_nothing_left_takes_no_time(assessment, person):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    rows = list(assessment.answers.all())

    assert time_left(standing_of(assessment, rows), rows) is None


@pytest.mark.django_db
def test_an_answer_to_confirm_is_read_in_a_quarter_of_a_minute(assessment, person):
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    Answer.objects.update(to_confirm=True)
    rows = list(assessment.answers.all())

    assert time_left(standing_of(assessment, rows), rows).minutes == 1
