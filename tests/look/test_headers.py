"""Every response carries the same protection, whatever answered: a view, an error, a redirect, a file."""

import pytest
from django.core.cache import cache
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
    ),
}

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.look.urls")]


def assert_protected(response, status):
    response.close()
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert {"Server", "X-Powered-By"} & set(response.headers) == set()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/", 200),
        ("/", 302),
        ("/en/start/", 302),
        ("/en/nowhere/", 404),
        ("/nowhere", 404),
        ("/en/legal", 301),
        ("/en/admin/", 302),
        ("/en/account/login/", 200),
        ("/static/css/site.css", 200),
        ("/static/bootstrap/bootstrap.min.css", 200),
        ("/static/nowhere.css", 404),
        ("/favicon.ico", 301),
        ("/robots.txt", 200),
        ("/livez", 200),
    ],
)
def test_any_address(client, address, status):
    assert_protected(client.get(address), status)


def test_an_error_of_ours(client):
    client.raise_request_exception = False

    assert_protected(client.get("/en/fail/"), 500)


def test_a_host_that_is_not_ours(client):
    assert_protected(client.get("/en/", headers={"host": "evil.example"}), 400)


def test_a_host_that_is_not_ours_where_http_is_redirected(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert_protected(client.get("/en/", headers={"host": "evil.example"}), 400)


def test_a_redirect_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert_protected(client.get("/en/"), 301)


def test_a_form_without_its_token():
    assert_protected(Client(enforce_csrf_checks=True).post("/en/start/"), 403)


def test_a_method_that_a_page_does_not_have(client):
    assert_protected(client.post("/en/"), 405)


def test_too_many_tries(client):
    cache.clear()
    tries = [client.post("/en/account/login/", {"login": "a@b.example", "password": "x"}) for _ in range(40)]
    cache.clear()

    assert_protected(tries[-1], 429)


def test_pages_of_somebody_signed_in_are_not_stored(signed_in):
    response = signed_in.get("/en/start/")

    assert_protected(response, 200)
    assert response.headers["Cache-Control"] == "no-store"


def test_pages_for_visitors_set_no_cookie(client):
    for address in ["/en/", "/en/legal/", "/en/contract/", "/en/nowhere/"]:
        client.get(address)

    assert dict(client.cookies) == {}


@pytest.mark.parametrize(("address", "encoding"), [("/en/", "gzip"), ("/en/nowhere/", "gzip"), ("/livez", None)])
def test_pages_are_compressed(client, address, encoding):
    response = client.get(address, headers={"accept-encoding": "gzip, br"})

    assert response.headers.get("Content-Encoding") == encoding


def test_pages_go_plain_to_whoever_asks_for_nothing_else(client):
    assert "Content-Encoding" not in client.get("/en/").headers
