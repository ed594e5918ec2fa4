"""Profiles of people and companies."""

import json
from collections.abc import Collection
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.forms import Widget
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren as siren_number

from assessment.forms.activities import ActivitiesField, ActivitiesMixin, usual_everywhere
from assessment.forms.addresses import AddressField
from assessment.forms.names import AsksName, NameField, your_name
from assessment.models import Assessment, Company, Membership, User
from assessment.models.people import SIREN_TAKEN, validate_siren
from edits.constraints import ConstrainedForm
from edits.reading import ReadAtForm
from language.texts import Text


class SirenField(forms.CharField):
    """Typed as on paper, with spaces; kept as nine digits."""

    default_validators = [validate_siren]

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # no greatest length: the spaces would count

    def to_python(self, value: Any) -> str:
        return siren_number.compact(cast(str, super().to_python(value)))

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return {"inputmode": "numeric"}


def helper(submit: Text, css_class: str = "btn-primary") -> FormHelper:
    made = FormHelper()
    made.attrs = {"novalidate": True}  # the errors are ours: listed above the form, in the page's language
    made.add_input(Submit("save", submit, css_class=css_class))
    return made


class CompanyRecordForm(ActivitiesMixin, forms.ModelForm):
    """What a company is, as the administration edits it."""

    activities = ActivitiesField()
    told_at = {"company_siren_once": "siren"}  # rather than at the entity, the last field that it rests on

    class Meta:
        model = Company
        fields = ["name", "siren", "entity", "sub_sector", "size", "region", "activities", "fictional"]
        field_classes = {"name": NameField, "siren": SirenField, "entity": NameField}


class CompanyForm(ReadAtForm, ConstrainedForm, CompanyRecordForm):
    """What a company says of itself, with why it is asked and who sees it."""

    fields: dict[str, Any]

    class Meta(CompanyRecordForm.Meta):
        fields = ["name", "siren", "entity", "sub_sector", "size", "region", "activities"]
        labels = {"siren": _("SIREN (optional)"), "entity": _("Entity (optional)")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "organization"})}
        help_texts = {
            "name": _(
                "As on your invoices. Seen by your colleagues here and by the reviewers of the sector’s committee; "
                "never by another company."
            ),
            "siren": _(
                "Nine digits. Tells your company from another of the same name, so that each counts once. "
                "Seen by the same people as the name."
            ),
            "entity": _(
                "Only where several entities of one SIREN answer each for itself, such as two sites: "
                "which one is yours."
            ),
            "sub_sector": _("Your main one. Decides which questions concern you."),
            "size": _(
                "Headcount of the entity you assess: that of the SIREN, or the one you named. "
                "Decides which questions concern you."
            ),
            "region": _("Of your head office."),
        }

        # What is missing is named where it is missing
        error_messages = {
            "name": {"required": _("Give the name of the company.")},
            "sub_sector": {"required": _("Choose the company’s sub-sector.")},
            "size": {"required": _("Choose the company’s size.")},
            "region": {"required": _("Choose the region of the head office.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ["sub_sector", "size", "region"]:
            self.fields[name].choices = [("", _("Choose")), *self.fields[name].choices[1:]]
        self.fields["activities"].help_text = _(
            "What you do yourselves or answer for: questions about an activity that you do not have are left out. "
            "What is usual for your sub-sector and size is ticked first, for you to correct."
        )
        self.helper = helper(_("Create the company") if self.instance._state.adding else _("Save"))
        self.helper.attrs["data-usual"] = json.dumps(usual_everywhere())

    @property
    def siren_taken(self) -> bool:
        # Whether nothing but another company's SIREN keeps this one from being stored.
        return self.errors.keys() == {"siren"} and SIREN_TAKEN in self.errors["siren"]


class CompanyCreateForm(AsksName, CompanyForm):
    """A company by its first member, and how its first assessment begins; ``paths`` are none where none can begin."""

    NOT_NOW = "not_now"
    PATHS = [
        (Assessment.Path.EXPRESS.value, _("Express: ten to fifteen minutes, then a first result")),
        (Assessment.Path.FULL.value, _("Full: forty minutes to an hour, alone or with colleagues")),
        (NOT_NOW, _("Later: only create the company for now")),
    ]
    path = forms.ChoiceField(
        label=_("Which questions first?"),
        choices=PATHS,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Every answer is kept if you change over later."),
    )

    def __init__(self, *args: Any, paths: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not paths:
            del self.fields["path"]
            return
        self.fields["path"].choices = [choice for choice in self.PATHS if choice[0] in {*paths, self.NOT_NOW}]
        self.initial["path"] = self.fields["path"].choices[0][0]
        self.helper = helper(_("Create the company and go on"))
        self.helper.attrs["data-usual"] = json.dumps(usual_everywhere())

    @property
    def path_chosen(self) -> str | None:
        """None where no assessment begins with the company."""
        chosen = str(self.cleaned_data.get("path") or self.NOT_NOW)
        return None if chosen == self.NOT_NOW else chosen


class RoleForm(ReadAtForm, ConstrainedForm, forms.ModelForm):
    fields: dict[str, Any]

    helper = helper(_("Save"))

    class Meta:
        model = Membership
        fields = ["role"]
        widgets = {"role": forms.RadioSelect}
        help_texts = {
            "role": _(
                "A manager changes the company’s profile and members, and submits; "
                "a contributor answers; a reader reads."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, capfirst(role.label)) for role in Membership.Role]


class AccountForm(ReadAtForm, ConstrainedForm, forms.ModelForm):
    helper = helper(_("Save"))
    name = your_name()

    class Meta:
        model = User
        fields = ["name", "language", "reminders"]
        widgets = {"language": forms.RadioSelect}


class AccountDeleteForm(forms.Form):
    helper = helper(_("Delete my account for good"), css_class="btn-danger")
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Type it to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        if typed != self.user.email:
            raise forms.ValidationError(_("This is not the e-mail address of this account."), code="other_address")
        return typed
