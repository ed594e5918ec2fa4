"""Search of use cases, and what a company says of one."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms import Field as FormField
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment.forms.usecases import WordsField
from assessment.models import Bookmark, Company, User
from assessment.rules.search import LONGEST
from assessment.rules.usecases import FACETS
from edits.reading import ReadAtForm
from language.leftout import pairs_left_out

SORTS = {"front": _("Front row first"), "newest": _("Newest first"), "read": _("Most read first")}


class SearchForm(forms.Form):
    """Whatever an address may hold: a value that isn't one is left out and said, never an error."""

    q = forms.CharField(required=False, max_length=LONGEST, label=_("Search"))
    sort = forms.ChoiceField(required=False, choices=SORTS.items(), label=_("Order"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in FACETS:
            self.fields[kind] = forms.RegexField(r"^[\w.-]{1,60}$", required=False)

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def left_out(self) -> list[str]:
        """Return what the address holds that nothing is narrowed or ordered by, as it stands there."""
        unread = [f"{name}={value}" for name in self.fields for value in cast(QueryDict, self.data).getlist(name)[:-1]]
        wrong = [f"{name}={cast(QueryDict, self.data)[name]}" for name in self.errors]
        return [*pairs_left_out(cast(QueryDict, self.data), {*self.fields, "page"}), *unread, *wrong]


class OfCompanyForm(forms.Form):
    fields: dict[str, Any]

    company = forms.ModelChoiceField(Company.objects.none(), label=_("For"), empty_label=None)

    def __init__(self, *args: Any, user: User, exclude: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Company.objects.answerable_by(user).exclude(pk=cast(UUID, exclude))  # None excludes nobody
        self.companies = list(mine)
        self.fields["company"].queryset = mine
        if len(self.companies) == 1:
            self.fields["company"].widget = forms.HiddenInput()
            self.initial["company"] = self.companies[0].pk


class KeepForm(ReadAtForm, OfCompanyForm):
    """Shown empty: what the company noted of the case before is found once one knows which company it is."""

    doing_since = forms.DateField(
        label=_("We are doing this, since"),
        required=False,
        help_text=_("Leave empty to keep the case for later."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = WordsField(
        label=_("Note (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Seen by your colleagues only."),
    )

    def __init__(self, *args: Any, use_case: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_case = use_case

    def compared(self) -> Iterator[tuple[str, FormField]]:
        return ((name, field) for name, field in super().compared() if name != "company")

    def state(self) -> str:
        return super().state() if self.is_bound else ""

    def stored_value(self, field: FormField, name: str) -> Any:
        return getattr(self.bookmark, name, None)

    @cached_property
    def bookmark(self) -> Bookmark | None:
        """Of the company that is asked for; None where it keeps nothing yet."""
        company = next((mine for mine in self.companies if str(mine.pk) == self.data.get("company")), None)
        return Bookmark.objects.filter(company=company, use_case=self.use_case).first() if company else None

    def clean_doing_since(self) -> date | None:
        since = self.cleaned_data["doing_since"]
        if since and not (since.year >= 2000 and since <= timezone.localdate()):
            raise forms.ValidationError(_("Give a past date, or today’s."), code="date")
        return since


class ContactForm(OfCompanyForm):
    message = WordsField(
        label=_("What you want to do, and what you would like to ask"),
        error_messages={"required": _("Say what you want to do, or what you would like to ask.")},
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Read by the sector’s committee, then by the company, with the name of yours."),
    )
