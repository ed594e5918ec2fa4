"""The table of scores: one row a result, every figure the stored one; nothing is computed here."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.db.models.functions import Cast
from django.utils import timezone
from pydantic_core import from_json

from assessment.exchange.columns import columns
from assessment.exchange.statements import unhurried
from assessment.models import Campaign, Result, Version
from assessment.models.compiled import compiled
from spreadsheets.cells import Row

CHUNK = 2_000
OWN = [
    *["id", "submitted_at", "company_id", "sub_sector", "size", "region", "profile", "assessment_id", "number"],
    *["version_id", "checksum", "engine", "score", "low", "high", "level"],
]
JOINED = {
    **{name: F(f"company__{field}") for name, field in [("company_name", "name"), ("siren", "siren")]},
    **{"fictional": F("company__fictional"), "path": F("assessment__path")},
    **{"campaign_id": F("assessment__campaign_id"), "started_at": F("assessment__started_at")},
}
# Taken as the database spells them: read here, they cost a third of what drivers need.
TEXTS = {
    "started_text": Cast("assessment__started_at", TextField()),
    "submitted_text": Cast("submitted_at", TextField()),
    "summary_text": Cast("summary", TextField()),
}


class ScoreTable:
    """The results of a queryset as a table, the newest first: the columns at once, in two queries; the rows as they are
    asked for, a query a few thousand, so that neither memory nor a statement grows with their number.

    A version that this process has not met before takes a few queries more.
    """

    def __init__(self, results: QuerySet[Result]) -> None:
        self.results = results.order_by("-submitted_at", "-pk")
        self.written = 0
        self.last: Sequence[Any] | None = None
        met = Exists(results.order_by().filter(version=OuterRef("pk")))
        versions = Version.objects.filter(met).select_related("questionnaire")
        self.questionnaires = {version.pk: compiled(version) for version in versions.order_by("-published_at", "-pk")}
        self.campaigns = {None: None} | {campaign.pk: campaign.title for campaign in Campaign.objects.all()}
        self.columns = columns(list(self.questionnaires.values()))

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def chunks(self) -> Iterator[QuerySet[Result]]:
        """Yield the next results; whoever writes them says which were ``passed`` before asking for more."""
        before: int | None = None
        self.written, self.last = 0, None
        while before is None or self.written == before + CHUNK:
            before = self.written
            place = TupleLessThan((F("submitted_at"), F("pk")), self.last) if self.last else None
            yield (self.results.filter(place) if place else self.results)[:CHUNK]

    def passed(self, number: int, last: Sequence[Any]) -> None:
        self.written, self.last = self.written + number, last

    def rows(self) -> Iterator[Row]:
        with unhurried():
            for results in self.chunks():
                yield from self._rows(results)

    def _rows(self, results: QuerySet[Result]) -> Iterator[Row]:
        values, zone = [column.value for column in self.columns], timezone.get_current_timezone()
        for row in results.values(*OWN, **JOINED, **TEXTS):
            row["questionnaire"] = self.questionnaires[row["version_id"]]
            row["campaign"] = self.campaigns[row["campaign_id"]]
            row["started"], row["submitted"] = local(row["started_text"], zone), local(row["submitted_text"], zone)
            row |= from_json(row["summary_text"])
            self.passed(1, (row["submitted_at"], row["id"]))
            yield [value(row) for value in values]


def local(text: str, zone: tzinfo) -> datetime:
    # PostgreSQL spells the offset; SQLite keeps times in UTC and spells none.
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
