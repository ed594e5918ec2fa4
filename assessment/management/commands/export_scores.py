from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from assessment.actions.access import record_export
from assessment.exchange.formats import Format, explained, scores
from assessment.exchange.scores import ScoreTable
from assessment.models import Campaign, Result, Version


class Command(BaseCommand):
    help = "Write the table of scores on standard output, one row a result: company, profile, version, dates, scores."

    def create_parser(self, prog_name, subcommand, **options):
        # Django's own --version, which tells Django's, gives way.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=Format.values, default=Format.CSV.value)
        parser.add_argument("--version", metavar="NUMBER", help="only results of this version of the questionnaire")
        parser.add_argument("--campaign", metavar="TITLE", help="only results of this campaign")
        parser.add_argument("--reason", default="export_scores", help="kept in the log of accesses")
        parser.add_argument("--codebook", action="store_true", help="write what the columns mean, and no result")

    def handle(self, *, format, version, campaign, reason, codebook, **options):
        results = Result.objects.all()
        if version:
            results = results.filter(version__in=found(Version, Q(number=version), given=version))
        if campaign:
            titled = Q(title_fr=campaign) | Q(title_en=campaign)
            results = results.filter(assessment__campaign__in=found(Campaign, titled, given=campaign))
        if codebook:
            self.write(explained(ScoreTable(results), format))
        else:
            filters = {"version": version, "campaign": campaign}
            access = record_export(results=results, by=None, reason=reason, format=format, filters=filters)
            self.write(scores(ScoreTable(Result.objects.filter(accesses=access)), format))

    def write(self, pieces):
        # As bytes: the console's encoding and line ends are its own affair.
        for piece in pieces:
            self.stdout.buffer.write(piece)
        self.stdout.buffer.flush()


def found(model, condition, *, given):
    rows = model.objects.filter(condition)
    if not rows.exists():
        known = ", ".join(str(row) for row in model.objects.all()) or "none"
        raise CommandError(f"There is no {model._meta.verbose_name} {given}. There is: {known}.")
    return rows
