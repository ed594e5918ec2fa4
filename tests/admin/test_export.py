"""The export from the list: what is listed, for a reason, written down, two at a time."""

import csv
import io
from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import DatabaseError, IntegrityError, close_old_connections, connection
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from structlog.testing import capture_logs

from assessment.actions.access import record_export, results_of
from assessment.exchange.formats import Format, scores
from assessment.exchange.scores import ScoreTable
from assessment.exchange.slots import SLOTS, take_slot
from assessment.models import AccessedResult, Campaign, Export, Result, StaffAccess
from tests.exchange.conftest import submitted
from tests.factories import NOON, make_company, make_result, make_staff, make_user, make_version

pytestmark = pytest.mark.django_db
LIST, EXPORT, CODEBOOK = (f"/en/admin/assessment/result/{name}" for name in ["", "export/", "codebook/"])


@pytest.fixture(autouse=True)
def free_slots():
    cache.delete_many(SLOTS)


@pytest.fixture
def two(db):
    alpha = make_company(name="Alpha", sub_sector="pharma")
    beta = make_company(name="Beta", sub_sector="biotech")
    return [submitted(company=alpha), submitted(company=beta, at=NOON + timedelta(days=1))]


def sent(desk, parameters="", **asked):
    asked = {"format": "csv", "reason": "Yearly review"} | asked
    return desk.post(EXPORT + parameters, asked)


def exported(response):
    assert response.status_code == 200
    rows = csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";")
    return [row["company_name"] for row in rows]


def test_the_list_leads_to_the_export_of_what_it_shows(desk, two):
    response = desk.get(LIST, {"sub_sector__exact": "pharma"})

    assertContains(response, f'href="{EXPORT}?sub_sector__exact=pharma"', count=1)
    assertContains(
        desk.get(EXPORT, {"sub_sector__exact": "pharma"}), "1 result will leave, under the name of its company."
    )
    assertContains(desk.get(EXPORT), "2 results will leave, under the names of their companies.")


def test_what_is_listed_is_what_leaves(desk, two):
    assert exported(sent(desk)) == ["Beta", "Alpha"]
    assert exported(sent(desk, "?sub_sector__exact=pharma")) == ["Alpha"]
    assert exported(sent(desk, "?q=beta")) == ["Beta"]
    assert exported(sent(desk, "?since=2026-06-09&o=2")) == ["Beta"]


