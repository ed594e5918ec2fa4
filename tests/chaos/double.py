"""Submit complete assessments twice at the same moment: one result each, both replies lead to it, no error."""

import threading
from collections import Counter

from assessment.models import Result
from tests.chaos.clients import somebody
from tests.factories import COMPLETE, answer, make_assessment, make_company, make_version
from tests.load.client import Connection
from tests.load.scenarios import Visitor

TWINS = {"tests.chaos.broken:submits_twice()": "locks nothing and looks at nothing"}


def complete_assessment():
    person = somebody()
    assessment = make_assessment(company=make_company(member=person), version=make_version())
    for question, value in COMPLETE.items():
        answer(assessment=assessment, by=person, question=question, value=value)
    return Visitor(person), assessment


def submit_twice(server, visitor, assessment):
    """Return both replies, as (status, address)."""
    barrier, replies = threading.Barrier(2), []

    def submit():
        connection = Connection(server.port)
        connection.ask(visitor.get("/livez"))  # connected: what is measured is the submission
        barrier.wait()
        reply = connection.ask(visitor.post(f"/fr/assessments/{assessment.pk}/submit/", {"confirm": "1"}))
        replies.append((reply.status, reply.headers.get("location", [None])[0]))
        connection.close()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def run(ground, sizes, application):
    ready = [complete_assessment() for _ in range(sizes.pairs)]
    with ground.serving(application) as server:
        replies = {assessment.pk: submit_twice(server, visitor, assessment) for visitor, assessment in ready}
    stored = Counter(Result.objects.filter(assessment__in=replies).values_list("assessment_id", flat=True))
    problems = []
    for pk, both in replies.items():
        if [(status, where.partition("?")[0]) for status, where in both] != [
            (302, f"/fr/assessments/{pk}/results/1/")
        ] * 2:
            problems.append(f"{pk}: the replies were {both}")
        if stored[pk] != 1:
            problems.append(f"{pk}: {stored[pk]} results")
    return f"{sizes.pairs} submissions sent twice at the same moment", problems
