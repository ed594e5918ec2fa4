"""A condition in words: "the company’s activities include Research and the answer to question 3 is …"."""

from collections.abc import Collection, Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.maturity.conditions import All, AnswerIn, AnyOf, Condition, Not, ProfileIn
from assessment.maturity.definition import Question, Questionnaire
from assessment.models import Activity, Size, SubSector
from assessment.rules.words import in_language

LABELS = {"sub_sector": SubSector, "size": Size, "activities": Activity}
OF_PROFILE = {  # by key, and whether it is denied
    ("sub_sector", False): gettext_lazy("the company’s sub-sector is %(list)s"),
    ("sub_sector", True): gettext_lazy("the company’s sub-sector is not %(list)s"),
    ("size", False): gettext_lazy("the company’s size is %(list)s"),
    ("size", True): gettext_lazy("the company’s size is not %(list)s"),
    ("activities", False): gettext_lazy("the company’s activities include %(list)s"),
    ("activities", True): gettext_lazy("the company’s activities do not include %(list)s"),
}
OF_ANSWER = {  # by kind of question, and whether it is denied
    ("choice", False): gettext_lazy("the answer to question %(number)s is %(answers)s"),
    ("choice", True): gettext_lazy("the answer to question %(number)s is not %(answers)s"),
    ("multiple", False): gettext_lazy("the answer to question %(number)s includes %(answers)s"),
    ("multiple", True): gettext_lazy("the answer to question %(number)s does not include %(answers)s"),
    ("otherwise", False): gettext_lazy("the answer to question %(number)s is another than %(answers)s"),
    ("otherwise", True): gettext_lazy("the answer to question %(number)s is %(answers)s"),
}


def in_words(condition: Condition, questionnaire: Questionnaire) -> str:
    """Return a clause that follows "asked if"; questions are named by their number in the questionnaire."""
    return _Words(questionnaire).clause(condition, negated=False)


class _Words:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def clause(self, condition: Condition, *, negated: bool) -> str:
        match condition:
            case ProfileIn(key, values):
                return _of_profile(key, values, negated)
            case AnswerIn(code, choices):
                return self._of_answer(self.questionnaire.question(code), choices, negated)
            case Not(inner):
                return self.clause(inner, negated=not negated)
            case All(parts):
                return self._joined(parts, all_of_them=not negated, negated=negated)
            case _:
                return self._joined(condition.conditions, all_of_them=negated, negated=negated)

    def _joined(self, parts: Iterable[Condition], *, all_of_them: bool, negated: bool) -> str:
        clauses = [self._part(part, negated=negated) for part in parts]
        return get_text_list(clauses, _("and") if all_of_them else _("or"))

    def _part(self, part: Condition, *, negated: bool) -> str:
        clause = self.clause(part, negated=negated)
        return f"({clause})" if isinstance(part, All | AnyOf) else clause

    def _of_answer(self, question: Question, choices: Collection[str], negated: bool) -> str:
        # Name the answers that count or, where they are fewer, those that don’t.
        named = [_quoted(in_language(choice.text)) for choice in question.choices if choice.code in choices]
        others = [_quoted(in_language(choice.text)) for choice in question.choices if choice.code not in choices]
        kind: str = question.kind
        if kind == "choice" and len(others) < len(named):
            kind, named = "otherwise", others + _apart(question)
        number = self.questionnaire.questions.index(question) + 1
        return OF_ANSWER[kind, negated] % {"number": number, "answers": get_text_list(named, _("or"))}


def _apart(question: Question) -> list[str]:
    """Return what may be answered besides the choices: it is in no list of a condition."""
    apart = [_quoted(_("I don’t know"))] if question.allow_unknown else []
    return [*apart, _quoted(_("Not applicable"))] if question.allow_not_applicable else apart


def _of_profile(key: str, values: Iterable[str], negated: bool) -> str:
    labels = [str(LABELS[key](value).label) for value in values]
    if key == "size":  # "Micro: fewer than 10 people"
        labels = [_quoted(label) for label in labels]
    return OF_PROFILE[key, negated] % {"list": get_text_list(labels, _("or"))}


def _quoted(text: str) -> str:
    return _("“%(text)s”") % {"text": text}
