"""A signed result checked without the site: no account, no database, no network."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.exchange.attachments import signed_file_in
from assessment.management.reading import read
from assessment.maturity.canonical import checksum
from assessment.maturity.definition import Questionnaire
from assessment.maturity.file.format import load
from assessment.maturity.file.problems import FormatError
from assessment.maturity.rechecking import recheck
from assessment.maturity.signed import SignedFileError, key_name, read_key_set, signer
from assessment.maturity.signed import read as read_signed
from assessment.rules.signing import known_keys


class Command(BaseCommand):
    help = "Check a signed result, or the one attached to a report: one line of JSON; status 1 where it does not hold."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a signed result (JSON) or a report (PDF)")
        parser.add_argument("questionnaire", type=Path, nargs="?", metavar="QUESTIONNAIRE.yaml")
        parser.add_argument("--keys", type=Path, help="public keys, as a site gives them; else our own")

    def handle(self, *, file: Path, questionnaire: Path | None, keys: Path | None, **options: Any) -> None:
        definition = read(questionnaire, load, self.stderr) if questionnaire else None
        if questionnaire and definition is None:
            sys.exit(1)
        said = self.said(file, definition, keys)
        self.stdout.write(json.dumps(said))
        if not said["genuine"] or said.get("differences"):
            sys.exit(1)

    def said(self, file: Path, definition: Questionnaire | None, keys: Path | None) -> dict[str, Any]:
        try:
            content = file.read_bytes()
            known = read_key_set(keys.read_text(encoding="utf-8")) if keys else known_keys()
        except (OSError, ValueError) as error:
            raise CommandError(f"A file can't be read: {error}", returncode=1) from None
        try:
            signed = signed_file_in(content) if content.startswith(b"%PDF") else content
            document = read_signed(signed)
            key = signer(signed, document, known)
        except SignedFileError as error:
            return {"genuine": False, "problem": error.code, **error.details}
        return {
            "genuine": True,
            "key": key_name(key),
            **{name: document[name] for name in ("id", "issuer", "company", "number", "submitted_at", "signed_at")},
            "differences": differences(document, definition),
        }


def differences(document: Mapping[str, Any], definition: Questionnaire | None) -> list[dict[str, Any]] | None:
    """Return None where there are no answers, or no questionnaire to score them with."""
    if definition is None or "answers" not in document:
        return None
    if document["result"].get("checksum") != checksum(definition):
        stated = document["result"].get("checksum")
        return [{"place": "result.checksum", "stated": stated, "computed": checksum(definition)}]
    try:
        found = recheck(document, definition)
    except FormatError as error:
        return [{"place": str(problem), "stated": None, "computed": None} for problem in error.problems]
    return [{"place": each.place, "stated": each.stated, "computed": each.computed} for each in found]
