"""One spelling of each address, and no credential that was set before its address was proved.

Two accounts of one mailbox: the proved one stays (the older of two), takes the other's memberships, and closes it.
"""

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import migrations
from django.db.models import Exists, OuterRef

from assessment.models.addresses import canonical


def spelled(address, instead):
    try:
        return canonical(address)
    except ValidationError:
        return instead


def spell_addresses(apps, schema_editor):
    User, EmailAddress = apps.get_model("assessment", "User"), apps.get_model("account", "EmailAddress")
    proved = Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))
    owners = {}
    for user in User.objects.annotate(proved=proved).order_by("-proved", "pk"):
        email = spelled(user.email, f"unreadable-{user.pk}@invalid.example")
        if email in owners:
            close(apps, user, owners[email])
            continue
        owners[email] = user
        if email != user.email:
            User.objects.filter(pk=user.pk).update(email=email)
    for address in EmailAddress.objects.order_by("-verified", "-primary", "pk"):
        email = spelled(address.email, "")
        if email == address.email:
            continue
        if not email or EmailAddress.objects.filter(email=email).exclude(pk=address.pk).exists():
            address.delete()
        else:
            EmailAddress.objects.filter(pk=address.pk).update(email=email)
    spell_invitations(apps.get_model("assessment", "Invitation"))


def close(apps, user, owner):
    Membership = apps.get_model("assessment", "Membership")
    theirs = Membership.objects.filter(user_id=owner.pk).values("company")
    Membership.objects.filter(user_id=user.pk).exclude(
        company__in=list(theirs.values_list("company", flat=True))
    ).update(user_id=owner.pk)
    apps.get_model("account", "EmailAddress").objects.filter(user_id=user.pk).delete()
    apps.get_model("assessment", "User").objects.filter(pk=user.pk).update(
        email=f"closed-{user.pk}@invalid.example", is_active=False
    )


def spell_invitations(Invitation):
    for invitation in Invitation.objects.order_by("-invited_at", "pk"):
        email = spelled(invitation.email, invitation.email)
        if email == invitation.email:
            continue
        waiting = invitation.accepted_at is None and invitation.withdrawn_at is None
        same = Invitation.objects.filter(
            company_id=invitation.company_id, email=email, accepted_at=None, withdrawn_at=None
        )
        if waiting and same.exists():
            Invitation.objects.filter(pk=invitation.pk).update(email=email, withdrawn_at=invitation.invited_at)
        else:
            Invitation.objects.filter(pk=invitation.pk).update(email=email)


def forget_unproved_credentials(apps, schema_editor):
    User, EmailAddress = apps.get_model("assessment", "User"), apps.get_model("account", "EmailAddress")
    proved = EmailAddress.objects.filter(verified=True).values("user")
    unproved = list(User.objects.exclude(pk__in=proved).values_list("pk", flat=True))
    for pk in unproved:
        User.objects.filter(pk=pk).update(password=make_password(None))
    apps.get_model("mfa", "Authenticator").objects.filter(user_id__in=unproved).delete()
    apps.get_model("socialaccount", "SocialAccount").objects.filter(user_id__in=unproved).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0012_groups_are_fixed"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.RunPython(spell_addresses, migrations.RunPython.noop),
        migrations.RunPython(forget_unproved_credentials, migrations.RunPython.noop),
    ]
