"""The table of scores: one row a result, every figure the stored one; nothing is computed here."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from pydantic_core import from_json

from assessment.exchange.columns import columns
from assessment.exchange.statements import unhurried
from assessment.models import Campaign, Version
from assessment.models.compiled import compiled

CHUNK = 2_000
FIELDS = [
    *["company_id", "company__name", "company__siren", "company__fictional"],
    *["sub_sector", "size", "region", "profile", "assessment_id", "assessment__path", "assessment__campaign_id"],
    *["number", "version_id", "checksum", "engine", "score", "low", "high", "level"],
]
# Taken as the database spells them: read here, they cost a third of what drivers need.
TEXTS = {
    "started_text": Cast("assessment__started_at", TextField()),
    "submitted_text": Cast("submitted_at", TextField()),
    "summary_text": Cast("summary", TextField()),
}


class ScoreTable:
    """The results of a queryset as a table: the columns at once, in two queries; the rows as they are asked for.

    A version that this process has not met before takes a few queries more.
    """

    def __init__(self, results):
        self.results = results
        versions = Version.objects.filter(pk__in=results.order_by().values("version")).select_related("questionnaire")
        self.questionnaires = {version.pk: compiled(version) for version in versions.order_by("-published_at", "-pk")}
        self.campaigns = {None: None} | {campaign.pk: campaign.title for campaign in Campaign.objects.all()}
        self.columns = columns(list(self.questionnaires.values()))

    @property
    def header(self):
        return [column.name for column in self.columns]

    def rows(self) -> Iterator[list]:
        with unhurried():
            yield from self._rows()

    def _rows(self):
        values, zone = [column.value for column in self.columns], timezone.get_current_timezone()
        for row in self.results.values(*FIELDS, **TEXTS).iterator(chunk_size=CHUNK):
            row["questionnaire"] = self.questionnaires[row["version_id"]]
            row["campaign"] = self.campaigns[row["assessment__campaign_id"]]
            row["started"], row["submitted"] = local(row["started_text"], zone), local(row["submitted_text"], zone)
            row |= from_json(row["summary_text"])
            yield [value(row) for value in values]


def local(text, zone):
    # PostgreSQL spells the offset; SQLite keeps times in UTC and spells none.
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
