"""What an assessment begins with, and how its pages are asked."""

from datetime import timedelta

from django.urls import reverse

from assessment.models import Answer
from tests.factories import COMPLETE, NOON

LATER = NOON + timedelta(days=365)
GIVEN = COMPLETE | {"STR.VIS.2": {"text": "Our notebook"}}


def rows(assessment):
    return {row.question: (row.value, row.to_confirm) for row in Answer.objects.filter(assessment=assessment)}


def page(name, assessment, *more):
    return reverse(name, args=[assessment.pk, *more])


def left(client, assessment):
    """What the review still asks to confirm."""
    return client.get(page("assessment_review", assessment)).context["unconfirmed"]
