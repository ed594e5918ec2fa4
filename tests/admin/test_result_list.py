"""The admin's list of results: narrowed, sorted, searched, in as many queries for one row as for many."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.models import Campaign, Result
from tests.exchange.conftest import submitted
from tests.factories import COMPLETE, DATA, NOON, make_assessment, make_company, make_result, make_staff, make_version

pytestmark = pytest.mark.django_db
LIST = "/en/admin/assessment/result/"
LEFT_OUT = "Left out, because it isn’t understood here: “%s”. All other criteria hold."
PARIS = ZoneInfo("Europe/Paris")


def names(response):
    return [row.company__name for row in response.context["cl"].result_list]


def listed(figures, **parameters):
    response = figures.get(LIST, parameters)
    assert response.status_code == 200
    return names(response)


@pytest.fixture
def three(db):
    """Alpha: strategy 100, operations 0. Beta: 25 and 100, in a campaign. Gamma: no strategy to score, 50."""
    alpha = make_company(name="Alpha", siren="732829320", sub_sector="pharma", size="large", region="FR-ARA")
    beta = make_company(name="Beta", sub_sector="biotech", size="micro", region="FR-IDF", fictional=True)
    gamma = make_company(name="Gamma", sub_sector="medtech", size="midcap", region="FR-BRE")
    campaign = Campaign.objects.create(
        title="Spring", version=make_version(), opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 1)
    )
    best = {"STR.VIS.1": {"choices": ["3"]}, "OPS.CYB.1": {"choices": ["none"]}, "OPS.CYB.2": {"choices": ["1"]}}
    other = {
        "STR.VIS.1": {"choices": ["1"]},
        "OPS.CYB.1": {"choices": ["backup", "drill"]},
        "OPS.CYB.2": {"choices": ["1"]},
    }
    neither = COMPLETE | {"STR.VIS.1": {"not_applicable": "run by the group"}}
    return [
        submitted(company=alpha, answers=best, at=NOON),
        submitted(company=beta, answers=other, at=NOON + timedelta(days=1), campaign=campaign),
        submitted(company=gamma, answers=neither, at=NOON + timedelta(days=2)),
    ]


def test_the_newest_result_comes_first(figures, three):
    assert listed(figures) == ["Gamma", "Beta", "Alpha"]


def test_it_shows_each_score_in_the_readers_language(figures, three):
    english = figures.get(LIST)
    french = figures.get("/fr/admin/assessment/result/")

    shown = ["8 June 2026", "33.3", "1", "100.0", "0.0", "Pharmaceuticals", "Large: 5,000 people or more", "1"]
    assertContains(english, "".join(f"<td>{cell}</td>" for cell in shown), count=1)
    assertContains(french, "<td>100,0</td><td>0,0</td>", count=1)
    assertContains(english, "<td>–</td><td>50.0</td>", count=1)  # Gamma has no strategy: not zero


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"sub_sector__exact": "pharma"}, ["Alpha"]),
        ({"size__exact": "micro"}, ["Beta"]),
        ({"region__exact": "FR-BRE"}, ["Gamma"]),
        ({"company__fictional__exact": "1"}, ["Beta"]),
        ({"level": "2"}, ["Gamma", "Beta"]),
        ({"level": "3"}, []),
        ({"since": "2026-06-09"}, ["Gamma", "Beta"]),
        ({"until": "2026-06-09"}, ["Beta", "Alpha"]),
        ({"since": "2026-06-09", "until": "2026-06-09"}, ["Beta"]),
        ({"since": "", "until": ""}, ["Gamma", "Beta", "Alpha"]),
        ({"q": "alph"}, ["Alpha"]),
        ({"q": "732829320"}, ["Alpha"]),
        ({"q": "nobody"}, []),
        ({"q": "a", "since": "2026-06-09", "sub_sector__exact": "medtech"}, ["Gamma"]),
        ({"capability": "STR.VIS"}, ["Gamma", "Beta", "Alpha"]),
    ],
)
def test_it_is_narrowed(parameters, expected, figures, three):
    assert listed(figures, **parameters) == expected


def test_it_is_narrowed_to_a_campaign_or_a_version(figures, three, second_version):
    campaign = Campaign.objects.get()
    newest = make_result(version=second_version, company=make_company(name="Delta"))

    assert listed(figures, campaign=campaign.pk) == ["Beta"]
    assert listed(figures, version=newest.version_id) == ["Delta"]
    assert listed(figures, version=three[0].version_id) == ["Gamma", "Beta", "Alpha"]


@pytest.fixture
def second_version(db, tmp_path):
    """The same questionnaire with another capability in place of OPS.CYB, published a day later."""
    file = tmp_path / "second.yaml"
    text = (DATA / "small.yaml").read_text().replace('version: "1"', 'version: "2"')
    file.write_text(text.replace("code: OPS.CYB\n", "code: OPS.SEC\n"))
    return make_version(file=file, at=NOON + timedelta(days=1))


COMPANY, SUBMITTED, OVERALL, LEVEL, STR, OPS, SUB_SECTOR, SIZE, VERSION = range(9)
CHOSEN = OPS + 1  # a capability, before what is left


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (COMPANY, ["Alpha", "Beta", "Gamma"]),
        (SUBMITTED, ["Alpha", "Beta", "Gamma"]),
        (SUB_SECTOR, ["Beta", "Gamma", "Alpha"]),
        (SIZE, ["Beta", "Gamma", "Alpha"]),
        (OVERALL, ["Alpha", "Gamma", "Beta"]),
        (OPS, ["Alpha", "Gamma", "Beta"]),
    ],
)
def test_it_is_sorted_either_way(column, ascending, figures, three):
    assert listed(figures, o=str(column)) == ascending
    assert listed(figures, o=f"-{column}") == ascending[::-1]


def test_what_has_no_score_stands_last_either_way(figures, three):
    assert listed(figures, o=str(STR)) == ["Beta", "Alpha", "Gamma"]
    assert listed(figures, o=f"-{STR}") == ["Alpha", "Beta", "Gamma"]


def test_any_capability_can_be_added_as_a_column_and_sorted_by(figures, three):
    response = figures.get(LIST, {"capability": "OPS.CYB", "o": f"-{CHOSEN}"})

    assert names(response) == ["Beta", "Gamma", "Alpha"]
    assertContains(response, '<abbr title="Cybersecurity">OPS.CYB</abbr>', count=1)
    assertContains(response, "<td>100.0</td><td>100.0</td><td>Biotechnology</td>", count=1)
    assertContains(response, '<option value="OPS.CYB" selected>', count=1)


def test_the_columns_are_those_of_the_chosen_version_or_the_newest(figures, three, second_version):
    chosen = {"capability": "OPS.SEC"}

    assertContains(figures.get(LIST, chosen), ">OPS.SEC</abbr>")
    assertNotContains(figures.get(LIST, chosen | {"version": three[0].version_id}), ">OPS.SEC</abbr>")


@pytest.mark.parametrize(
    "parameter",
    [
        {"version": "first"},
        {"version": "99999999999999999999"},
        {"campaign": "x"},
        {"level": "high"},
        {"level": "9"},
        {"since": "2026-02-30"},
        {"since": "soon"},
        {"until": "2026-13-01"},
        {"capability": "NO.SUCH"},
        {"sub_sector__exact": "nosuch"},
        {"company__fictional__exact": "perhaps"},
        {"o": "99"},
        {"o": "x"},
        {"p": "0"},
        {"p": "99"},
        {"p": "last"},
        {"nosuch": "1"},
        {"submitted_by__password__startswith": "a"},
    ],
)
def test_what_it_does_not_know_is_said_and_leaves_the_other_filters_in_force(parameter, figures, three):
    [(name, value)] = parameter.items()

    page = figures.get(LIST, {"until": "2026-06-09"} | parameter if name != "until" else parameter)

    assert names(page) == (["Beta", "Alpha"] if name != "until" else ["Gamma", "Beta", "Alpha"])
    assert [str(message) for message in page.context["messages"]] == [LEFT_OUT % f"{name}={value}"]


def test_of_one_filter_given_twice_the_last_counts_and_the_first_is_said(figures, three):
    page = figures.get(f"{LIST}?until=2026-06-08&until=2026-06-09&sub_sector__exact=pharma&sub_sector__exact=nosuch")

    assert names(page) == ["Alpha"]
    assert [str(message) for message in page.context["messages"]] == [
        "Left out, because they aren’t understood here: “until=2026-06-08”, “sub_sector__exact=nosuch”."
        " All other criteria hold."
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_export_with_a_filter_that_it_does_not_know_is_refused(method, figures, three):
    asked = {"reason": "Yearly review", "format": "csv"}
    address = f"{LIST}export/?until=2026-06-09&sector=pharma"

    response = getattr(figures, method)(address, asked if method == "post" else None)

    assertRedirects(response, f"{LIST}?until=2026-06-09", fetch_redirect_response=False)
    page = figures.get(response["Location"])
    assert [str(message) for message in page.context["messages"]] == [LEFT_OUT % "sector=pharma"]


def test_a_day_is_a_day_in_france(figures, db):
    before_midnight = datetime(2026, 6, 30, 23, 59, tzinfo=PARIS)
    submitted(company=make_company(name="Late"), answers=COMPLETE, at=before_midnight)

    assert listed(figures, until="2026-06-30") == ["Late"]
    assert listed(figures, since="2026-07-01") == []


@pytest.mark.parametrize("period", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"until": "2028-02-29"}])
def test_the_first_and_the_last_day_of_the_calendar_leave_nothing_out(period, figures, three):
    assert listed(figures, **period) == ["Gamma", "Beta", "Alpha"]


@pytest.mark.parametrize("parameters", [{}, {"o": "-5", "capability": "OPS.CYB", "q": "Acme", "since": "2026-01-01"}])
@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_same_queries_for_one_row_as_for_many(number, parameters, figures, django_assert_num_queries):
    for _ in range(number):
        make_result()
    figures.get(LIST)  # the version is compiled once a process

    # session, user, own permissions and the groups'; versions and campaigns to choose from;
    # how many results, which, the rows; the record of the page and of its results
    with django_assert_num_queries(11):
        response = figures.get(LIST, parameters)

    assert len(names(response)) == number


def test_it_counts_what_each_filter_would_leave(figures, three):
    response = figures.get(LIST, {"_facets": "True", "since": "2026-06-09"})

    assertContains(response, "Pharmaceuticals (0)", count=1)
    assertContains(response, "Biotechnology (1)", count=1)
    assertContains(response, "2 Structured (2)", count=1)


def test_a_hundred_rows_are_a_page(figures):
    result = make_result()
    copies(result, 100)

    assert len(listed(figures)) == 100
    assert len(listed(figures, p="2")) == 1


def copies(result, number):
    for _ in range(number):
        copy = Result.objects.get(pk=result.pk)
        assessment = make_assessment(company=result.company, status="submitted", submitted_at=NOON)
        copy.pk, copy.assessment = None, assessment
        copy.save(force_insert=True)


def test_without_a_published_version_the_list_is_empty_and_stands(figures):
    assert listed(figures) == []


def test_the_name_of_a_company_is_text(figures):
    make_result(company=make_company(name="<b>Acme</b>"))

    assertContains(figures.get(LIST), "&lt;b&gt;Acme&lt;/b&gt;</a>", count=1)


@pytest.mark.parametrize(
    ("group", "status"), [("reader", 403), ("reviewer", 200), ("editor", 403), ("administrator", 200)]
)
def test_who_may_see_it(group, status, client):
    client.force_login(make_staff(group=group))

    assert client.get(LIST).status_code == status


def test_somebody_who_is_not_staff_is_led_to_sign_in(signed_in):
    assertRedirects(signed_in.get(LIST), f"/en/admin/login/?next={LIST}", fetch_redirect_response=False)
