"""Upload, preview, confirm; and what is downloaded comes back."""

import io
import re
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertRedirects

from contract.models import Figure, Mission, Person, Project, ProjectUseCase, Signature, Source, Theme
from spreadsheets.formats import EXPORT_FORMATS
from tests.contract import records
from tests.contract.test_fixture import MODELS, stored

pytestmark = pytest.mark.django_db
FORMATS = {"french": "0", "international": "1", "xlsx": "2", "json": "3"}
HIDDEN = re.compile(r'name="(import_file_name|original_file_name|format|resource|read_at)" value="([^"]*)"')


def page(name, action, language="en"):
    with translation.override(language):
        return reverse(f"admin:contract_{name}_{action}")


def upload(client, name, content, *, file_name="records.csv", language="en"):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(file_name, content)
    return client.post(page(name, "import", language), {"format": "0", "resource": "0", "import_file": file})


def download(client, name, format_name):
    return client.post(page(name, "export"), {"format": FORMATS[format_name], "resource": "0"})


def confirm(client, name, preview, **changed):
    return client.post(page(name, "process_import"), dict(HIDDEN.findall(preview.content.decode())) | changed)


def happening(response):
    """What the preview says of each row."""
    return re.findall(r'<td class="import-type">(?:<strong>)?(\w+)', response.content.decode())


def problems(response):
    """(row, column, problem) as the page lists them."""
    rows = re.findall(r"<tr><td>(\d+)</td><td>(.*?)</td><td>(.*?)</td></tr>", response.content.decode())
    return [(int(row), column, unescape(problem)) for row, column, problem in rows]


def listed(response):
    """Problems of the whole file, as the page lists them."""
    found = re.search(r'<ul class="errorlist">(.*?)</ul>', response.content.decode(), flags=re.DOTALL)
    return re.findall(r"<li>(.*?)</li>", found[1])


def upload_error(response):
    return [str(message) for message in response.context["form"].errors["import_file"]]


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["source", "projectusecase", "figure"])
def test_what_is_exported_comes_back_unchanged(staff, real_contract, name, format_name):
    before = stored()
    exported = download(staff, name, format_name)

    preview = upload(
        staff, name, exported.content, file_name=f"a.{EXPORT_FORMATS[int(FORMATS[format_name])].kind.suffix}"
    )
    confirm(staff, name, preview)

    assert set(happening(preview)) == {"Unchanged"}
    assert stored() == before


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_is_exported_rebuilds_the_records(staff, real_contract, format_name):
    """Deleted, then imported in the order that references need: the same contract again."""
    extension = EXPORT_FORMATS[int(FORMATS[format_name])].kind.suffix
    order = ["source", "contract", "amendment", "party", "person", "carrier", "project", "mission", "projectusecase"]
    order += ["signature", "statement", "theme", "figure"]
    before = without_keys(stored())
    exported = {name: download(staff, name, format_name).content for name in order}
    by_name = {model._meta.model_name: model for model in MODELS}
    for name in reversed(order):
        by_name[name].objects.all().delete()

    for name in order:
        response = confirm(staff, name, upload(staff, name, exported[name], file_name=f"a.{extension}"))
        assertRedirects(response, page(name, "changelist"), fetch_redirect_response=False)

    assert without_keys(stored()) == before
    carried = ProjectUseCase.objects.get(code="flash-radiotherapy").carriers.all()
    assert [carrier.code for carrier in carried] == ["institut-curie", "thales"]


def without_keys(tables):
    """Values that do not depend on the order of creation, nor on the language of the person who imported."""
    twins = {"title", "name", "note", "summary", "description", "text", "label", "unit", "capacity"}
    return {
        model: [{k: v for k, v in row.items() if k == "code" or not (k.endswith("id") or k in twins)} for row in rows]
        for model, rows in tables.items()
    }


def test_the_preview_shows_each_change_and_writes_nothing(staff):
    records.make_person(code="ada", name="Ada")

    preview = upload(staff, "person", "code,name,source\nada,Ada Lovelace,A\nbob,Bob,A\n")

    assert happening(preview) == ["Changed", "New"]
    assertContains(preview, "<td><del>Ada</del> <ins>Ada Lovelace</ins></td>")
    assertContains(preview, "<td><ins>bob</ins></td>")
    assert [person.name for person in Person.objects.all()] == ["Ada"]


def test_a_file_that_is_refused_still_shows_which_columns_are_known(staff):
    response = upload(staff, "person", b"x", file_name="records.csv")

    assert response.context["fields_list"] == [("person", ["code", "source", "also_in", "note_fr", "note_en", "name"])]


def test_a_record_that_was_changed_since_the_preview_is_not_overwritten_unseen(staff):
    records.make_person(code="ada", name="Ada")
    preview = upload(staff, "person", "code,name,source\nada,Ada Lovelace,A\n")
    Person.objects.update(name="Ada, Countess of Lovelace")

    response = confirm(staff, "person", preview)

    assertRedirects(response, page("person", "import"))
    assert Person.objects.get().name == "Ada, Countess of Lovelace"