@pytest.mark.parametrize(
    ("format", "suffix", "content_type"),
    [
        ("csv", "csv", "text/csv; charset=utf-8"),
        ("csv-international", "csv", "text/csv; charset=utf-8"),
        ("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "json", "application/json"),
    ],
)
def test_it_is_a_file_named_by_its_day(format, suffix, content_type, desk, two):
    response = sent(desk, format=format)

    today = timezone.localdate()
    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="scores-{today:%Y-%m-%d}.{suffix}"'
    assert "no-store" in response.headers["Cache-Control"].split(", ")
    if format != "xlsx":  # a workbook holds the time it was made
        assert response.getvalue() == b"".join(scores(ScoreTable(Result.objects.all()), Format(format)))


@pytest.mark.parametrize("asked", [{"reason": ""}, {"reason": "   "}, {"reason": "x" * 301}, {"format": "pdf"}])
def test_nothing_leaves_without_a_reason_and_a_format(asked, desk, two):
    response = sent(desk, **asked)

    assert (response.status_code, response.streaming) == (200, False)
    assertContains(response, "errorlist", count=1)
    assert StaffAccess.objects.count() == 0


def test_it_is_written_down_who_took_what_and_why(desk, reviewer, two, django_capture_on_commit_callbacks):
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        sent(desk, "?sub_sector__exact=pharma&q=alp", reason="Asked by Alpha")

    access = StaffAccess.objects.get()
    assert (access.kind, access.by, access.reason, access.format) == ("export", reviewer, "Asked by Alpha", "csv")
    assert access.filters == {"sub_sector__exact": ["pharma"], "search": True}
    assert [result.company.name for result in access.results.all()] == ["Alpha"]  # found by words: named
    [line] = [line for line in logs if line["event"] == "export"]
    assert {name: line[name] for name in line if name not in {"event", "log_level"}} == {
        "access": access.pk,
        "by": reviewer.pk,
        "format": "csv",
    }


def test_a_list_without_results_leaves_as_a_header(desk, two):
    assert exported(sent(desk, "?q=nobody")) == []


@pytest.mark.parametrize(
    "unknown", ["version=999999", "version=0", "sub_sector__exact=pharma%20biotech", "region__exact=FR"]
)
def test_what_a_list_leaves_out_takes_nothing_at_all(unknown, desk, two):
    response = sent(desk, f"?{unknown}")

    assert (response.status_code, response.url) == (302, "/en/admin/assessment/result/")
    assert StaffAccess.objects.filter(kind="export").count() == 0


def test_to_look_at_the_page_takes_nothing(desk, two):
    desk.get(EXPORT)

    assert StaffAccess.objects.count() == 0


@pytest.mark.parametrize(
    ("group", "status"), [("reader", 403), ("editor", 403), ("reviewer", 200), ("administrator", 200)]
)
def test_who_may_export(group, status, client, two):
    client.force_login(make_staff(group=group))

    assert [client.get(EXPORT).status_code, sent(client).status_code] == [status, status]
    assert StaffAccess.objects.count() == (1 if status == 200 else 0)


def test_to_see_results_is_not_to_export_them(client, two):
    looker = make_user(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_result"))
    client.force_login(looker)

    assertNotContains(client.get(LIST), EXPORT)
    assert [client.get(EXPORT).status_code, sent(client).status_code] == [403, 403]
    assert StaffAccess.objects.count() == 0


def test_a_company_has_no_way_in(signed_in, two):
    assertRedirects(sent(signed_in), f"/en/admin/login/?next={EXPORT}", fetch_redirect_response=False)


def test_a_filter_that_means_nothing_leads_back_to_the_list(desk, two):
    assertRedirects(sent(desk, "?level=high"), LIST)


def test_two_exports_at_a_time(desk, two):
    first, second = sent(desk), sent(desk)

    third = sent(desk)

    assert (third.status_code, third.headers["Retry-After"]) == (503, "60")
    assertContains(third, "Two exports are under way already.", status_code=503)
    assert StaffAccess.objects.count() == 2
    break_off(second)
    assert exported(sent(desk)) == ["Beta", "Alpha"]
    assert exported(first) == ["Beta", "Alpha"]


def test_an_export_that_was_sent_leaves_its_place(desk, two):
    for _ in range(3):
        exported(sent(desk))

    assert [take_slot() is None for _ in range(3)] == [False, False, True]


def test_an_export_that_fails_leaves_its_place(desk, two):
    def refuse(execute, sql, *rest):
        if sql.startswith('INSERT INTO "assessment_export"'):
            raise DatabaseError("disk full")
        return execute(sql, *rest)

    desk.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        assert sent(desk).status_code == 500

    assert StaffAccess.objects.count() == 0
    assert [take_slot() is None for _ in range(3)] == [False, False, True]


def test_who_outlived_their_time_do_not_take_the_next_ones_place(db):
    late = take_slot()
    cache.delete(late.key)  # as the cache does when the time is over
    next_one = take_slot()

    late.release()

    assert cache.get(next_one.key) == next_one.holder


def break_off(response):
    """Close it as a server does whose client has gone; the test's connection to the database stays open."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("number", [1, 3])
def test_the_same_queries_for_one_result_as_for_many(number, desk, django_assert_num_queries):
    for _ in range(number):
        make_result()
    desk.get(EXPORT)

    # session, user, own permissions and the groups'; versions, campaigns; count, keys, rows of the list;
    # savepoint, access, (PostgreSQL: a lock,) the last result, what was taken, savepoint; versions, campaigns; results;
    # that they were sent
    with django_assert_num_queries(18 + (connection.vendor == "postgresql")):
        assert exported(sent(desk)) == ["Acme"] * number


@pytest.mark.parametrize(
    ("language", "first"), [("en", '"column","kind","meaning","values"'), ("fr", '"column";"kind";"meaning";"values"')]
)
def test_the_codebook_opens_where_its_language_is_spoken(language, first, desk):
    make_version()

    response = desk.get(f"/{language}/admin/assessment/result/codebook/")

    assert response.getvalue().decode("utf-8-sig").split("\r\n")[0].count(first[8]) == 3
    assert response.headers["Content-Disposition"] == f'attachment; filename="codebook-{timezone.localdate()}.csv"'


@pytest.mark.parametrize(("group", "status"), [("reader", 403), ("reviewer", 200)])
def test_who_may_read_the_codebook(group, status, client):
    client.force_login(make_staff(group=group))

    assert client.get(CODEBOOK).status_code == status


# What was taken is kept as what the list was narrowed to


@pytest.fixture
def narrowed(two):
    """Results that differ in all that the list can be narrowed to."""
    other = make_company(name="Gamma", sub_sector="pharma", size="large", region="FR-BRE", fictional=True)
    campaign = Campaign.objects.create(
        title="Spring", version=two[0].version, opens_on=NOON.date(), closes_on=NOON.date()
    )
    return [*two, submitted(company=other, at=NOON + timedelta(days=2), campaign=campaign)]


PARAMETERS = [
    *["?", "?version={version}", "?version={version}&level=2", "?campaign={campaign}", "?level=2"],
    *["?level=1", "?sub_sector__exact=pharma", "?sub_sector__exact=pharma&sub_sector__exact=biotech"],
    *["?size__exact=large", "?region__exact=FR-BRE"],
    *["?since=2026-06-09", "?until=2026-06-09", "?since=2026-06-09&until=2026-06-09", "?company__fictional__exact=1"],
    *["?q=alp", "?q=a&sub_sector__exact=pharma", "?sub_sector__isnull=True", "?o=2", "?capability=STR.VIS"],
]


@pytest.mark.parametrize("parameters", PARAMETERS)
def test_each_company_is_told_of_the_exports_that_took_its_result(parameters, desk, narrowed):
    parameters = parameters.format(version=narrowed[0].version_id, campaign=Campaign.objects.get().pk)
    desk.post("/en/admin/assessment/result/figures/", {"reason": "Level is a filter"})

    taken = exported(sent(desk, parameters))

    later = submitted(company=make_company(name="Later", sub_sector="pharma", size="large"), at=NOON)
    told = [result.company.name for result in [*narrowed, later] if concerned(result)]
    assert told == sorted(taken)


def concerned(result):
    return StaffAccess.objects.concerning(result.company).filter(kind="export").exists()


@pytest.mark.parametrize("number", [1, 3])
def test_no_row_is_written_for_a_result(number, desk):
    for _ in range(number):
        make_result()

    exported(sent(desk, "?sub_sector__exact=biotech"))

    assert (Export.objects.count(), AccessedResult.objects.count()) == (1, 0)


def test_few_found_by_words_are_named_more_are_told_though_they_may_not_have_left(two):
    asked = {"by": None, "reason": "Review", "format": "csv"}

    named = record_export(results=Result.objects.filter(company__name="Alpha"), most=1, **asked)
    more = record_export(results=Result.objects.filter(company__name__icontains="a"), most=1, **asked)

    assert [list(StaffAccess.objects.concerning(result.company)) for result in two] == [[more, named], [more]]
    assert [list(results_of(access, Result.objects.all())) for access in [named, more]] == [[two[0]], two[::-1]]


def test_what_was_sent_whole_is_known_by_its_checksum(desk, two):
    content = sent(desk).getvalue()

    export = Export.objects.get()
    assert (export.rows, export.size, export.sha256) == (2, len(content), sha256(content).hexdigest())
    assertContains(desk.get(EXPORT), export.sha256, count=1)


def test_what_broke_off_is_not_whole(desk, two):
    break_off(sent(desk))

    export = Export.objects.get()
    assert (export.rows, export.size, export.sha256, export.ended_at) == (None, None, "", None)
    assertContains(desk.get(EXPORT), "<td>not whole</td>", count=1)


def test_one_sees_ones_own_exports(desk, client, two):
    sent(desk).getvalue()
    client.force_login(make_staff(group="reviewer"))

    assert list(client.get(EXPORT).context["last"]) == []


@pytest.mark.parametrize("name", ["export_whole_or_not", "export_bounds_with_last_result"])
def test_an_export_is_whole_or_not_and_bounded_or_named(name, reviewer):
    access = StaffAccess.objects.create(kind="export", by=reviewer, reason="Review")
    odd = {"export_whole_or_not": {"rows": 3}, "export_bounds_with_last_result": {"levels": " 2 "}}

    with pytest.raises(IntegrityError, match=name):
        Export.objects.create(access=access, **odd[name])
