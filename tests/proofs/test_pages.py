"""Signed files are given to members, checked by anybody, and withdrawn by managers."""

import json

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.people import erase_company
from assessment.exchange.signed_results import signed_result
from assessment.maturity.file.answers_file import load_answers
from assessment.maturity.scoring import score
from assessment.maturity.signed import key_set, read, sign, signer
from assessment.models import Withdrawal
from assessment.rules.signing import known_keys, signing_key
from tests.factories import COMPLETE, DATA, definition_of, make_company, make_membership, make_result, make_user
from tests.proofs.makers import OTHER_KEY

GIVEN = COMPLETE | {"STR.VIS.2": {"text": "Our notebook"}}


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person, name="Éole & Fils"), by=person, answers=GIVEN)


@pytest.fixture
def content(result):
    return signed_result(result, with_answers=True, at=timezone.now())


def page(name, result):
    return reverse(name, args=[result.assessment_id, result.number])


def check(client, content, name="result.json", language="en"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("check").replace("/en/", f"/{language}/"), {"file": file})


def pdf_with(*contents):
    inputs = {f"r{place}": content.decode() for place, content in enumerate(contents)}
    attached = "".join(f'#pdf.attach("{name}.json", bytes(sys.inputs.{name}))\n' for name in inputs)
    return typst.compile(f'#set document(title: "Report")\n{attached}Report'.encode(), format="pdf", sys_inputs=inputs)


# --- Given ------------------------------------------------------------------------------------------------------------


def test_a_member_takes_the_result_away_signed_with_its_answers(signed_in, result):
    response = signed_in.get(page("result_proof", result))
    document = read(response.content)

    assert signer(response.content, document, known_keys()) == known_keys()[0]
    assert (document["result"], document["company"]["name"]) == (result.trace, "Éole & Fils")
    assert document["answers"]["STR.VIS.2"] == {"text": "Our notebook"}
    date = timezone.localdate(result.submitted_at)
    assert response["Content-Disposition"] == f'attachment; filename="digital-maturity-eole-fils-{date}.json"'


def test_or_with_level_and_scores_alone(signed_in, result):
    document = read(signed_in.get(page("result_proof", result) + "?answers=no").content)

    assert document["result"]["overall"] == result.trace["overall"]
    assert {"profile", "answers"} & set(document) == set()
    assert b"questions" not in json.dumps(document).encode()


def test_the_signed_file_can_be_scored_by_anyone(content, result):
    definition = definition_of(DATA / "small.yaml")

    assert score(definition, *load_answers(content.decode(), definition)).to_json() == result.trace


@pytest.mark.parametrize("name", ["result_proof", "result_share", "result_withdraw"])
def test_somebody_else_gets_404(client, result, name):
    client.force_login(make_user())

    assert client.get(page(name, result)).status_code == 404


@pytest.mark.parametrize(("withdrawn", "count"), [(False, 5), (True, 4)])
def test_the_page_to_share_costs_five_queries(signed_in, result, django_assert_num_queries, withdrawn, count):
    if withdrawn:
        Withdrawal.objects.create(proof_id=result.proof_id, reason="company")
    signed_in.get(page("result_share", result))

    with django_assert_num_queries(count):  # session, person, result, withdrawal, links
        signed_in.get(page("result_share", result))


# --- Checked ----------------------------------------------------------------------------------------------------------


def test_a_genuine_file_is_said_to_be_and_its_figures_are_shown(client, content, result):
    response = check(client, content)

    assertContains(response, '<h2 id="verdict-title">Genuine</h2>', html=True)
    assertContains(response, "every figure follows from its answers")
    assertContains(response, "Éole &amp; Fils")
    assert response.context["check"].differences == []


def test_a_file_without_answers_says_that_it_has_none(client, result):
    response = check(client, signed_result(result, with_answers=False, at=timezone.now()))

    assertContains(response, "It holds no answers")


def test_a_report_is_checked_by_the_file_attached_to_it(client, content):
    assertContains(check(client, pdf_with(content), "report.pdf"), "every figure follows from its answers")


@pytest.mark.parametrize(
    ("contents", "said"),
    [([], "No signed result is attached to this PDF."), ([b"{}", b"{}"], "Several files are attached to this PDF")],
)
def test_a_pdf_with_another_number_of_files_is_none_of_ours(client, db, contents, said):
    assertContains(check(client, pdf_with(*contents), "report.pdf"), said)


@pytest.mark.parametrize("content", [b"%PDF", b"%PDF-1.7\n" + b"1 0 obj<<>>" * 1000])
def test_a_pdf_that_cannot_be_read_is_refused_in_words(client, db, content):
    assert check(client, content, "report.pdf").context["check"].problem in {"unreadable_pdf", "no_attachment"}


def test_a_changed_figure_is_named_with_what_the_answers_give(client, content, result):
    document = json.loads(content)
    document["result"]["overall"]["score"] = "99.9"

    response = check(client, json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())

    assertContains(response, "something in it was changed")
    assert response.context["verdict"].differences == [("overall.score", "99.9", str(result.score))]
    assertNotContains(response, "Éole")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (lambda result: result["dimensions"][0], "Strategy – score"),
        (lambda result: result["dimensions"][0]["capabilities"][0], "Vision – score"),
        (lambda result: result["dimensions"][0]["capabilities"][0]["questions"][0], "STR.VIS.1 – score"),
    ],
)
def test_a_part_whose_figure_was_changed_is_named_as_people_know_it(client, content, part, expected):
    document = json.loads(content)
    part(document["result"])["score"] = "99.9"

    differences = check(client, json.dumps(document).encode()).context["verdict"].differences

    assert [place for place, _stated, _computed in differences] == [expected]


