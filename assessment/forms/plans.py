"""What a plan is asked for: an effort to spend, or a level to reach."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.rules.words import in_language

MOST_EFFORT = 100_000


class GoalForm(forms.Form):
    """At most one of the two; neither: where half of the way is."""

    effort = forms.IntegerField(
        label=_("Effort you can spend"),
        help_text=_("Each step has an effort from 1 to 5; a plan’s is their sum."),
        min_value=0,
        max_value=MOST_EFFORT,
        required=False,
    )
    level = forms.TypedChoiceField(label=_("or a level to reach"), coerce=int, required=False, empty_value=None)

    def __init__(self, data, *, levels, now):
        super().__init__(data)
        ahead = [level for level in levels if level.number > (now or 0)]
        names = [(str(level.number), f"{level.number} {in_language(level.title)}") for level in ahead]
        self.fields["level"].choices = [("", "–"), *names]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("effort") is not None and cleaned.get("level") is not None:
            self.add_error("level", _("Choose an effort or a level, not both."))
        return cleaned
