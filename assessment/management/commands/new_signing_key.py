"""A new key to sign results with, and the public part that outlives it."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management.base import BaseCommand

from assessment.maturity.signed import key_text


class Command(BaseCommand):
    help = "Print a new SIGNING_KEY, and what to add to SIGNING_KEYS_BEFORE once another takes its place."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        key = Ed25519PrivateKey.generate()
        self.stdout.write(f"SIGNING_KEY={key_text(key)}")
        self.stdout.write(f"# When another takes its place, add to SIGNING_KEYS_BEFORE: {key_text(key.public_key())}")