def test_another_sites_signature_is_not_ours(client, content):
    stated = {key: part for key, part in json.loads(content).items() if key != "signature"}

    assertContains(check(client, sign(stated, OTHER_KEY)), "signed by somebody else")


def test_signed_figures_that_no_longer_follow_are_said(client, content):
    stated = {key: part for key, part in json.loads(content).items() if key != "signature"}
    stated["result"]["overall"]["score"] = "99.9"

    response = check(client, sign(stated, signing_key()))

    assertContains(response, "Genuine, but not all figures follow from the answers")


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document["result"].update(checksum="\ud800"),
        lambda document: document["result"].update(version="2026\0"),
        lambda document: document["result"]["overall"].update(score="\ud800"),
        lambda document: document["result"].update({"\ud800": 1}),
        lambda document: document["answers"].update({"\ud800": {"text": "\udfff"}}),
        lambda document: document.update({"\ud800": 1}),
        lambda document: document["company"].update(name="\ud800"),
    ],
)
def test_half_of_a_letter_anywhere_is_refused_in_words(client, content, tmp_path, capsys, change):
    document = json.loads(content)
    change(document)
    (tmp_path / "half.json").write_bytes(json.dumps(document).encode())

    response = check(client, (tmp_path / "half.json").read_bytes())

    assert (response.status_code, response.context["check"].is_genuine) == (200, False)
    assert verify(capsys, tmp_path / "half.json", status=1)["genuine"] is False


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_a_file_says_is_taken_for_html(client, result, language):
    result.company.name = "<script>alert(1)</script>"

    response = check(client, signed_result(result, with_answers=True, at=timezone.now()), language=language)

    assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertNotContains(response, "<script>alert")


def test_without_a_file_it_says_what_to_do(client, db):
    response = client.post(reverse("check"), {})

    assertContains(response, "Choose the file to check.", status_code=422)


def test_the_twenty_first_file_of_a_minute_waits(client, db):
    statuses = [check(client, b"{}").status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]


def test_checking_stores_nothing(client, content, django_assert_num_queries):
    check(client, content)

    with django_assert_num_queries(2):  # version, withdrawal
        check(client, content)


# --- Withdrawn --------------------------------------------------------------------------------------------------------


def test_a_manager_withdraws_and_every_file_of_the_result_says_so(signed_in, client, result, content):
    response = signed_in.post(page("result_withdraw", result))

    assertRedirects(response, page("result_share", result))
    assertContains(check(client, content), "Signed by this site, then withdrawn")
    assert client.get(reverse("withdrawn_result", args=[result.proof_id])).json()["id"] == str(result.proof_id)


def test_withdrawing_twice_is_as_once(signed_in, result):
    signed_in.post(page("result_withdraw", result))
    first = Withdrawal.objects.get().at

    signed_in.post(page("result_withdraw", result))

    assert Withdrawal.objects.get().at == first


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_only_managers_withdraw(client, result, role):
    member = make_membership(company=result.company, user=make_user(), role=role).user
    client.force_login(member)

    assert client.post(page("result_withdraw", result)).status_code == 403
    assert Withdrawal.objects.count() == 0


def test_an_erased_company_leaves_no_file_that_counts(client, result, content):
    erase_company(company=result.company, reason="asked for")

    assertContains(check(client, content), "the company’s data were erased")


def test_nothing_was_withdrawn_under_another_name(client, result):
    assert client.get(reverse("withdrawn_result", args=[result.proof_id])).status_code == 404


def test_the_public_keys_are_open_to_pages_of_others(client, settings):
    settings.SIGNING_KEYS_BEFORE = [key_set([OTHER_KEY.public_key()])["keys"][0]["x"]]

    response = client.get("/.well-known/result-keys.json")

    assert response.json() == key_set([*known_keys()[:1], OTHER_KEY.public_key()])
    assert response["Access-Control-Allow-Origin"] == "*"


# --- By command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path, content):
    paths = {
        "result.json": content,
        "keys.json": json.dumps(key_set(known_keys())).encode(),
        "report.pdf": pdf_with(content),
    }
    for name, written in paths.items():
        (tmp_path / name).write_bytes(written)
    return tmp_path


def verify(capsys, *arguments, status=None):
    if status:
        with pytest.raises(SystemExit) as ended:
            call_command("verify_result", *map(str, arguments))
        assert ended.value.code == status
    else:
        call_command("verify_result", *map(str, arguments))
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["result.json", "report.pdf"])
def test_the_command_checks_without_the_site(files, capsys, name, result):
    said = verify(capsys, files / name, DATA / "small.yaml", "--keys", files / "keys.json")

    assert (said["genuine"], said["id"], said["differences"]) == (True, str(result.proof_id), [])


def test_without_the_questionnaire_it_says_what_it_can(files, capsys):
    said = verify(capsys, files / "result.json")

    assert (said["genuine"], said["differences"]) == (True, None)


def test_the_command_names_what_is_wrong_and_fails(files, capsys, content):
    (files / "result.json").write_bytes(content.replace(b'"number":1', b'"number":2'))

    assert verify(capsys, files / "result.json", status=1) == {"genuine": False, "problem": "altered"}


def test_the_wrong_questionnaire_is_a_difference(files, capsys):
    other = files / "other.yaml"
    other.write_text((DATA / "small.yaml").read_text().replace("weight: 2", "weight: 3"))

    said = verify(capsys, files / "result.json", other, status=1)

    assert [each["place"] for each in said["differences"]] == ["result.checksum"]