def test_the_preview_needs_no_inline_style(staff):
    preview = upload(staff, "person", f"code,name,source\nada,Ada,{records.make_source().code}\n")

    assert re.findall(r"<style|style=|\son\w+=", preview.content.decode()) == []


def test_confirming_writes_and_keeps_who_did_it(staff):
    records.make_source()

    response = confirm(staff, "person", upload(staff, "person", "code,name,source\nada,Ada,A\n"))

    assertRedirects(response, page("person", "changelist"), fetch_redirect_response=False)
    history = Person.objects.get().history.get()
    assert (history.name, history.history_user.email) == ("Ada", "staff@csf.example")


def test_a_column_that_is_missing_stays_as_it_is(staff):
    records.make_project(title_en="Kept", position=7)

    confirm(staff, "project", upload(staff, "project", "code,title_fr\nproject,Nouveau\n"))

    project = Project.objects.get()
    assert (project.title_fr, project.title_en, project.position) == ("Nouveau", "Kept", 7)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_languages_are_written_whatever_the_reader_works_in(staff, language):
    records.make_project()

    preview = upload(staff, "project", "code,title_fr,title_en\nproject,Nouveau,New\n", language=language)
    confirm(staff, "project", preview)

    project = Project.objects.get()
    assert (project.title_fr, project.title_en) == ("Nouveau", "New")


def test_one_wrong_row_stops_the_whole_file(staff):
    records.make_source()

    response = upload(staff, "person", "code,name,source\nada,Ada,A\nbob,Bob,Z\n")

    assert problems(response) == [(3, "source", "No source has the code “Z”.")]
    assert "confirm_form" not in response.context
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "row", "expected"),
    [
        (
            "source",
            {"published_on": "08/06/2021"},
            ("published_on", "“08/06/2021” is not a date written as 2021-06-08."),
        ),
        ("source", {"language": "de"}, ("language", "Value 'de' is not a valid choice.")),
        ("source", {"published_on": "2021-06-08"}, ("", "Give the date and its precision, or neither.")),
        (
            "source",
            {"code": "a b"},
            ("code", "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        ),
        ("source", {"code": ""}, ("code", "This field cannot be blank.")),
        (
            "source",
            {"publisher": "x" * 201},
            ("publisher", "Ensure this value has at most 200 characters (it has 201)."),
        ),
        ("source", {"url": "javascript:alert(1)"}, ("url", "Enter a valid URL.")),
        ("figure", {"value": "many"}, ("value", "“many” is not a number.")),
        ("figure", {"value": "NaN"}, ("value", "“NaN” is not a number.")),
        ("figure", {"value": "1e309"}, ("value", "Ensure that there are no more than 14 digits in total.")),
        ("figure", {"value": "0"}, ("", "A figure is more than zero.")),
        ("figure", {"position": "1.5"}, ("position", "“1.5” is not a whole number up to 32,767.")),
        ("figure", {"position": "99999999999"}, ("position", "“99999999999” is not a whole number up to 32,767.")),
        ("figure", {"approximate": "perhaps"}, ("approximate", "“perhaps” is neither 1 nor 0.")),
        ("figure", {"label_en": ""}, ("label_en", "This field cannot be blank.")),
        ("figure", {"contract": "nothing"}, ("contract", "No contract has the code “nothing”.")),
        ("figure", {"contract": ""}, ("", "Name the text that brought it in: the contract or one amendment.")),
        (
            "figure",
            {"amendment": "amendment"},
            ("", "Name the text that brought it in: the contract or one amendment."),
        ),
    ],
)
def test_errors_name_their_row_and_column(staff, name, row, expected):
    records.make_amendment()
    good = {
        "source": {"code": "X", "publisher": "P", "language": "fr"},
        "figure": {
            "code": "x",
            "label_fr": "l",
            "label_en": "l",
            "value": "1",
            "source": "A",
            "contract": "contract",
        },
    }[name]
    values = good | row

    response = upload(staff, name, ";".join(values) + "\n" + ";".join(values.values()) + "\n")

    assert problems(response)[:1] == [(2, *expected)]


def test_an_unknown_carrier_is_named_with_its_column(staff):
    records.make_project()
    records.make_carrier(code="thales")

    response = upload(
        staff,
        "projectusecase",
        "code;project;title_fr;title_en;contract;source;carriers\nx;project;t;t;contract;A;thales,nobody\n",
    )

    assert problems(response) == [(2, "carriers", "No carrier has the code “nobody”.")]
    assert ProjectUseCase.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name;source\nAda;A\n", ["The file has no column “code”."]),
        (
            "code;naem\nada;Ada\n",
            [
                "“naem” is not a column of this table. The columns are: code, source, also_in, note_fr, note_en, name.",
            ],
        ),
        ("code;name\nada;Ada\nbob;Bob\nada;Ada\n", ["The code “ada” is in rows 2, 4."]),
    ],
)
def test_problems_of_the_whole_file(staff, content, expected):
    response = upload(staff, "person", content)

    assert [problem for problem in listed(response) if not problem.startswith("Row ")] == expected
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("file_name", "content", "expected"),
    [
        ("records.xls", b"x", "Choose a CSV, XLSX, ODS or JSON file."),
        ("records.xlsm", b"PK\x03\x04", "Choose a CSV, XLSX, ODS or JSON file."),
        ("records.csv", b"code\n" * 1_000_001, "The file is larger than 5 MB."),
        (
            "records.csv",
            "codé;nom".encode("latin-1"),
            "The file is not UTF-8 text. In your spreadsheet, save it as “CSV UTF-8”.",
        ),
        ("records.csv", b"code\n" * 5001, "The file has more than 5000 rows."),
        ("records.xlsx", b"PK\x03\x04" + b"\0" * 500, "The file is not an XLSX workbook."),
        ("records.json", b'[{"code": {}}]', "The file is not a JSON list of flat objects with distinct keys."),
        (
            "records.csv",
            b"code\n",
            "No valid data to import. Ensure your file has the correct headers or data for import.",
        ),
    ],
)
def test_bad_files_are_refused_in_words(staff, file_name, content, expected):
    response = upload(staff, "person", content, file_name=file_name)

    assert upload_error(response) == [expected]


