"""Whatever is typed is stored character for character, or refused in words with the text still there: never cut, never a 500."""

from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from assessment.actions.individual_answers import open_consultation
from assessment.models import Answer, AnswerChange, Company, IndividualAnswer, Reopening, UseCase, User
from tests.factories import make_assessment, make_company, make_result, make_staff
from tests.usecases.makers import make_use_case

# The texts of forms are shown again with their marks, which the checker of templates takes for its own
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
PLAIN = {
    "composed": "\u00e9t\u00e9",
    "decomposed": "e\u0301te\u0301",
    "beyond the first plane": "\U0001f9ec \U00020bb7",
    "joined emoji": "\U0001f469\u200d\U0001f52c \U0001f469\U0001f3fd\u200d\u2695\ufe0f",
    "spaces of French": "Vraiment\u00a0? Oui\u202f! 1\u202f234 «\u00a0mot\u00a0»",
    "right to left": "\u05d0\u05d1\u200f \u0645\u0631\u062d\u0628\u0627",
    "soft hyphen": "bio\u00adtechnologie",
    "markup": "<b>&amp;'\"</b>",
    "several lines": "one\n\ttwo\n\nthree",
}
HOSTILE = {
    "controls": "a\x01\x1b[31m\x07b",
    "C1 controls": "a\x9b31mb",
    "turned around": "\u202eabc",
    "no character": "a\ufffeb",
}
NULL, LONG = "a\0b", "x" * 100_000
each_plain = pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
each_hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
ANSWERED = {"typed": "text", "comment": "comment", "evidence": "evidence"}


@pytest.fixture(autouse=True)
def _fresh(client):
    """No rate limit of an earlier test counts."""
    cache.clear()


@pytest.fixture
def company(person):
    return make_company(member=person)


@pytest.fixture
def assessment(company):
    return make_assessment(company=company)


# --- Answers keep everything but the null character ------------------------------------------------------------------------


def save(client, assessment, code, **fields):
    url = reverse("assessment_answer", args=[assessment.pk, code])
    return client.post(url, {f"{code}-{name}": value for name, value in fields.items()})


@pytest.mark.parametrize("text", [*PLAIN.values(), *HOSTILE.values()], ids=[*PLAIN, *HOSTILE])
def test_an_answer_its_comment_and_its_evidence_are_stored_byte_for_byte(signed_in, assessment, text):
    response = save(signed_in, assessment, "STR.VIS.2", typed=text, comment=text, evidence=text)

    row, change = Answer.objects.get(), AnswerChange.objects.get()
    assert response["X-Revision"] == "1"
    assert (row.value, row.comment, row.evidence) == ({"text": text}, text, text)
    assert (change.value, change.comment, change.evidence) == ({"text": text}, text, text)


@each_plain
def test_a_figure_that_is_none_and_a_reason_are_kept_as_they_were_typed(signed_in, assessment, text):
    save(signed_in, assessment, "OPS.MES.2", typed=text)
    save(signed_in, assessment, "STR.VIS.1", pick="not_applicable", reason=text)

    number, reason = Answer.objects.order_by("question").values_list("value", flat=True)
    assert number == {"draft": {"pick": [], "typed": text, "reason": ""}}
    assert reason == {"not_applicable": text}


@pytest.mark.parametrize("field", ["typed", "comment", "evidence", "reason"])
@pytest.mark.parametrize(
    ("text", "said"),
    [(NULL, "Null characters are not allowed."), (LONG, "Ensure this value has at most 5000 characters")],
    ids=["null", "too long"],
)
def test_what_an_answer_cannot_hold_is_refused_in_words_and_nothing_is_stored(signed_in, assessment, field, text, said):
    response = save(signed_in, assessment, "STR.VIS.2", **{"typed": "ok", field: text})

    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert (response.has_header("X-Revision"), Answer.objects.count()) == (False, 0)


@pytest.mark.parametrize("text", [NULL, LONG], ids=["null", "too long"])
def test_the_page_shows_again_what_was_refused(signed_in, assessment, text):
    fields = {"STR.VIS.2-typed": text, "STR.VIS.2-revision": "0"}

    response = signed_in.post(reverse("assessment_dimension", args=[assessment.pk, "STR"]), fields)

    [_first, asked] = [item for section in response.context["sections"] for item in section.asked]
    assert (response.status_code, asked.form.shown["typed"], Answer.objects.count()) == (422, text, 0)


