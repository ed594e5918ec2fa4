"""Individual answers, given as the page gives them."""

import uuid

from django.urls import reverse

from assessment.actions.individual_answers import save_individual_answer
from assessment.rules.answers import Saving

# All individual answers to OPS for make_company's profile: the two differ on OPS.CYB.2, which is worth 0 or all points.
NOBODY = {"OPS.CYB.1": {"choices": ["backup"]}, "OPS.CYB.2": {"choices": ["0"]}}
NAMED = {"OPS.CYB.1": {"choices": ["backup"]}, "OPS.CYB.2": {"choices": ["1"]}}


def own(*, asked, by, question, value, state="answered", comment="", request=None, at=None):
    saving = Saving(question=question, state=state, value=value, comment=comment, request=request or uuid.uuid4())
    return save_individual_answer(consultation=asked, saving=saving, by=by, at=at)


def individual(*, asked, by, answers):
    for question, value in answers.items():
        own(asked=asked, by=by, question=question, value=value)


def page(name, assessment, *more, dimension="OPS"):
    return reverse(name, args=[assessment.pk, dimension, *more])
