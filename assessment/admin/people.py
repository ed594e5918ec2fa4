"""People and companies, as administrators keep them and reviewers see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessment.actions import people as actions
from assessment.actions.administrators import another_remains, would_give_rights
from assessment.actions.forgetting import FORMER_STAFF
from assessment.actions.members import change_members
from assessment.actions.names import tell_apart
from assessment.actions.secondfactors import remove_second_factors
from assessment.admin.recorded import RecordsReadings
from assessment.admin.structures import labels
from assessment.forms.addresses import AddressField
from assessment.forms.members import MEMBER_REASON, CompanyAdministrationForm, MemberFormSet
from assessment.forms.names import PersonNameField
from assessment.forms.secondfactors import FACTOR_REASON, SecondFactorFormSet, reason_field
from assessment.models import Activity, Company, Invitation, Membership, StaffAccess, User
from assessment.rules.requests import signed_in
from staff.options import ClosedHistoryAdmin, ClosedStackedInline, ClosedTabularInline
from staff.worded import Worded

# Keys and secrets of people's accounts: their own business, seen on the person's page as far as needed.
for model in [Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession]:
    admin.site.unregister(model)


class MemberInline(ClosedStackedInline):
    model = Membership
    formset = MemberFormSet
    autocomplete_fields = ["user"]
    readonly_fields = ["joined_at"]
    fields = [("user", "role", "joined_at")]
    extra = 0


class ReadOnlyInline(ClosedTabularInline):
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class InvitationInline(ReadOnlyInline):
    model = Invitation
    readonly_fields: ClassVar[Any] = [
        "email",
        "role",
        "invited_by",
        "invited_at",
        "expires_at",
        "accepted_by",
        "accepted_at",
        "withdrawn_at",
    ]
    fields = readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("company", "invited_by", "accepted_by")


def written_by(formset: Any) -> list[Any]:
    """In the order in which the admin logs them."""
    return [*formset.new_objects, *(changed for changed, _fields in formset.changed_objects), *formset.deleted_objects]


@admin.register(Company)
class CompanyAdmin(Worded, RecordsReadings, ClosedHistoryAdmin):
    opened = StaffAccess.Kind.COMPANY
    form = CompanyAdministrationForm
    inlines = [MemberInline, InvitationInline]
    list_display = ["name", "siren", "sub_sector", "size", "region", "fictional", "member_count", "created_at"]
    list_filter = ["sub_sector", "size", "region", "fictional", "created_at"]
    search_fields = ["name", "siren"]
    readonly_fields = ["created_at"]
    list_per_page = 100
    show_full_result_count = False
    actions = None  # no erasing by the dozen
    worded = {"activities": "activities_in_words"}
    in_words = {"activities": lambda codes: labels(Activity, codes or [])}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # A subquery, for it costs the list's count nothing; a join would group every company to count them.
        members = Membership.objects.filter(company=OuterRef("pk")).order_by().values("company")
        count = Coalesce(Subquery(members.annotate(count=Count("pk")).values("count")), 0)
        return super().get_queryset(request).annotate(member_count=count)

    @admin.display(description=_("activities"))
    def activities_in_words(self, company: Company) -> str:
        return labels(Activity, company.activities)

    def companies_of(self, row: Company) -> list[UUID]:
        return [row.pk]

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **options: Any
    ) -> HttpResponse:
        self.record(request, context)
        return super().render_history_view(request, template, context, **options)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks changes no members, and has no reason to give."""
        fields = super().get_fields(request, obj)
        writes = self.has_change_permission(request, obj)
        return [name for name in fields if writes or name != MEMBER_REASON]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Members are changed by an action of their own: on record, and told to the company's managers."""
        if formset.model is not Membership:
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)  # which sorts them
        changed = [membership for membership, _names in formset.changed_objects]
        if formset.new_objects or changed or formset.deleted_objects:
            change_members(
                company=form.instance,
                by=signed_in(request).user,
                reason=form.cleaned_data[MEMBER_REASON],
                new=formset.new_objects,
                changed=changed,
                gone=formset.deleted_objects,
            )
        return None

    @admin.display(description=_("members"), ordering="member_count")
    def member_count(self, company: Any) -> int:
        return company.member_count

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Say what erasing takes along. Assessments and results are protected from any other way of deleting."""
        told = []
        for company in objs:
            assessments, results = company.assessments.count(), company.results.count()
            told.append(str(company))
            told.append(ngettext("%(n)d assessment", "%(n)d assessments", assessments) % {"n": assessments})
            told.append(ngettext("%(n)d result", "%(n)d results", results) % {"n": results})
        return told, {str(Company._meta.verbose_name_plural): len(objs)}, set(), []

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Members by the number of their account: the log outlives their names."""
        message: Any = super().construct_change_message(request, form, formsets, add)
        members = [member for formset in formsets or [] for member in written_by(formset)]
        parts = [part for entry in message for part in entry.values() if "object" in part]
        for part, member in zip(parts, members, strict=True):
            part["object"] = str(member.user_id)
        return message

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.erase_company(company=obj, reason=f"by administrator {request.user.pk}")


