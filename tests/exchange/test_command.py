"""manage.py export_scores."""

import io
import json
import sys
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from structlog.testing import capture_logs

from assessment.exchange.formats import Format, scores
from assessment.exchange.scores import ScoreTable
from assessment.models import Export, Result, StaffAccess
from tests.factories import DATA, NOON, make_result, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(capfdbinary):
    """Run the command as a shell does; return the bytes that it writes."""

    def run(*arguments):
        call_command("export_scores", *arguments)
        return capfdbinary.readouterr().out

    return run


def test_it_writes_the_french_csv(export, acme, beta):
    expected = b"".join(scores(ScoreTable(Result.objects.all()), Format.CSV))

    assert export() == expected


def test_it_writes_the_other_formats(export, acme):
    assert export("--format", "csv-international").startswith(b'\xef\xbb\xbf"company_id","company_name"')
    assert [row["overall_score"] for row in json.loads(export("--format", "json"))] == [50.0]
    assert openpyxl.load_workbook(io.BytesIO(export("--format=xlsx"))).sheetnames == ["Scores", "Codebook"]


def test_it_writes_the_results_of_one_version(export, acme, tmp_path):
    file = tmp_path / "second.yaml"
    file.write_text((DATA / "small.yaml").read_text().replace('version: "1"', 'version: "2"'))
    make_result(version=make_version(file=file, at=NOON))

    rows = json.loads(export("--format", "json", "--version", "2"))

    assert [row["version"] for row in rows] == ["2"]


def test_it_writes_the_results_of_one_campaign(export, acme, beta):
    rows = json.loads(export("--format", "json", "--campaign", "Printemps"))

    assert [row["company_name"] for row in rows] == ["=Beta"]


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        ("--version", "There is no version of the questionnaire 2030. There is: small 1."),
        ("--campaign", "There is no campaign 2030. There is: Printemps."),
    ],
)
def test_it_says_what_there_is(option, problem, export, beta):
    with pytest.raises(CommandError, match=problem):
        export(option, "2030")

    assert StaffAccess.objects.count() == 0


def test_it_writes_what_the_columns_mean(export, acme):
    lines = export("--codebook", "--format", "csv-international").decode().split("\r\n")

    assert lines[1] == '"company_id","text","Identifier of the company, the same in every export.",""'
    assert StaffAccess.objects.count() == 0


def test_it_is_written_down_which_results_left_and_why(export, acme, beta, django_capture_on_commit_callbacks):
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        export("--campaign", "Printemps", "--reason", "Yearly review")

    access = StaffAccess.objects.get()
    assert (access.kind, access.by, access.reason, access.format) == ("export", None, "Yearly review", "csv")
    assert access.filters == {"version": None, "campaign": "Printemps"}
    assert list(access.export.results()) == [beta]
    assert logs == [  # without the reason, which an erasure could not reach there
        {"event": "export_whole", "log_level": "info", "access": access.pk, "rows": 1, "size": access.export.size},
        {"event": "export", "log_level": "info", "access": access.pk, "by": None, "format": "csv"},
    ]


def test_a_full_disk_is_said(acme, monkeypatch):
    with open("/dev/full", "wb", buffering=0) as full:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(full))

        with pytest.raises(CommandError, match="not whole: No space left on device"):
            call_command("export_scores")

    assert Export.objects.get().sha256 == ""


def test_a_file_has_its_name_once_it_is_whole_and_its_checksum_beside_it(export, acme, tmp_path):
    file = tmp_path / "scores.csv"

    assert export("--output", str(file)) == b""

    checksum = sha256(file.read_bytes()).hexdigest()
    assert Path(f"{file}.sha256").read_text() == f"{checksum}  scores.csv\n"
    assert (sorted(path.name for path in tmp_path.iterdir()), Export.objects.get().sha256) == (
        ["scores.csv", "scores.csv.sha256"],
        checksum,
    )


def test_a_file_that_broke_off_never_gets_the_name(acme, tmp_path):
    (tmp_path / "scores.csv.part").symlink_to("/dev/full")

    with pytest.raises(CommandError, match="not whole"):
        call_command("export_scores", "--output", str(tmp_path / "scores.csv"))

    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv.part"]
