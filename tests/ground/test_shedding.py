"""More requests than a process works on: a class waits its turn, the excess is refused at once, saves have their own."""

import io
import threading
import time
import uuid

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from web.outages import RECENT, failures
from web.shedding import PAGES_AT_ONCE, PAGES_WAITING, SAVES_AT_ONCE, SAVES_WAITING, SheddingMiddleware, is_save

SAVE = f"/fr/assessments/{uuid.UUID(int=1)}/answers/STR.VIS.1/"


class Process:
    """The middleware before a view that lasts until it may end."""

    def __init__(self):
        self.may_end, self.replies, self.threads = threading.Event(), [], []
        self.middleware = SheddingMiddleware(self.view)

    def view(self, request):
        if "slow" in request.GET:
            self.may_end.wait(60)
        return HttpResponse()

    def ask(self, path, *, method="GET"):
        return self.middleware(RequestFactory().generic(method, path))

    def ask_together(self, path, count, *, method="GET"):
        def ask():
            self.replies.append(self.ask(f"{path}?slow", method=method).status_code)

        started = [threading.Thread(target=ask) for _ in range(count)]
        for thread in started:
            thread.start()
        self.threads += started

    def end(self):
        self.may_end.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def process():
    failures.last = -RECENT
    made = Process()
    yield made
    made.end()
    failures.last = -RECENT


def until(condition):
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to this")


def fill(process):
    """Ask for as many pages as one process takes, working or waiting."""
    process.ask_together("/fr/", PAGES_AT_ONCE + PAGES_WAITING)
    until(lambda: process.middleware.pages.places == 0)


def test_a_class_of_thirty_that_meets_one_process_is_served(process):
    process.ask_together("/fr/", 30)
    until(lambda: process.middleware.pages.places == PAGES_WAITING - (30 - PAGES_AT_ONCE))

    process.end()

    assert process.replies == [200] * 30


def test_the_excess_is_refused_without_waiting(process):
    fill(process)

    response = process.ask("/fr/")

    assert (response.status_code, response["Retry-After"]) == (503, "3")


def test_readers_never_take_the_place_of_an_answer(process):
    fill(process)

    statuses = [process.ask(SAVE, method="POST").status_code for _ in range(100)]

    assert statuses == [200] * 100


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/fr/session/"])
def test_what_is_asked_when_things_go_wrong_is_always_answered(process, path):
    fill(process)

    assert process.ask(path).status_code == 200


def test_saves_have_a_bound_of_their_own(process):
    process.ask_together(SAVE, SAVES_AT_ONCE + SAVES_WAITING, method="POST")
    until(lambda: process.middleware.saves.places == 0)

    statuses = [process.ask(SAVE, method="POST").status_code, process.ask("/fr/").status_code]

    assert statuses == [503, 200]


def test_who_sends_an_answer_slowly_takes_no_turn(process):
    turns_left = []

    class Body(io.BytesIO):
        def read(self, *size):
            turns_left.append(process.middleware.saves.free)
            return super().read(*size)

    form = "application/x-www-form-urlencoded"
    request = RequestFactory().post(SAVE, "pick=1", content_type=form, **{"wsgi.input": Body(b"pick=1")})
    response = process.middleware(request)

    assert (response.status_code, request.POST["pick"]) == (200, "1")
    assert set(turns_left) == {SAVES_AT_ONCE}


def test_places_are_given_back(process):
    fill(process)
    process.end()

    statuses = [process.ask("/fr/").status_code for _ in range(100)]

    assert statuses == [200] * 100
    assert (process.middleware.pages.free, process.middleware.pages.places) == (PAGES_AT_ONCE, PAGES_WAITING)


def test_nobody_waits_for_a_database_that_is_away(process):
    process.ask_together("/fr/", PAGES_AT_ONCE)
    until(lambda: process.middleware.pages.free == 0)
    failures.note()

    response = process.ask("/fr/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_who_waits_is_told_once_the_database_goes_away(process):
    fill(process)

    failures.last = time.monotonic() + 60  # as if it failed from now on, for longer than the test lasts
    process.end()

    assert sorted(process.replies) == [200] * PAGES_AT_ONCE + [503] * PAGES_WAITING


@pytest.mark.parametrize(
    ("name", "arguments", "method", "expected"),
    [
        ("assessment_answer", [uuid.UUID(int=1), "STR.VIS.1"], "POST", True),
        ("individual_answer", [uuid.UUID(int=1), "STR", "STR.VIS.1"], "POST", True),
        ("assessment_dimension", [uuid.UUID(int=1), "STR"], "POST", True),
        ("assessment_dimension", [uuid.UUID(int=1), "STR"], "GET", False),
        ("assessment_submit", [uuid.UUID(int=1)], "POST", False),
        ("assessment_place", [uuid.UUID(int=1)], "POST", False),
        ("admin:assessment_result_export", [], "POST", False),
        ("account_login", [], "POST", False),
    ],
)
def test_which_requests_save_answers(name, arguments, method, expected):
    request = RequestFactory().generic(method, reverse(name, args=arguments))

    assert is_save(request) == expected
