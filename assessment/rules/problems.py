"""Problems of an answer in the reader's language; the engine names each by a code."""

from fractions import Fraction
from typing import cast

from django.utils.translation import gettext_lazy as _

from assessment.maturity.definition import Question
from assessment.maturity.figures import decimal_text
from assessment.rules.words import points
from language.texts import Text

MESSAGES = {
    "not_one_form": _("Give an answer, or say that you don’t know or that it is not applicable: one of them only."),
    "unknown_not_allowed": _("“I don’t know” is not possible here: give an answer."),
    "not_applicable_not_allowed": _("“Not applicable” is not possible here: give an answer."),
    "reason_missing": _("Say in a few words why this is not applicable."),
    "number_expected": _("Give a number."),
    "text_expected": _("Write a few words."),
    "bad_character": _("Remove the characters that are not text."),
    "choice_expected": _("Choose an answer."),
    "unknown_choice": _("This choice does not exist here. Reload the page."),
    "repeated_choice": _("Choose each answer once."),
    "one_choice": _("Choose one answer only."),
    "nothing_chosen": _("Choose at least one answer."),
    "exclusive_choice": _("One of these answers can’t be chosen with another: choose it alone, or not at all."),
}


def message_for(problem: tuple[str, str], question: Question) -> Text:
    code, _english = problem
    if code == "out_of_range":
        bounds = {
            name: points(decimal_text(cast(Fraction, bound)))
            for name, bound in [("low", question.minimum), ("high", question.maximum)]
        }
        return _("Give a number from %(low)s to %(high)s.") % bounds
    return MESSAGES[code]
