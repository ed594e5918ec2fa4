"""The table of scores: one row a result, every figure the stored one; nothing is computed here."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from pydantic_core import from_json

from assessment.exchange.columns import columns, nodes
from assessment.exchange.statements import unhurried
from assessment.models import Activity, Campaign, Version
from assessment.models.compiled import compiled
from spreadsheets.cells import Recurring

CHUNK = 2_000
# Times and the summary are taken as the database spells them: read here, they cost a third of what drivers need.
FIELDS = [
    *["company_id", "company__name", "company__siren", "company__fictional"],
    *["sub_sector", "size", "region", "profile"],
    *["assessment_id", "number", "version_id", "checksum", "engine", "assessment__campaign_id", "assessment__path"],
    *[Cast("assessment__started_at", TextField()), Cast("submitted_at", TextField())],
    *["score", "low", "high", "level", Cast("summary", TextField())],
]
ACTIVITIES = Activity.values
COVERAGE = ["applicable", "answered", "unknown", "not_applicable", "hidden", "unanswered"]
# Every score there is, from "0.0" to "100.0".
FIGURES = {f"{tenths // 10}.{tenths % 10}": Recurring(f"{tenths // 10}.{tenths % 10}") for tenths in range(1001)}
FIGURES |= {None: None}


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
        dimensions, capabilities = nodes(self.questionnaires.values())
        dimension_codes = [dimension.code for dimension in dimensions]
        capability_codes = [capability.code for capability in capabilities]
        zone = timezone.get_current_timezone()
        for row in self.results.values_list(*FIELDS).iterator(chunk_size=CHUNK):
            company, name, siren, fictional, sub_sector, size, region, profile, *rest = row
            assessment, number, version, checksum, engine, campaign, path, started, submitted, *figures, summary = rest
            questionnaire, activities, summary = self.questionnaires[version], profile["activities"], from_json(summary)
            yield [
                *[str(company), name, siren, int(fictional), sub_sector, size, region],
                *[int(activity in activities) for activity in ACTIVITIES],
                *[str(assessment), number, questionnaire.code, questionnaire.version, checksum, engine],
                *[self.campaigns[campaign], path, local(started, zone), local(submitted, zone)],
                *figures,
                *[summary["level_by_score"], ", ".join(summary["held_back_by"])],
                *map(summary["coverage"].__getitem__, COVERAGE),
                *map(FIGURES.__getitem__, map(summary["dimensions"].get, dimension_codes)),
                *map(summary["levels"].get, dimension_codes),
                *map(FIGURES.__getitem__, map(summary["capabilities"].get, capability_codes)),
            ]


def local(text, zone):
    """PostgreSQL spells the offset; SQLite keeps times in UTC and spells none."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
