"""The one spelling of an e-mail address: plain ASCII in small letters, so that a mailbox has one account."""

import re
import unicodedata
from typing import Any

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import EmailField, Func, IntegerField
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 254  # RFC 5321
INVISIBLE = _("Remove the characters that cannot be seen.")
# Unicode's default ignorable code points that are no format characters: letters and marks that show nothing.
IGNORABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
QUOTED = re.compile(r'"([^"\\\s]+)"')  # "ada"@example.org is ada@example.org
DOTTED_I = "i\u0307"  # what the Turkish İ becomes in small letters


def canonical(address: str) -> str:
    """Raises ValidationError where there is no such mailbox, or something invisible in it."""
    address = address.strip()
    if len(address) > MOST_CHARACTERS:
        raise ValidationError(validate_email.message, code=validate_email.code)
    if IGNORABLE.search(address) or any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in address):
        raise ValidationError(INVISIBLE, code="unprintable")
    local, at, domain = unicodedata.normalize("NFKC", address).lower().rpartition("@")
    spelled = QUOTED.sub(r"\1", local.replace(DOTTED_I, "i")) + at + ascii_domain(domain)
    validate_email(spelled)
    if not spelled.isascii():
        raise ValidationError(validate_email.message, code=validate_email.code)
    return spelled


def ascii_domain(domain: str) -> str:
    # As the name servers know it (IDNA 2008, with the mapping that browsers use).
    if domain.isascii() and "xn--" not in domain:
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except UnicodeError:
        return ""  # refused with what isn't an address at all


class AddressField(EmailField):
    def clean(self, value: Any, model_instance: Any) -> Any:
        return super().clean(value and canonical(value), model_instance)


class Octets(Func):
    """How many bytes a text takes: as many as characters where it is plain ASCII."""

    function = "OCTET_LENGTH"
    output_field = IntegerField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="LENGTH(CAST(%(expressions)s AS BLOB))", **context)
