import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import Q, QuerySet

from assessment.actions.access import record_export, results_of, sealed
from assessment.exchange.formats import Format, explained, scores
from assessment.exchange.scores import ScoreTable
from assessment.models import Campaign, Result, Version
from assessment.models.access import listed


class Command(BaseCommand):
    help = "Write the table of scores on standard output, one row a result: company, profile, version, dates, scores."

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        # Django's own --version, which tells Django's, gives way.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=Format.values, default=Format.CSV.value)
        parser.add_argument("--version", metavar="NUMBER", help="only results of this version of the questionnaire")
        parser.add_argument("--campaign", metavar="TITLE", help="only results of this campaign")
        parser.add_argument("--reason", default="export_scores", help="kept in the log of accesses")
        parser.add_argument("--output", metavar="FILE", help="written to this file, with FILE.sha256 beside it")
        parser.add_argument("--codebook", action="store_true", help="write what the columns mean, and no result")

    def handle(
        self,
        *,
        format: str,
        version: str | None,
        campaign: str | None,
        reason: str,
        codebook: bool,
        output: str | None,
        **options: Any,
    ) -> None:
        results, versions, campaigns = Result.objects.all(), None, None
        if version is not None:
            versions = found(Version, Q(number=version), given=version)
            results = results.filter(version__in=versions)
        if campaign is not None:
            titled = Q(title_fr=campaign) | Q(title_en=campaign)
            campaigns = found(Campaign, titled, given=campaign)
            results = results.filter(assessment__campaign__in=campaigns)
        if codebook:
            self.write(explained(ScoreTable(results), format), output)
            return
        given = {"versions": versions, "campaigns": campaigns}
        bounds = {name: listed(rows.values_list("pk", flat=True)) for name, rows in given.items() if rows}
        filters = {"version": version, "campaign": campaign}
        access = record_export(results=results, by=None, reason=reason, format=format, filters=filters, bounds=bounds)
        table = ScoreTable(results_of(access, results))
        digest = self.write(sealed(scores(table, format), access=access, table=table), output)
        self.stderr.write(f"{table.written} rows, SHA-256 {digest}")

    def write(self, pieces: Iterable[bytes], output: str | None) -> str:
        # On standard output as bytes: the console's encoding and line ends are its own affair.
        try:
            return (
                written(pieces, cast(Any, self.stdout).buffer)
                if output is None
                else written_whole(pieces, Path(output))
            )
        except (OSError, DatabaseError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error).partition("\n")[0]
            raise CommandError(f"Broken off, so that what was written is not whole: {why}.") from error


def written(pieces: Iterable[bytes], file: IO[bytes]) -> str:
    """Return the checksum. Each piece is handed over before the next is asked for: what follows the last is whole."""
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
        file.write(piece)
        file.flush()
    return digest.hexdigest()


def written_whole(pieces: Iterable[bytes], path: Path) -> str:
    """The file has its name once it is whole, and its checksum beside it."""
    part = path.with_name(path.name + ".part")
    with open(part, "wb") as file:
        checksum = written(pieces, file)
        os.fsync(file.fileno())
    path.with_name(path.name + ".sha256").write_text(f"{checksum}  {path.name}\n")
    part.replace(path)
    return checksum


def found(model: Any, condition: Q, *, given: str) -> QuerySet[Any]:
    rows = model.objects.filter(condition)
    if not rows.exists():
        known = ", ".join(str(row) for row in model.objects.all()) or "none"
        raise CommandError(f"There is no {model._meta.verbose_name} {given}. There is: {known}.")
    return rows
