"""A link shows one result to whoever has it, until it ends or is revoked; and nothing else, to nobody else."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions.proofs import link_of, make_link, revoke_link, withdraw
from assessment.maturity.signed import read, signer
from assessment.models import ResultLink
from assessment.rules.signing import known_keys
from tests.factories import answer, make_assessment, make_company, make_membership, make_result, make_user


@pytest.fixture
def result(person):
    return make_result(company=make_company(member=person, name="Éole"), by=person)


def page(name, result, *more):
    return reverse(name, args=[result.assessment_id, result.number, *more])


def make(client, result, **typed):
    return client.post(page("result_share", result), {"whom": "The bank", "days": "30", **typed}, follow=True)


def address_in(response):
    return re.search(r"<code class=\"text-break\">http://testserver(.*?)</code>", response.content.decode())[1]


@pytest.fixture
def address(signed_in, result):
    return address_in(make(signed_in, result))


def link(result, **fields):
    made = ResultLink(whom="The bank", days=30, **fields)
    return make_link(link=made, result=result, by=result.submitted_by), made


def test_a_manager_makes_a_link_whose_address_is_shown_once(signed_in, client, result, address):
    stored = ResultLink.objects.get()

    assert (stored.whom, stored.days, stored.with_answers, stored.openings) == ("The bank", 30, False, 0)
    assert address.split("/")[3] not in stored.token_hash
    assertNotContains(signed_in.get(page("result_share", result)), address)


def test_whoever_has_it_reads_the_result_and_no_answer(client, result, address):
    client.logout()

    response = client.get(address)

    assertContains(response, "Éole")
    assertContains(response, f'<span class="score-value">{result.score}</span>')
    assertNotContains(response, "proof-question")
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]


def test_answers_are_shown_where_the_manager_chose_it_without_comments(client, person):
    company = make_company(member=person)
    first = make_result(company=company, by=person)
    assessment = make_assessment(company=company, version=first.version)
    result = make_result(company=make_company(member=person, name="Other"), by=person, version=first.version)
    answer(assessment=assessment, by=person, question="STR.VIS.2", value={"text": "Notebook"}, comment="Between us")
    token, _made = link(result, with_answers=True)

    response = client.get(reverse("shared_result", args=[token]))

    assertContains(response, "proof-question")
    assertNotContains(response, "Between us")


def test_the_signed_file_goes_with_it(client, result):
    for with_answers in [True, False]:
        token, _made = link(result, with_answers=with_answers)

        content = client.get(reverse("shared_proof", args=[token])).content

        document = read(content)
        assert signer(content, document, known_keys()) == known_keys()[0]
        assert ("answers" in document) is with_answers


def test_the_address_is_shown_with_its_own_result_alone(signed_in, person, result):
    other = make_result(company=make_company(member=person, name="Other"), by=person, version=result.version)

    signed_in.post(page("result_share", result), {"whom": "The bank", "days": "30"})

    assertNotContains(signed_in.get(page("result_share", other)), "text-break")
    assertContains(signed_in.get(page("result_share", result)), "text-break")


# --- Counted ----------------------------------------------------------------------------------------------------------


def test_each_opening_is_counted_and_shown_to_the_company(signed_in, client, result, address):
    for _ in range(3):
        client.get(address)

    assert ResultLink.objects.get().openings == 3
    assertContains(signed_in.get(page("result_share", result)), '<td class="number">3<br>')


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("get", {"Sec-Purpose": "prefetch;prerender"}),
        ("get", {"Purpose": "prefetch"}),
        ("get", {"X-Purpose": "Preview"}),
        ("get", {"X-Moz": "prefetch"}),
    ],
)
def test_what_looks_ahead_is_no_opening(client, address, method, headers):
    assert getattr(client, method)(address, headers=headers).status_code == 200
    assert ResultLink.objects.get().openings == 0


# --- Ended ------------------------------------------------------------------------------------------------------------


def test_a_link_ends_by_itself(result):
    token, made = link(result)

    assert link_of(token, at=made.ends_at - timedelta(seconds=1)) == made
    assert link_of(token, at=made.ends_at) is None


def test_what_no_longer_opens_answers_like_what_never_did(signed_in, client, result, address):
    ended, made = link(result)
    ResultLink.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=31))
    revoked, other = link(result)
    revoke_link(link=other)
    client.logout()

    pages = [client.get(reverse("shared_result", args=[token])) for token in [ended, revoked, "guessed", "x" * 43]]

    assert [page.status_code for page in pages] == [404] * 4
    # The name of a page that isn't there stands in the links to it in another language
    bare = {re.sub(rb"/shared/[^/]*/", b"", page.content) for page in pages}
    assert len({re.sub(rb'value="\w{64}"', b"", content) for content in bare}) == 1


def test_a_manager_revokes_it_and_it_is_gone(signed_in, client, result, address):
    made = ResultLink.objects.get()

    response = signed_in.post(page("result_link_revoke", result, made.pk))

    assertRedirects(response, page("result_share", result))
    assert client.get(address).status_code == 404
    assertContains(signed_in.get(page("result_share", result)), "revoked on")


def test_withdrawing_the_signed_files_closes_every_link(client, result, address):
    withdraw(result=result)

    assert client.get(address).status_code == 404


def test_a_withdrawn_result_gets_no_new_link(signed_in, result):
    withdraw(result=result)

    assert make(signed_in, result).status_code == 403
    assert ResultLink.objects.count() == 0


# --- Whose ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reader", "contributor"])
def test_other_members_neither_make_nor_see_nor_revoke_links(client, result, role):
    _token, made = link(result)
    client.force_login(make_membership(company=result.company, user=make_user(), role=role).user)

    assert make(client, result).status_code == 403
    assert client.post(page("result_link_revoke", result, made.pk)).status_code == 404
    assertNotContains(client.get(page("result_share", result)), "The bank")


def test_a_manager_of_another_company_gets_404(client, result):
    _token, made = link(result)
    other = make_user()
    own = make_result(company=make_company(member=other, name="Other"), by=other, version=result.version)
    client.force_login(other)

    assert make(client, result).status_code == 404
    assert client.post(page("result_link_revoke", own, made.pk)).status_code == 404
    assert ResultLink.objects.get().revoked_at is None


# --- Typed ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"whom": ""}, "Say for whom the link is, so that you know it again."),
        ({"days": "365"}, "365 is not one of the available choices"),
        ({"days": ""}, "This field is required."),
    ],
)
def test_a_form_that_lacks_something_says_what(signed_in, result, typed, said):
    response = make(signed_in, result, **typed)

    assertContains(response, said, status_code=422)
    assert ResultLink.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_the_links(signed_in, result, django_assert_num_queries, count):
    for _ in range(count):
        link(result)
    signed_in.get(page("result_share", result))

    with django_assert_num_queries(5):  # session, person, result, withdrawal, links
        signed_in.get(page("result_share", result))


def test_opening_costs_two_queries(client, address, django_assert_num_queries):
    client.logout()
    client.get(address)

    with django_assert_num_queries(2):  # the link with its result, the count
        client.get(address)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("resultlink_ends_within_ninety_days", {"days": 91}),
        ("resultlink_ends_within_ninety_days", {"days": 0}),
        ("resultlink_says_for_whom", {"whom": ""}),
    ],
)
def test_constraint(result, name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ResultLink.objects.create(**{"result": result, "whom": "x", "days": 7, "token_hash": "0" * 64, **values})


def test_no_log_holds_the_address(client, address, caplog):
    with caplog.at_level("INFO"):
        client.get(address)

    assert [record for record in caplog.records if address.split("/")[3] in str(record.msg) + record.getMessage()] == []
