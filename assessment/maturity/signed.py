"""The signed file of a result: written in canonical JSON, read back strictly, its signature checked.

What it holds and how anybody checks it: docs/signed-results.md.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = 1
KIND = "digital-maturity-result"
MOST_BYTES = 1_000_000
MOST_DEPTH = 20
KEYS = {"format", "kind", "issuer", "id", "company", "fictional", "number", "submitted_at", "signed_at", "result"}
OF_THE_WHOLE = {"profile", "answers"}
SIGNATURE = "signature"


class SignedFileError(ValueError):
    """What is wrong with a file; ``code`` is stable, ``details`` say where."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


# --- Keys -------------------------------------------------------------------------------------------------------------


def private_key(text: str) -> Ed25519PrivateKey:
    """Read 32 bytes in base64url; ValueError where it is anything else."""
    return Ed25519PrivateKey.from_private_bytes(_bytes(text))


def is_private_key(text: str) -> bool:
    try:
        private_key(text)
    except ValueError:
        return False
    return True


def public_key(text: str) -> Ed25519PublicKey:
    """Read 32 bytes in base64url; ValueError where it is anything else."""
    return Ed25519PublicKey.from_public_bytes(_bytes(text))


def key_text(key: Ed25519PublicKey | Ed25519PrivateKey) -> str:
    raw = key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else key.private_bytes_raw()
    return _base64(raw)


def key_set(keys: Iterable[Ed25519PublicKey]) -> dict[str, list[dict[str, str]]]:
    """Return a JSON Web Key Set (RFC 7517, RFC 8037); each key's name is its thumbprint (RFC 7638)."""
    return {"keys": [{**_jwk(key), "alg": "EdDSA", "kid": key_name(key), "use": "sig"} for key in keys]}


def read_key_set(text: str) -> list[Ed25519PublicKey]:
    """Read a JSON Web Key Set; ValueError where it is none."""
    try:
        return [public_key(key["x"]) for key in json.loads(text)["keys"] if key["crv"] == "Ed25519"]
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no JSON Web Key Set") from error


def key_name(key: Ed25519PublicKey) -> str:
    return _base64(sha256(rfc8785.dumps(_jwk(key))).digest())


def _jwk(key: Ed25519PublicKey) -> dict[str, Any]:
    return {"crv": "Ed25519", "kty": "OKP", "x": key_text(key)}


# --- Signing ----------------------------------------------------------------------------------------------------------


def sign(statement: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return the file: the statement with its signature, in canonical JSON (RFC 8785).

    The signature is a JWS (RFC 7515) whose middle part, the statement itself, is left out (appendix F).
    """
    header = _header(key_name(key.public_key()))
    signature = key.sign(_signed_bytes(header, statement))
    return rfc8785.dumps({**statement, SIGNATURE: f"{header}..{_base64(signature)}"})


def _header(name: str) -> str:
    return _base64(rfc8785.dumps({"alg": "EdDSA", "kid": name}))


def _signed_bytes(header: str, statement: Mapping[str, Any]) -> bytes:
    return f"{header}.{_base64(rfc8785.dumps(dict(statement)))}".encode()


# --- Reading ----------------------------------------------------------------------------------------------------------


def read(content: bytes) -> dict[str, Any]:
    """Return what the file says, signature and all, genuine or not. SignedFileError where it is no such file."""
    if len(content) > MOST_BYTES:
        raise SignedFileError("too_large", most=MOST_BYTES)
    try:
        document = json.loads(content.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
        _check_kind(document)
    except UnicodeDecodeError as error:
        raise SignedFileError("not_utf8", place=error.start + 1) from None
    except json.JSONDecodeError as error:
        raise SignedFileError("not_json", place=len(error.doc[: error.pos].encode()) + 1) from None
    except (RecursionError, ValueError) as error:
        raise error if isinstance(error, SignedFileError) else SignedFileError("not_json", place=1) from None
    return document  # type: ignore[no-any-return]  # an object, as was just checked


def _check_kind(document: Any) -> None:
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise SignedFileError("not_ours")
    if document.get("format") != FORMAT or isinstance(document["format"], bool):
        raise SignedFileError("another_format", format=str(document.get("format"))[:40])
    if SIGNATURE not in document:
        raise SignedFileError("not_signed")
    if _depth(document) > MOST_DEPTH:
        raise SignedFileError("not_json", place=1)
    wanted = KEYS | {SIGNATURE} | (OF_THE_WHOLE if OF_THE_WHOLE & set(document) else set())
    for key in sorted(wanted ^ set(document)):
        raise SignedFileError("missing_key" if key in wanted else "strange_key", key=key[:80])
    if not isinstance(document["result"], dict) or not isinstance(document["company"], dict):
        raise SignedFileError("not_ours")


def _depth(value: Any) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, parts), default=0)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        [(key, _count)] = Counter(key for key, _ in pairs).most_common(1)
        raise SignedFileError("given_twice", key=key[:80])
    return document


def _constant(name: str) -> None:
    raise SignedFileError("not_json", place=1)


# --- Checking ---------------------------------------------------------------------------------------------------------


def signer(content: bytes, document: Mapping[str, Any], keys: Iterable[Ed25519PublicKey]) -> Ed25519PublicKey:
    """Return the key that signed exactly these bytes; SignedFileError says why none did.

    ``document`` is what ``read`` made of them.
    """
    statement = {key: value for key, value in document.items() if key != SIGNATURE}
    header, signature = _parts(document[SIGNATURE])
    known = {_header(key_name(key)): key for key in keys}
    if header not in known:
        raise SignedFileError("unknown_key")
    try:
        known[header].verify(signature, _signed_bytes(header, statement))
        canonical = rfc8785.dumps(dict(document))
    except (InvalidSignature, rfc8785.CanonicalizationError, UnicodeEncodeError):
        raise SignedFileError("altered") from None
    if canonical != content:
        raise SignedFileError("laid_out_anew")
    return known[header]


def _parts(signature: Any) -> tuple[str, bytes]:
    if not isinstance(signature, str) or signature.count(".") != 2:
        raise SignedFileError("no_signature")
    header, nothing, text = signature.split(".")
    try:
        raw = _bytes(text)
    except ValueError:
        raise SignedFileError("no_signature") from None
    if nothing or len(raw) != 64:
        raise SignedFileError("no_signature")
    return header, raw


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    # Exactly one text for the same bytes: what a lenient reader would pass over is an alteration.
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("no base64url") from error
    if _base64(raw) != text:
        raise ValueError("no base64url")
    return raw
