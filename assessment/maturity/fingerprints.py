"""Fingerprints: "sha256:" and 64 hexadecimal digits, which say that something is still exactly what it was."""

import json
from hashlib import sha256
from typing import Any


def fingerprint_of_bytes(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def fingerprint_of(data: Any) -> str:
    """Return that of plain data in canonical JSON: keys sorted, no blanks, letters as they are."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return fingerprint_of_bytes(text.encode("utf-8", "surrogatepass"))