@pytest.mark.parametrize(("accept", "whole_page"), [("*/*", False), ("text/html,*/*", True)])
def test_ten_megabytes_are_refused_in_words_on_a_page_or_under_the_question(signed_in, assessment, accept, whole_page):
    url = reverse("assessment_answer", args=[assessment.pk, "STR.VIS.2"])
    body = urlencode({"STR.VIS.2-typed": "x" * 10_000_000})

    response = signed_in.post(url, body, content_type="application/x-www-form-urlencoded", headers={"Accept": accept})

    content = response.content.decode()
    assert (response.status_code, "<h1>" in content, "still" in content) == (413, whole_page, True)
    assert Answer.objects.count() == 0


def test_bytes_that_are_no_text_are_stored_as_the_sign_for_that(signed_in, assessment):
    """Browsers send the same sign for half a character; nothing else of the answer is touched."""
    url = reverse("assessment_answer", args=[assessment.pk, "STR.VIS.2"])
    body = b"STR.VIS.2-typed=a%FFb&STR.VIS.2-comment=%ED%A0%80"

    signed_in.generic("POST", url, body, content_type="application/x-www-form-urlencoded")

    row = Answer.objects.get()
    assert (row.value, row.comment) == ({"text": "a\ufffdb"}, "\ufffd" * 3)


def test_no_field_of_an_answer_is_cut_by_the_browser(signed_in, assessment):
    pages = [
        signed_in.get(reverse("assessment_dimension", args=[assessment.pk, "STR"])),
        signed_in.get(reverse("company_edit", args=[assessment.company_id])),
    ]

    assert [page.content.count(b'maxlength="') for page in pages] == [0, 0]


@pytest.mark.parametrize("text", [*PLAIN.values(), *HOSTILE.values()], ids=[*PLAIN, *HOSTILE])
def test_an_individual_answer_and_its_comment_are_stored_byte_for_byte(signed_in, person, assessment, text):
    open_consultation(assessment=assessment, dimension="OPS", by=person)
    url = reverse("individual_answer", args=[assessment.pk, "OPS", "OPS.MES.2"])

    signed_in.post(url, {"OPS.MES.2-typed": text, "OPS.MES.2-comment": text})

    row = IndividualAnswer.objects.get()
    assert (row.value["draft"]["typed"], row.comment) == (text, text)


# --- Texts on several lines ------------------------------------------------------------------------------------------------


@pytest.fixture
def use_case(company, person):
    return make_use_case(company=company, by=person)


def write(client, use_case, text):
    url = reverse("company_use_case_edit", args=[use_case.company_id, use_case.pk])
    seen = UseCase.objects.get(pk=use_case.pk).updated_at.isoformat()
    return client.post(url, {"seen": seen, "solution_fr": text, "problem_fr": "Kept"})


def ask(client, result, text):
    return client.post(reverse("assessment_reopening", args=[result.assessment_id]), {"reason": text})


@each_plain
def test_a_use_case_and_a_reason_keep_every_character(signed_in, person, use_case, text):
    result = make_result(company=make_company(member=person), by=person)

    write(signed_in, use_case, text)
    ask(signed_in, result, text)

    assert (UseCase.objects.get().solution_fr, Reopening.objects.get().reason) == (text, text)


def test_line_ends_of_every_kind_become_one(signed_in, use_case):
    write(signed_in, use_case, "a\r\nb\rc\x0bd\x85e\u2028f")

    assert UseCase.objects.get().solution_fr == "a\nb\nc\nd\ne\nf"


@pytest.mark.parametrize("text", [*HOSTILE.values(), NULL, LONG], ids=[*HOSTILE, "null", "too long"])
def test_what_a_use_case_cannot_hold_is_refused_in_words_beside_what_it_can(signed_in, use_case, text):
    before = use_case.solution_fr

    form = write(signed_in, use_case, text).context["form"]

    stored = UseCase.objects.get()
    assert (list(form.errors), form["solution_fr"].value()) == (["solution_fr"], text)
    assert (stored.solution_fr, stored.problem_fr) == (before, "Kept")


