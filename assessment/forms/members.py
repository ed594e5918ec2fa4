"""A company's members, as administrators change them: with a reason, which its managers read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.forms.names import NameField
from assessment.forms.people import CompanyRecordForm
from assessment.models import Membership, StaffAccess

MEMBER_REASON = "member_reason"


class CompanyAdministrationForm(CompanyRecordForm):
    member_reason = NameField(
        label=_("Why members are changed"),
        required=False,
        max_length=StaffAccess._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "Needed to add, change or remove a member below. The company’s managers get it by e-mail, with what you "
            "changed; it stays on the page where the company sees what staff read."
        ),
    )


class MemberFormSet(forms.BaseInlineFormSet):
    """Formset and form are posted together, so that a reason missing in the one refuses the other."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        self.check_manager()
        if any("user" in form.changed_data for form in self.initial_forms if form not in self.deleted_forms):
            raise ValidationError(
                _("To put one person in another’s place, remove the one and add the other."), code="replaced"
            )
        if self.has_changed() and not self.data.get(MEMBER_REASON, "").strip():
            raise ValidationError(
                _("Say above why members are changed: the company’s managers are told."), code="no_reason"
            )

    def check_manager(self) -> None:
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and form not in self.deleted_forms]
        if kept and not any(member.get("role") == Membership.Role.MANAGER for member in kept):
            raise ValidationError(_("A company that has members has a manager among them."), code="no_manager")