class CompanyInline(ReadOnlyInline):
    model = Membership
    readonly_fields: ClassVar[Any] = ["company", "role", "joined_at"]
    fields = readonly_fields
    verbose_name, verbose_name_plural = _("company"), _("companies")


class SecondFactorInline(ReadOnlyInline):
    """What a person signs in with; an administrator takes it away when a telephone is lost."""

    model = Authenticator
    formset = SecondFactorFormSet
    readonly_fields: ClassVar[Any] = ["type", "made_on", "used_on"]
    fields = readonly_fields
    verbose_name, verbose_name_plural = _("second factor"), _("second factors")
    can_delete = True

    @admin.display(description=_("created on"))
    def made_on(self, key: Any) -> datetime:
        return key.created_at

    @admin.display(description=_("last used on"))
    def used_on(self, key: Any) -> datetime | None:
        return key.last_used_at

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("assessment.change_user")


ROLE_FIELDS = {"is_active", "is_staff", "is_superuser", "groups"}


class UserForm(forms.ModelForm):
    factor_reason = reason_field()

    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_staff", "groups", "is_superuser"]
        field_classes = {"name": PersonNameField, "email": AddressField}
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def clean(self) -> None:
        if self.cleaned_data.get("groups") and not self.cleaned_data.get("is_staff"):
            self.add_error("is_staff", _("Only staff can be in a group: tick this, or leave the groups."))
        if not self.errors and self.leaves_nobody():
            raise ValidationError(
                _("Somebody must be left who gives people their rights: make another administrator first.")
            )

    def leaves_nobody(self) -> bool:
        """Whether this takes the right to give rights from the last who has it."""
        if self.instance._state.adding or not ROLE_FIELDS & set(self.changed_data):
            return False
        after = {name: self.cleaned_data.get(name, getattr(self.instance, name)) for name in ROLE_FIELDS}
        return not would_give_rights(**after) and not another_remains(self.instance)


@admin.register(User)
class UserAdmin(RecordsReadings):
    """Nobody's password passes here: a new person signs in by a code sent to the address."""

    opened = StaffAccess.Kind.PERSON
    form = UserForm
    inlines = [CompanyInline, SecondFactorInline]
    list_display = ["email", "name", "is_active", "is_staff", "group_names", "second_factor", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email", "name"]
    readonly_fields = ["address_confirmed", "last_login", "date_joined"]
    fields = ["email", "name", "is_active", "is_staff", "groups", "is_superuser", *readonly_fields]
    list_per_page = 100
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        keys = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset(request).prefetch_related("groups").annotate(second_factor=Exists(keys))

    def companies_of(self, row: User) -> Iterable[UUID]:
        return row.memberships.values_list("company", flat=True)

    @admin.display(description=_("groups"))
    def group_names(self, user: User) -> str:
        return ", ".join(str(group) for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True, ordering="second_factor")
    def second_factor(self, user: Any) -> bool:
        return user.second_factor

    @admin.display(description=_("e-mail address confirmed"), boolean=True)
    def address_confirmed(self, user: Any) -> bool:
        return user.emailaddress_set.filter(verified=True).exists()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only looks, or makes an account, removes no second factor."""
        removes = obj is not None and self.has_change_permission(request, obj)
        return [*self.fields, FACTOR_REASON] if removes else self.fields

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Authenticator:
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)  # which sorts them; nothing but to remove is offered
        if formset.deleted_objects:
            reason, gone = form.cleaned_data[FACTOR_REASON], formset.deleted_objects
            remove_second_factors(user=form.instance, by=signed_in(request).user, reason=reason, gone=gone)
        return None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address is changed by the person, who proves it by a code; only a superuser makes another.

        Nobody changes their own rights: one gives oneself nothing, and one doesn't lock oneself out.
        """
        return [
            *self.readonly_fields,
            *(["email"] if obj else []),
            *([] if request.user.is_superuser else ["is_superuser"]),
            *(sorted(ROLE_FIELDS) if obj == request.user else []),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account of all former staff is nobody's to change."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        is_former = obj is not None and obj.email == FORMER_STAFF
        return super().has_change_permission(request, obj) and not above and not is_former

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not staff, whose acts are on record, nor the only manager of others: see the account's own page."""
        return super().has_delete_permission(request, obj) and (obj is None or actions.may_leave(obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return tell_apart(obj) if "name" in form.changed_data else None
        obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        EmailAddress.objects.create(user=obj, email=obj.email, primary=True)
        messages.info(request, _("They sign in with “Receive a code by e-mail”; that also confirms the address."))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and ROLE_FIELDS & set(form.changed_data):
            actions.end_sessions(user=form.instance, by=signed_in(request).user)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        told = []
        for user in objs:
            alone = actions.companies_left_by(user).filter(others=0)
            told += [str(user), *(_("the company %s, whose only member this is") % company for company in alone)]
        return told, {str(User._meta.verbose_name_plural): len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete_account(user=obj)