@each_hostile
def test_staff_do_not_write_it_either(client, use_case, text):
    client.force_login(make_staff())
    url = reverse("admin:assessment_usecase_change", args=[use_case.pk])

    response = client.post(url, {"solution_fr": text, "title_fr": text})

    assert list(response.context["adminform"].form.errors) == ["title_fr", "solution_fr"]
    assert UseCase.objects.get().solution_fr == use_case.solution_fr


# --- Names: one line, spelled one way --------------------------------------------------------------------------------------


def name_company(client, company, name):
    profile = {"sub_sector": "biotech", "size": "small", "region": "FR-IDF", "activities": ["research"]}
    return client.post(reverse("company_edit", args=[company.pk]), profile | {"name": name})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("E\u0301clair SA", "\u00c9clair SA"),
        ("Bio\u00a0&\u202fCie", "Bio & Cie"),
        ("\U0001f9ec Labs", "\U0001f9ec Labs"),
        ("\u05d0\u05d1 Labs", "\u05d0\u05d1 Labs"),
        ("x" * 150, "x" * 150),
    ],
)
def test_a_name_is_kept_whole_with_its_spaces_and_accents_spelled_one_way(signed_in, person, company, typed, kept):
    name_company(signed_in, company, typed)
    signed_in.post(reverse("account"), {"name": typed})

    assert (Company.objects.get().name, User.objects.get(pk=person.pk).name) == (kept, kept)


@pytest.mark.parametrize(
    "name",
    [*HOSTILE.values(), NULL, LONG, PLAIN["joined emoji"], PLAIN["soft hyphen"]],
    ids=[*HOSTILE, "null", "too long", "joined emoji", "soft hyphen"],
)
def test_a_name_with_what_cannot_be_seen_is_refused_and_shown_again(signed_in, person, company, name):
    forms = [
        name_company(signed_in, company, name).context["form"],
        signed_in.post(reverse("account"), {"name": name}).context["form"],
    ]

    assert [(list(form.errors), form["name"].value()) for form in forms] == [(["name"], name)] * 2
    assert (Company.objects.get().name, User.objects.get(pk=person.pk).name) == ("Acme", "Ada")


# --- Whatever is asked for -------------------------------------------------------------------------------------------------


EVERYTHING = {**PLAIN, **HOSTILE, "null": NULL, "too long": LONG[:10_000]}  # visitors send 64 kB at most


@pytest.mark.parametrize("text", EVERYTHING.values(), ids=EVERYTHING)
def test_the_ways_in_refuse_what_is_no_address_on_their_own_page(company, signed_in, text):
    posts = [
        (signed_in, "company_invite", [company.pk], {"email": f"{text}@x.example", "role": "reader"}),
        (Client(), "account_signup", [], {"email": f"{text}@x.example", "password1": text}),
        (Client(), "account_login", [], {"login": text, "password": text}),
        (Client(), "account_request_login_code", [], {"email": text}),
        (Client(), "account_reset_password", [], {"email": text}),
    ]

    responses = [client.post(reverse(name, args=args), data) for client, name, args, data in posts]

    assert [response.status_code for response in responses] == [200] * 5
    assert all(response.context["form"].errors for response in responses)


@pytest.mark.parametrize("text", [*PLAIN.values(), *HOSTILE.values()], ids=[*PLAIN, *HOSTILE])
@pytest.mark.parametrize("name", ["use_cases", "glossary", "account_login", "invitation"])
def test_no_question_in_an_address_breaks_a_page(client, text, name):
    asked = dict.fromkeys(["q", "token", "next", "page", "sub_sector", "capability", "sort"], text)

    assert client.get(reverse(name), asked).status_code in {200, 302, 404}


@pytest.mark.parametrize("query", ["q=%00", "sub_sector=a%00b", "q=%%0000b", "status__exact=%00&o=1"])
@pytest.mark.parametrize(
    "name", ["use_cases", "admin:assessment_result_changelist", "admin:assessment_usecase_changelist"]
)
def test_a_null_character_in_an_address_is_left_out_before_any_database_sees_it(client, query, name):
    client.force_login(make_staff())

    response = client.get(f"{reverse(name)}?{query}")

    assert response.status_code == client.get(f"{reverse(name)}?{query.replace('%00', '')}").status_code
    assert (response.status_code < 400, response.wsgi_request.META["QUERY_STRING"].count("%00")) == (True, 0)
