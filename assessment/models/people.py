"""People, companies, memberships."""

import unicodedata
import uuid
from typing import Any, Self, cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from stdnum.fr import siren as siren_number

from assessment.models.addresses import AddressField, Octets, canonical
from assessment.models.profile import Activity, Region, Size, SubSector
from language.expressions import Alphabetical
from language.texts import Text

models.CharField.register_lookup(Length)


class UserQuerySet(models.QuerySet["User"]):
    def with_address(self, address: str) -> Self:
        # The account of a mailbox, however it is spelled; none where the text is no address.
        try:
            return self.filter(email=canonical(address))
        except ValidationError:
            return self.none()

    def unproved(self) -> Self:
        # Accounts whose address nobody has shown to be theirs yet.
        return self.exclude(emailaddress__verified=True)

    def abandoned(self) -> Self:
        # Unproved accounts that nobody was given anything by: what a sign-up that was not confirmed leaves.
        return self.unproved().filter(last_login=None, is_staff=False, is_superuser=False, memberships=None)


UserManagerBase = BaseUserManager.from_queryset(UserQuerySet)


class UserManager(UserManagerBase["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=canonical(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.with_address(cast(str, email)).get()


class User(AbstractBaseUser, PermissionsMixin):
    email = AddressField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(
        _("first and last name"), max_length=150, blank=True, help_text=_("As your colleagues will see it.")
    )
    # Somebody of the same company bears the same name: both are then shown with their addresses.
    has_namesake = models.BooleanField(default=False, editable=False)
    language = models.CharField(
        _("language of e-mails"),
        max_length=2,
        choices=[("", _("French, then English")), *settings.LANGUAGES],
        blank=True,
        default="",
    )
    reminders = models.BooleanField(
        _("Remind me once of an assessment left for a week, and once after a year"), default=True, db_default=True
    )
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May sign in to the administration."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick this to close an account without deleting what it did.")
    )
    date_joined = models.DateTimeField(_("joined on"), default=timezone.now)
    # Devices on which the person signed in before count as unknown.
    devices_since = models.DateTimeField(_("devices known since"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email", "pk"]
        constraints = [
            # One person, one account, however the address is capitalised.
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("An account with this e-mail address exists already."),
            ),
            # Kept in one spelling, ASCII in small letters: what ``addresses.canonical`` gives.
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & Q(email__length=Octets("email")),
                name="user_email_canonical",
                violation_error_message=_("Enter a valid email address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_and_address if self.has_namesake else self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and unicodedata.normalize("NFC", raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        # An accent may be typed as one character or as two: as one first, then as it came.
        spellings = dict.fromkeys([unicodedata.normalize("NFC", cast(str, raw_password)), raw_password])
        return any(super(User, self).check_password(spelling) for spelling in spellings)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.name or self.email

    @property
    def name_and_address(self) -> str:
        # For whoever can't know yet who bears this name: nobody has proved it.
        return f"{self.name} ({self.email})" if self.name else self.email

    @property
    def browser_id(self) -> str:
        # What the person is called in the browser's own storage: it tells nothing of them, and can't be guessed.
        return salted_hmac("unsent answers", str(self.pk), algorithm="sha256").hexdigest()


Visitor = User | AnonymousUser  # whoever sent a request


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, user: Visitor) -> Self:
        # Companies the user is a member of; staff have no other door here than the admin's own permissions.
        return self.filter(memberships__user_id=user.pk) if user.is_authenticated else self.none()

    def answerable_by(self, user: User) -> Self:
        return self.filter(memberships__user_id=user.pk, memberships__role__in=Membership.WRITERS)

    def managed_by(self, user: User) -> Self:
        return self.filter(memberships__user_id=user.pk, memberships__role=Membership.Role.MANAGER)


SIREN_TAKEN = _(
    "A company with this SIREN is here already, so that each counts once. Ask its managers to let you in; or, if yours "
    "is an entity of it that answers for itself, name the entity."
)


def validate_siren(value: str) -> None:
    if not siren_number.is_valid(value) or not value.strip("0"):  # nothing but zeros checks itself
        raise ValidationError(
            _("“%(value)s” is not a valid SIREN: nine digits, the last one checks the others."),
            code="siren",
            params={"value": value},
        )


class Company(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    siren = models.CharField(
        _("SIREN"), max_length=9, blank=True, validators=[validate_siren], help_text=_("Nine digits. Optional.")
    )
    entity = models.CharField(
        _("entity"),
        max_length=200,
        blank=True,
        help_text=_("Where several entities of one SIREN answer each for itself: which one this is."),
    )
    sub_sector = models.CharField(_("sub-sector"), max_length=20, choices=SubSector.choices)
    size = models.CharField(_("size"), max_length=20, choices=Size.choices)
    region = models.CharField(_("region"), max_length=6, choices=Region.choices)
    activities = models.JSONField(_("activities"), default=list, blank=True)
    fictional = models.BooleanField(
        _("fictional"), default=False, help_text=_("Made for the demonstration; never counted with real companies.")
    )
    created_at = models.DateTimeField(_("created on"), default=timezone.now, editable=False)
    members = models.ManyToManyField(User, through="Membership", related_name="companies")

    objects = CompanyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = [Alphabetical("name"), "pk"]
        constraints = [
            # A company can be told from another by a reader.
            models.CheckConstraint(
                condition=~Q(name=""),
                name="company_name_given",
                violation_error_message=_("Give the company’s name."),
            ),
            models.CheckConstraint(
                condition=Q(siren="") | Q(siren__length=9),
                name="company_siren_nine_digits",
                violation_error_message=_("A SIREN has nine digits."),
            ),
            # Each company counts once; an entity that answers for itself says which one it is.
            models.UniqueConstraint(
                "siren",
                Lower("entity"),
                condition=~Q(siren=""),
                name="company_siren_once",
                violation_error_message=SIREN_TAKEN,
            ),
            models.CheckConstraint(
                condition=Q(entity="") | ~Q(siren=""),
                name="company_entity_of_a_siren",
                violation_error_message=_("Give the SIREN that this is an entity of."),
            ),
            # Conditions of the questionnaire and the benchmark's cells rest on these three.
            models.CheckConstraint(condition=Q(sub_sector__in=SubSector.values), name="company_sub_sector_known"),
            models.CheckConstraint(condition=Q(size__in=Size.values), name="company_size_known"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="company_region_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.entity}" if self.entity else self.name

    def clean(self) -> None:
        unknown = set(self.activities or []) - set(Activity.values)
        if unknown:
            raise ValidationError({"activities": _("Unknown activity: %s.") % ", ".join(sorted(unknown))})

    @property
    def activity_labels(self) -> list[Text]:
        return [Activity(code).label for code in Activity.values if code in self.activities]


class Membership(models.Model):
    class Role(models.TextChoices):
        MANAGER = "manager", _("manager")
        CONTRIBUTOR = "contributor", _("contributor")
        READER = "reader", _("reader")

    WRITERS = frozenset([Role.MANAGER, Role.CONTRIBUTOR])

    company = models.ForeignKey(
        Company, models.CASCADE, related_name="memberships", db_index=False, verbose_name=_("company")
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    joined_at = models.DateTimeField(_("joined on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["company", "pk"]
        constraints = [
            # One role a person in a company.
            models.UniqueConstraint(
                fields=["company", "user"],
                name="membership_once_per_company",
                violation_error_message=_("This person is a member of the company already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["manager", "contributor", "reader"]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.company}"


class Erasure(models.Model):
    """A company's withdrawal: what lets the database triggers delete its otherwise append-only results."""

    company_id = models.UUIDField(_("company identifier"))
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "pk"]
        constraints = [models.UniqueConstraint(fields=["company_id"], name="erasure_once_per_company")]

    def __str__(self) -> str:
        return str(self.company_id)
