"""Error pages: in the reader's language, in the site's look, and needing nothing that may be broken."""

import re

import pytest
from django.test import Client
from django.utils import translation

pytestmark = pytest.mark.urls("tests.look.urls")


@pytest.fixture
def failing(client):
    client.raise_request_exception = False
    return client


def heading(response):
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL).group(1)


def language(response):
    return re.search(r'<html lang="(\w+)"', response.content.decode()).group(1)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["fr", "en"])
def test_an_unknown_address_in_both_languages(client, code):
    response = client.get(f"/{code}/nowhere/")

    with translation.override(code):
        assert heading(response) == translation.gettext("This page doesn’t exist")
    assert (response.status_code, language(response)) == (404, code)


@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_failure_in_both_languages(failing, code):
    response = failing.get(f"/{code}/fail/")

    with translation.override(code):
        assert heading(response) == translation.gettext("Something went wrong on our side")
    assert (response.status_code, language(response)) == (500, code)


def test_a_failure_outside_the_languages_speaks_the_browsers(failing):
    response = failing.get("/fail/", headers={"accept-language": "en-GB"})

    assert language(response) == "en"


def test_a_failure_of_a_browser_that_asks_for_another_language_is_french(failing):
    response = failing.get("/fail/", headers={"accept-language": "de"})

    assert language(response) == "fr"


def test_a_failure_needs_no_database(failing):
    """This test may not touch it: no mark asks for one."""
    response = failing.get("/en/fail/", headers={"cookie": "session=somebody"})

    assert response.status_code == 500


def test_a_failure_gives_the_number_that_the_log_has(failing):
    response = failing.get("/en/fail/")

    assert f"<code>{response.wsgi_request.id}</code>" in response.content.decode()


def test_a_failure_says_nothing_of_its_cause(failing):
    response = failing.get("/en/fail/")

    assert re.findall("RuntimeError|always fails|Traceback", response.content.decode()) == []


def test_a_host_that_is_not_ours_is_told_so_in_the_browsers_language(client):
    response = client.get("/nowhere", headers={"host": "evil.example", "accept-language": "en"})

    assert (response.status_code, language(response)) == (400, "en")
    assert heading(response) == "This request can’t be read"


@pytest.mark.django_db
def test_a_stale_form_offers_its_own_page_again():
    response = Client(enforce_csrf_checks=True).post("/en/account/logout/?next=/en/start/")

    assert heading(response) == "This form has expired"
    assert 'href="/en/account/logout/?next=/en/start/"' in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_leads_somebody_signed_in_to_their_assessments(signed_in):
    response = signed_in.get("/en/refuse/")

    assert (response.status_code, heading(response)) == (403, "You may not do this")
    assert 'href="/en/start/">Go to my assessments' in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_asks_a_visitor_to_sign_in(client):
    response = client.get("/en/refuse/")

    assert (response.status_code, heading(response)) == (403, "You may not do this")
    assert '<a class="btn btn-primary" href="/en/account/login/">Sign in</a>' in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_keeps_the_menu_of_somebody_signed_in(signed_in):
    response = signed_in.get("/en/nowhere/")

    assert response.status_code == 404
    assert 'action="/en/account/logout/"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["//evil.example/", "/%5Cevil.example/", "/en//evil.example/"])
def test_no_link_of_an_error_page_leaves_the_site(client, address):
    response = client.get(address)

    links = re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())
    assert [link for link in links if re.match(r"//|\\|https?:", link)] == []
