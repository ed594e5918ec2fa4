"""The keys that results are signed with, and those by which a signed one is known."""

from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from assessment.maturity.signed import private_key, public_key


def signing_key() -> Ed25519PrivateKey:
    return _signing_key(settings.SIGNING_KEY, settings.SECRET_KEY)


def known_keys() -> list[Ed25519PublicKey]:
    """Return the present one, then those of before."""
    return [signing_key().public_key(), *map(public_key, settings.SIGNING_KEYS_BEFORE)]


@cache
def _signing_key(text: str, secret: str) -> Ed25519PrivateKey:
    # Without one, which production refuses, whoever tries the software out signs with one of that place's own
    if text:
        return private_key(text)
    return Ed25519PrivateKey.from_private_bytes(sha256(b"results are signed with this:" + secret.encode()).digest())
