"""A link by which others read one result: for whom, how long, and what it shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms.people import helper
from assessment.models import ResultLink


class ResultLinkForm(forms.ModelForm):
    helper = helper(_("Make the link"))
    days = forms.TypedChoiceField(
        label=_("How long does it open?"),
        choices=[(7, _("A week")), (30, _("A month")), (90, _("Three months"))],
        initial=30,
        coerce=int,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ResultLink
        fields = ["whom", "days", "with_answers"]
        labels = {"whom": _("For whom?"), "with_answers": _("Show the answers and their points, too")}
        help_texts = {
            "whom": _("“The board”, “Bank X”: you will see here how often it was opened."),
            "with_answers": _("Otherwise the level and the scores alone. Comments and evidence are never shown."),
        }
        error_messages = {"whom": {"required": _("Say for whom the link is, so that you know it again.")}}
