"""Whom a manager invites and asks, and where a person says to be."""

from collections.abc import Iterable, Mapping

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from assessment.forms.addresses import AddressField
from assessment.forms.names import AsksName
from assessment.forms.numbers import LARGEST_KEY
from assessment.forms.people import helper
from assessment.maturity.definition import Questionnaire
from assessment.models import Membership, User
from assessment.rules.words import in_language
from edits.reading import READ_AT, ReadAtForm

EXPLAINED = {
    Membership.Role.MANAGER: _("answers, submits, invites colleagues and changes the company’s profile"),
    Membership.Role.CONTRIBUTOR: _("answers and comments"),
    Membership.Role.READER: _("reads the answers and the results"),
}


class InviteForm(forms.Form):
    email = AddressField(
        label=_("E-mail address"),
        error_messages={"required": _("Give your colleague’s e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Of one colleague. Nobody else can use the link that is sent to it."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        error_messages={"required": _("Choose your colleague’s role.")},
        widget=forms.RadioSelect,
        initial=Membership.Role.CONTRIBUTOR,
        choices=[
            (role.value, format_lazy(_("{role}: {what}"), role=capfirst(role.label), what=what))
            for role, what in EXPLAINED.items()
        ],
    )
    helper = helper(_("Send the invitation"))


class AcceptForm(AsksName):
    helper = helper(_("Accept the invitation"))


class AssignmentsForm(ReadAtForm, forms.Form):
    """A row of tick boxes for each dimension: the people who may answer."""

    NO_DIMENSIONS = {"tell", READ_AT}
    tell = forms.BooleanField(label=_("Tell those newly asked by e-mail"), required=False, initial=True)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        questionnaire: Questionnaire,
        writers: Iterable[User],
        asked: Mapping[str, Iterable[User]],
    ) -> None:
        super().__init__(data)
        self.writers = {str(user.pk): user for user in writers}
        choices = [(pk, str(user)) for pk, user in self.writers.items()]
        for dimension in questionnaire.dimensions:
            self.fields[f"dimension-{dimension.code}"] = forms.MultipleChoiceField(
                label=in_language(dimension.title),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[str(user.pk) for user in asked.get(dimension.code, [])],
            )

    @property
    def dimensions(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name not in self.NO_DIMENSIONS]

    def asked(self) -> dict[str, list[User]]:
        # The users ticked, by dimension code.
        return {
            name.removeprefix("dimension-"): [self.writers[pk] for pk in ticked]
            for name, ticked in self.cleaned_data.items()
            if name not in self.NO_DIMENSIONS
        }


class PlaceForm(forms.Form):
    """What a page says of itself: its dimension, the question last touched, and whom it shows as being here."""

    dimension = forms.CharField()
    question = forms.CharField(required=False)
    shown = forms.CharField(required=False)

    def __init__(self, data: QueryDict, *, questionnaire: Questionnaire) -> None:
        super().__init__(data)
        self.questionnaire = questionnaire

    def clean(self) -> None:
        try:
            dimension = self.questionnaire.dimension(self.cleaned_data.get("dimension", ""))
        except KeyError:
            raise forms.ValidationError("unknown dimension") from None
        if self.cleaned_data.get("question") not in {"", *(question.code for question in dimension.questions)}:
            raise forms.ValidationError("unknown question")

    @property
    def place(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ["dimension", "question"]}

    @property
    def people_shown(self) -> list[int]:
        # The users that the page names, by pk, in its order.
        shown = self.cleaned_data["shown"].split()
        return [int(pk) for pk in shown if pk.isascii() and pk.isdecimal() and len(pk) <= len(str(LARGEST_KEY))]
