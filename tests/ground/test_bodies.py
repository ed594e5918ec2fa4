"""What a request brings is received whole before a turn is taken; what is too long, too slow or unannounced is refused."""

import io
import threading

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from web import limits
from web.outages import RECENT, failures
from web.shedding import PAGES_AT_ONCE, SheddingMiddleware

FORM = "application/x-www-form-urlencoded"
PATHS = ["/fr/accounts/login/", "/en/contact/", "/admin/", "/fr/session/", "/livez"]


class Site:
    """The middleware before a view that reads the form."""

    def __init__(self):
        self.middleware, self.seen = SheddingMiddleware(self.view), []
        failures.last = -RECENT

    def view(self, request):
        self.seen.append((request.POST.dict(), {name: file.size for name, file in request.FILES.items()}))
        request.close()
        return HttpResponse()

    def post(self, data=b"", *, path="/fr/", signed_in=False, kind=FORM, **environ):
        factory = RequestFactory()
        if signed_in:
            factory.cookies[settings.SESSION_COOKIE_NAME] = "whatever it is worth"
        return self.middleware(factory.post(path, data, content_type=kind, **environ))


@pytest.fixture
def site():
    return Site()


class Trickle(io.BytesIO):
    """Gives at most so many bytes a read, and tells who asks."""

    def __init__(self, data, *, asked=lambda: None, at_once=1):
        super().__init__(data)
        self.asked, self.at_once = asked, at_once

    def read(self, size=-1):
        self.asked()
        return super().read(min(size, self.at_once) if size > 0 else self.at_once)


@pytest.mark.parametrize("path", PATHS)
def test_no_turn_is_taken_while_a_body_arrives_whatever_the_page(site, path):
    turns = []
    body = Trickle(b"name=Ada", asked=lambda: turns.append(site.middleware.pages.free))

    response = site.post(b"name=Ada", path=path, **{"wsgi.input": body})

    assert (response.status_code, site.seen, set(turns)) == (200, [({"name": "Ada"}, {})], {PAGES_AT_ONCE})


def test_pages_are_served_while_more_bodies_arrive_than_there_are_turns(site):
    goes_on = threading.Event()

    def send():
        site.post(b"name=Ada", **{"wsgi.input": Trickle(b"name=Ada", asked=lambda: goes_on.wait(60))})

    senders = [threading.Thread(target=send) for _ in range(60)]
    for sender in senders:
        sender.start()

    status = site.middleware(RequestFactory().get("/fr/")).status_code
    goes_on.set()
    for sender in senders:
        sender.join()

    assert (status, len(site.seen)) == (200, 61)


def test_a_body_that_ends_before_its_announced_length_is_refused_in_words(site):
    response = site.post(b"", CONTENT_LENGTH="9", **{"wsgi.input": io.BytesIO(b"name=Ada")})

    assert (response.status_code, site.seen) == (408, [])
    assert "<h1>L’envoi a pris trop de temps</h1>" in response.content.decode()


def test_a_body_slower_than_the_least_rate_is_given_up(site, monkeypatch):
    monkeypatch.setattr(limits, "BODY", limits.Pace(rate=500, grace=0.1))
    pause = threading.Event()

    response = site.post(b"a" * 1000, **{"wsgi.input": Trickle(b"a" * 1000, asked=lambda: pause.wait(0.05))})

    assert (response.status_code, site.seen) == (408, [])


@pytest.mark.parametrize(
    ("size", "signed_in", "status"),
    [
        (limits.STRANGER, False, 200),
        (limits.STRANGER + 1, False, 413),
        (limits.STRANGER + 1, True, 200),
        (limits.SIGNED_IN + 1, True, 413),
    ],
)
def test_strangers_send_less(site, size, signed_in, status):
    response = site.post(b"a" * size, signed_in=signed_in, kind="text/plain")

    assert response.status_code == status


def test_too_much_is_refused_unread_and_in_words(site):
    reads = []
    body = Trickle(b"", asked=lambda: reads.append(1))

    response = site.post(b"", CONTENT_LENGTH="99999999999999", HTTP_ACCEPT="text/html", **{"wsgi.input": body})

    assert (response.status_code, reads) == (413, [])
    assert "<h1>C’est trop en une fois</h1>" in response.content.decode()


@pytest.mark.parametrize(
    "announced",
    [{"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "many"}, {"CONTENT_LENGTH": "-1"}],
)
def test_a_body_without_a_length_is_refused_in_words(site, announced):
    response = site.post(b"name=Ada", **announced)

    assert (response.status_code, site.seen) == (411, [])
    assert "<h1>Cette requête n’indique pas sa longueur</h1>" in response.content.decode()


def test_files_as_large_as_any_form_takes_arrive(site):
    picture = SimpleUploadedFile("photo.png", b"a" * 5_000_000, content_type="image/png")
    factory = RequestFactory()
    factory.cookies[settings.SESSION_COOKIE_NAME] = "whatever it is worth"

    response = site.middleware(factory.post("/fr/", {"name": "Ada", "file": picture}))

    assert (response.status_code, site.seen) == (200, [({"name": "Ada"}, {"file": 5_000_000})])


@pytest.mark.parametrize(
    ("head", "most"),
    [
        (b"POST /en/check/ HTTP/1.1\r\nHost: a\r\n", 5_010_000),
        (b"POST /fr/check/?a=b HTTP/1.1\r\nHost: a\r\n", 5_010_000),
        (b"POST /en/account/login/ HTTP/1.1\r\nHost: a\r\n", 64_000),
        (b"POST /nowhere HTTP/1.1\r\nCookie: session=x\r\n", 10_000_000),
        (b"POST\r\n", 64_000),
        (b"POST \xff\x00%ff HTTP/1.1\r\n", 64_000),
        (b"", 64_000),
    ],
)
def test_a_stranger_may_send_as_much_as_the_page_says(head, most):
    assert limits.longest_body_by_head(head) == most
