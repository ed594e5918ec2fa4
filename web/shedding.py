"""More visitors than the machine can serve: the excess is told at once to come back, and saving goes on."""

from threading import Condition

from django.http import HttpRequest, HttpResponse

import marks
from assessment.views import errors
from web import bodies, outages
from web.handlers import GetResponse

RETRY_AFTER = 3  # seconds
PATIENCE = 15.0
# More at once would only share the processor among more: a process has one, and waits little for the database
PAGES_AT_ONCE = 3
# A class of thirty opens a page in the same second, and one process may get them all
PAGES_WAITING = 29
SAVES_AT_ONCE = 6
SAVES_WAITING = 18


class Allowance:
    """So many requests work at once and so many more wait their turn; the next is refused without waiting."""

    def __init__(self, *, working: int, waiting: int) -> None:
        self.free, self.places = working, waiting
        self.changed = Condition()

    def enter(self) -> bool:
        with self.changed:
            return self.take() or self.wait()

    def take(self) -> bool:
        if not self.free:
            return False
        self.free -= 1
        return True

    def wait(self) -> bool:
        """While the database is away nobody waits: those at work take seconds to fail, and the next as long again."""
        if not self.places or outages.failures.recent:
            return False
        self.places -= 1
        self.changed.wait_for(lambda: self.free or outages.failures.recent, timeout=PATIENCE)
        self.places += 1
        return not outages.failures.recent and self.take()

    def leave(self) -> None:
        with self.changed:
            self.free += 1
            if outages.failures.recent:
                self.changed.notify_all()
            else:
                self.changed.notify()


class SheddingMiddleware:
    """Pages, exports and the like have one allowance, saves another: readers never take the place of an answer.

    Counted by process. Together the two allowances, and a few to refuse the rest, are what WORKER_THREADS is for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages = Allowance(working=PAGES_AT_ONCE, waiting=PAGES_WAITING)
        self.saves = Allowance(working=SAVES_AT_ONCE, waiting=SAVES_WAITING)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = bodies.receive(request)  # before the turn: who sends slowly takes nobody's
        if refusal:
            return refusal
        if marks.of(request).allowance is None:
            return self.get_response(request)
        allowance = self.saves if is_save(request) else self.pages
        if not allowance.enter():
            return refused(request)
        try:
            return self.get_response(request)
        finally:
            allowance.leave()


def is_save(request: HttpRequest) -> bool:
    return request.method == "POST" and marks.of(request).allowance == "saves"


def refused(request: HttpRequest) -> HttpResponse:
    if outages.failures.recent:
        return outages.unavailable(request)
    return errors.unavailable(request, retry_after=RETRY_AFTER)
