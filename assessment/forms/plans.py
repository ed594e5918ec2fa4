"""What a plan is asked for, and what is typed of its actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.forms.people import helper
from assessment.maturity.definition import Dimension, Level
from assessment.models import Action, Reminding, User
from assessment.rules.words import in_language
from edits.constraints import ConstrainedForm
from edits.reading import READ_AT, ReadAtForm

MOST_EFFORT = 100_000


class GoalForm(forms.Form):
    """An effort, a level, or the effort that a deadline leaves; at most one. None: where half of the way is."""

    fields: dict[str, Any]

    effort = forms.IntegerField(
        label=_("Effort you can spend"),
        help_text=_("Each step has an effort from 1 to 5; a plan’s is their sum."),
        min_value=0,
        max_value=MOST_EFFORT,
        required=False,
    )
    level = forms.TypedChoiceField(label=_("Level to reach"), coerce=int, required=False, empty_value=None)
    months = forms.IntegerField(label=_("Months until then"), min_value=1, max_value=120, required=False)
    monthly = forms.IntegerField(label=_("Effort a month"), min_value=0, max_value=1_000, required=False)

    def __init__(self, data: QueryDict | None, *, levels: Iterable[Level], now: int | None) -> None:
        super().__init__(data)
        ahead = [level for level in levels if level.number > (now or 0)]
        names = [(str(level.number), f"{level.number} {in_language(level.title)}") for level in ahead]
        self.fields["level"].choices = [("", "–"), *names]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        typed = {name for name in self.fields if self.data.get(name, "").strip()}
        for alone, missing in [("months", "monthly"), ("monthly", "months")]:
            if typed == {alone}:
                self.add_error(missing, _("A deadline takes both: how many months, and how much effort each."))
        if len(typed - {"monthly"}) > 1 or typed in ({"effort", "monthly"}, {"level", "monthly"}):
            self.add_error(None, _("Choose one of the three: an effort, a level or a deadline."))
        return cleaned

    @property
    def deadline(self) -> tuple[int, int] | None:
        """Months and effort a month; their product is the effort to spend."""
        months, monthly = self.cleaned_data.get("months"), self.cleaned_data.get("monthly")
        return None if months is None or monthly is None else (months, monthly)

    @property
    def most(self) -> int | None:
        """The effort to spend; None where none is given."""
        return self.deadline[0] * self.deadline[1] if self.deadline else self.cleaned_data.get("effort")


class TargetsForm(ReadAtForm, forms.Form):
    """A score to aim at in each dimension; empty: what is proposed."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        dimensions: Iterable[Dimension],
        own: Mapping[str, int],
        proposed: Mapping[str, int],
    ) -> None:
        super().__init__(data, initial={f"target_{code}": score for code, score in own.items()})
        for dimension in dimensions:
            score = proposed.get(dimension.code)
            self.fields[f"target_{dimension.code}"] = forms.IntegerField(
                label=in_language(dimension.title),
                help_text="" if score is None else _("Proposed: %(score)s") % {"score": score},
                min_value=0,
                max_value=100,
                required=False,
            )

    def scores(self) -> dict[str, int | None]:
        typed = {name: score for name, score in self.cleaned_data.items() if name != READ_AT}
        return {name.removeprefix("target_"): score for name, score in typed.items()}


class ActionForm(ReadAtForm, ConstrainedForm, forms.ModelForm):
    """One action of the plan, by those who may answer."""

    class Meta:
        model = Action
        fields = ["title", "owner", "owner_name", "due", "status", "reason", "note"]
        widgets = {
            "due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(memberships__company=self.instance.company_id).order_by("name", "email", "pk")
        owner: Any = self.fields["owner"]
        owner.queryset, owner.empty_label = members, _("nobody")
        self.helper = helper(_("Save"))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        done = self.cleaned_data.get("status") == Action.Status.DONE
        self.instance.done_at = (self.instance.done_at or timezone.now()) if done else None
        return cleaned


class RemindingForm(forms.ModelForm):
    class Meta:
        model = Reminding
        fields = ["reminders", "digest"]


class ActionFilterForm(forms.Form):
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("open and done")), ("live", _("open")), ("dropped", pgettext_lazy("actions", "dropped"))],
    )

    def __init__(self, data: QueryDict | None, *, actions: list[Action]) -> None:
        super().__init__(data)
        owners = {str(action.owner_id): str(action.owner) for action in actions if action.owner_id}
        names = {action.owner_name: action.owner_name for action in actions if action.owner_name}
        everybody = sorted((owners | names).items(), key=lambda pair: pair[1].casefold())
        fields: dict[str, Any] = self.fields
        fields["dimension"].choices = [("", _("all")), *((c, c) for c in sorted({a.dimension for a in actions}))]
        fields["owner"].choices = [("", _("everybody")), ("-", _("nobody")), *everybody]

    def keep(self, action: Action) -> bool:
        chosen = self.cleaned_data if self.is_valid() else {}
        owner = str(action.owner_id or action.owner_name or "-")
        return (
            chosen.get("dimension") in (None, "", action.dimension)
            and chosen.get("owner") in (None, "", owner)
            and self._in_state(action, chosen.get("state", ""))
        )

    def _in_state(self, action: Action, state: str) -> bool:
        if state == "live":
            return action.is_live
        return (action.status == Action.Status.DROPPED) == (state == "dropped")