def test_a_formula_in_a_workbook_is_refused(staff):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["code", "name"])
    book.active.append(["ada", "=1+1"])
    book.save(target)

    response = upload(staff, "person", target.getvalue(), file_name="records.xlsx")

    assert upload_error(response) == ["Sheet!B2 holds a formula. Paste its value instead."]


@pytest.mark.parametrize("format_name", ["french", "international", "xlsx"])
def test_exports_run_no_formula(staff, format_name):
    records.make_person(code="ada", name="==1+1")

    content = download(staff, "person", format_name).content

    if format_name == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
        assert ("'==1+1", "s") in {(cell.value, cell.data_type) for cell in cells}
    else:
        assert b'"\'==1+1"' in content


def test_an_export_keeps_the_filters_of_the_list(staff, real_contract):
    response = staff.post(page("project", "export") + "?standing__exact=extended", {"format": "3", "resource": "0"})

    assert [project["code"] for project in response.json()] == ["bioproduction", "ai-and-health"]


def test_numbers_are_numbers_in_french_csv(staff):
    records.make_figure(value="35.6")

    content = download(staff, "figure", "french").content.decode()

    assert '";35,6;' in content


def test_a_stored_upload_has_a_name_that_nobody_guesses(staff):
    preview = upload(staff, "person", f"code,name,source\nada,Ada,{records.make_source().code}\n")

    assert re.fullmatch("[0-9a-f]{32}", dict(HIDDEN.findall(preview.content.decode()))["import_file_name"])


@pytest.mark.parametrize(
    "changed",
    [
        {"import_file_name": "../../etc/passwd"},
        {"import_file_name": ""},
        {"format": "7"},
        {"format": "x"},
        {"resource": "9"},
    ],
)
def test_a_confirmation_that_was_tampered_with_writes_nothing(staff, changed):
    preview = upload(staff, "person", f"code,name,source\nada,Ada,{records.make_source().code}\n")

    response = confirm(staff, "person", preview, **changed)

    assert (response.status_code, Person.objects.count()) == (200, 0)


def test_an_upload_that_is_gone_is_asked_for_again(staff):
    preview = upload(staff, "person", f"code,name,source\nada,Ada,{records.make_source().code}\n")
    confirm(staff, "person", preview)

    response = confirm(staff, "person", preview)

    assertRedirects(response, page("person", "import"), fetch_redirect_response=False)


def test_nothing_is_written_when_records_changed_since_the_preview(staff):
    records.make_contract()
    records.make_source(code="B")
    rows = "one;theme;t;t;contract;A\ntwo;theme;t;t;contract;B\n"
    preview = upload(staff, "theme", f"code;kind;title_fr;title_en;contract;source\n{rows}")
    Source.objects.filter(code="B").delete()

    response = confirm(staff, "theme", preview)

    assertRedirects(response, page("theme", "import"), fetch_redirect_response=False)
    assert Theme.objects.count() == 0


def test_history_counts_an_unchanged_row_as_nothing(staff, real_contract):
    confirm(staff, "project", upload(staff, "project", download(staff, "project", "french").content))

    assert Project.history.count() == 0


@pytest.mark.parametrize("model", [Figure, Mission, Signature])
def test_every_column_but_keys_and_twins_is_exported(staff, real_contract, model):
    header = next(iter(download(staff, model._meta.model_name, "json").json()))

    twins = {"title", "description", "note", "label", "unit", "capacity"}
    columns = {field.name for field in model._meta.fields} - {"id"} - twins
    assert set(header) == columns
