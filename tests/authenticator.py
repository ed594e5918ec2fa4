"""An authenticator app as a telephone has it: RFC 6238, six digits, thirty seconds."""

import hmac
import secrets
import struct
import time
from base64 import b32decode, b32encode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt


def new_secret():
    return b32encode(secrets.token_bytes(20)).decode()


def enrol(user, secret=None):
    """Return the person's second factor, as the page that shows the QR code stores it."""
    data = {"secret": encrypt(secret or new_secret())}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)


def code_of(secret, *, steps=0):
    """The code that the app shows now, or so many steps of thirty seconds from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    [number] = struct.unpack_from(">I", digest, digest[-1] & 0x0F)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def give_recovery_codes(user):
    """Return the ten codes, as if they were brought along from another system."""
    codes = [f"1234567{digit}" for digit in range(10)]
    data = {"migrated_codes": [encrypt(code) for code in codes]}
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=data)
    return codes
