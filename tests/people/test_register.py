"""A company found in the public register: proposed, correctable, and never in the way."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from stdnum.fr import siren
from structlog.testing import capture_logs

from assessment import register
from assessment.models import Region, Size, SubSector
from demo.register import COMPANIES, server
from tests.ground.test_settings import SAFE, start

pytestmark = pytest.mark.django_db
BIOSEVE = {"name": "BIOSEVE", "siren": "999000003", "sub_sector": "biotech", "size": "small", "region": "FR-ARA"}


def served(settings, listening):
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    settings.COMPANY_REGISTER_URL = f"http://127.0.0.1:{listening.server_port}"
    return listening


@pytest.fixture
def stub(settings):
    listening = served(settings, server())
    yield listening
    listening.shutdown()
    listening.server_close()


def answering(body, *, status=200, wait=0.0, headers=()):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            time.sleep(wait)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def asked(client, words):
    return client.get(reverse("company_create"), {"find": words})


@pytest.mark.parametrize("words", ["999000003", "999 000 003", " 999 000 003 "])
def test_a_siren_fills_in_what_the_register_knows(signed_in, stub, words):
    form = asked(signed_in, words).context["form"]

    assert {name: form[name].value() for name in BIOSEVE} == BIOSEVE
    assert form["activities"].value() == ["research", "clinical"]
    assert form.errors == {}


def test_of_several_by_name_one_chooses_among_the_active_ones(signed_in, stub):
    page = asked(signed_in, "bioseve")

    assertContains(page, 'href="?find=999000003"')
    assertContains(page, 'href="?find=999000011"')
    assertNotContains(page, "ANCIENNE")
    assert page.context["form"]["name"].value() is None


def test_nothing_found_is_said_and_the_form_is_there(signed_in, stub):
    page = asked(signed_in, "no such company")

    assertContains(page, "No active company of this name or SIREN")
    assertContains(page, 'name="sub_sector"')


def test_without_a_register_nothing_is_offered(signed_in):
    page = asked(signed_in, "999000003")

    assertNotContains(page, "Find my company")
    assert page.context["form"]["name"].value() is None


@pytest.mark.parametrize(
    "broken",
    [
        answering(b"", status=500),
        answering(b"<html>"),
        answering(b"[]"),
        answering(b'{"results": [{}]}'),
        answering(b'{"results": 3}'),
        answering(b" " * (register.MOST_BYTES + 1)),
        answering(b"", status=302, headers=[("Location", "http://127.0.0.1:9/")]),
    ],
    ids=["error", "no JSON", "a list", "no name", "a number", "too long", "elsewhere"],
)
def test_a_register_that_answers_badly_keeps_nobody(signed_in, settings, broken):
    served(settings, broken)

    page = asked(signed_in, "999000003")
    broken.shutdown()
    broken.server_close()

    assertContains(page, "The register does not answer now")
    assertContains(page, 'name="sub_sector"')


def test_a_register_that_is_slow_keeps_nobody_for_long(signed_in, settings, monkeypatch):
    monkeypatch.setattr(register, "SECONDS", 0.2)
    slow = served(settings, answering(b'{"results": []}', wait=1))

    before = time.monotonic()
    page = asked(signed_in, "999000003")
    took = time.monotonic() - before
    slow.shutdown()
    slow.server_close()

    assertContains(page, "The register does not answer now")
    assert took < 0.9


def test_the_log_has_nothing_of_what_was_typed(signed_in, settings):
    settings.COMPANY_REGISTER_URL = "http://127.0.0.1:9"

    with capture_logs() as lines:
        asked(signed_in, "999000003")

    assert [line for line in lines if "register" in line["event"]] == [
        {"event": "register_failed", "error": "URLError", "log_level": "warning"}
    ]


def test_one_person_asks_thirty_times_an_hour(signed_in, stub):
    pages = [asked(signed_in, "999000003") for _ in range(31)]

    assert ["does not answer now" in page.content.decode() for page in pages] == [False] * 30 + [True]


def test_a_form_that_was_sent_asks_the_register_nothing(signed_in, settings):
    settings.COMPANY_REGISTER_URL = "http://127.0.0.1:9"

    sent = signed_in.post(reverse("company_create") + "?find=999000003", {"name": "Acme"})

    assert sent.context["form"]["name"].value() == "Acme"
    assertNotContains(sent, "does not answer")


def test_what_is_read_is_of_ours():
    assert set(register.REGIONS.values()) == {region for region in Region if region != Region.ABROAD}
    assert set(register.SIZES.values()) == set(Size)
    assert set(register.SUB_SECTORS.values()) <= set(SubSector)


def test_the_fictional_ones_have_sirens_that_check():
    assert all(siren.is_valid(company["siren"]) for company in COMPANIES)


@pytest.mark.parametrize(
    ("address", "refused"),
    [("http://register.example", True), ("ftp://register.example", True), ("https://register.example", False)],
)
def test_production_asks_over_https_alone(tmp_path, address, refused):
    reason = start(tmp_path, **SAFE, COMPANY_REGISTER_URL=address)

    told = "Refusing to start in production. COMPANY_REGISTER_URL is not https: what is typed for it would be read on the way."
    assert reason == (told if refused else "")
