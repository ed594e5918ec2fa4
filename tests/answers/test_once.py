"""A thousand saves, each sent one to five times, out of order and at the same moment: each is stored once or not at all."""

import random
import uuid
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from assessment.actions.answers import ConflictError, save_answer
from assessment.models import Answer, AnswerChange
from assessment.rules.answers import Saving
from tests.factories import make_assessment, make_company
from tests.questionnaire.test_race import waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
QUESTIONS = ["STR.VIS.1", "STR.VIS.2", "OPS.CYB.1", "OPS.CYB.2", "OPS.MES.1", "OPS.MES.2"]
SAVES, MOST_TIMES, SEED = 1000, 5, 8
# SQLite's database of the tests is in memory, in one thread; the harnesses "lossy" and "parallel" send to one in a file
TOGETHER = 8 if connection.vendor == "postgresql" else 1


def numbered(place):
    """The id that a page gives to its ``place``-th save: UUID version 7, in the order of the changes."""
    return uuid.UUID(f"{0x019900000000 + place:012x}7{place % 4096:03x}8{place:015x}")


def unordered(place):
    """An id that says nothing of order: UUID version 4."""
    return uuid.UUID(int=random.Random(place).getrandbits(128), version=4)


def typed(number):
    """What one person typed in several tabs, none of which has heard of the others, in order."""
    chance = random.Random(SEED)
    return [
        Saving(question=chance.choice(QUESTIONS), state="answered", value={"text": str(place)}, request=number(place))
        for place in range(SAVES)
    ]


def replies(savings, person):
    """Send them; return what the messages of each were answered, by id: a revision, None where it was too late."""
    assessment, found, chance = (
        make_assessment(company=make_company(member=person)),
        defaultdict(list),
        random.Random(SEED),
    )
    messages = [saving for saving in savings for _ in range(chance.randint(1, MOST_TIMES))]
    chance.shuffle(messages)

    def send(part):
        for saving in part:
            found[saving.request].append(reply(assessment, saving, person))

    def send_elsewhere(part):
        try:
            send(part)
        finally:
            connection.close()

    if TOGETHER == 1:
        send(messages)
    else:
        with ThreadPoolExecutor(TOGETHER) as threads:
            list(threads.map(send_elsewhere, [messages[place::TOGETHER] for place in range(TOGETHER)]))
    return found


def reply(assessment, saving, person):
    try:
        return save_answer(assessment=assessment, saving=saving, by=person)
    except ConflictError:
        return None


def history():
    """The ids of the stored saves, by question, in the order of their revisions, which have no gap."""
    found = defaultdict(list)
    for change in AnswerChange.objects.order_by("revision"):
        found[change.question].append(change.request)
        assert change.revision == len(found[change.question])
    return found


def revisions(kept):
    return {request: place for requests in kept.values() for place, request in enumerate(requests, start=1)}


def test_a_page_s_saves_are_stored_once_in_their_order_and_the_last_value_stands(person):
    savings = typed(numbered)

    found = replies(savings, person)

    kept = history()
    assert dict(Answer.objects.values_list("question", "value")) == {one.question: one.value for one in savings}
    assert all(requests == sorted(set(requests)) for requests in kept.values())
    assert {request: set(said) for request, said in found.items()} == {
        one.request: {revisions(kept).get(one.request)} for one in savings
    }


def test_saves_whose_ids_say_nothing_of_order_are_each_stored_once(person):
    savings = typed(unordered)

    found = replies(savings, person)

    kept = history()
    assert AnswerChange.objects.count() == SAVES
    assert {request: set(said) for request, said in found.items()} == {
        request: {revision} for request, revision in revisions(kept).items()
    }
    assert dict(Answer.objects.values_list("question", "request")) == {code: ids[-1] for code, ids in kept.items()}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_the_same_save_at_the_same_moment_with_another_between_is_answered_the_same(person):
    assessment, (once, between) = make_assessment(company=make_company(member=person)), same_question(unordered)

    def again():
        try:
            return save_answer(assessment=assessment, saving=once, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            first = save_answer(assessment=assessment, saving=once, by=person)
            save_answer(assessment=assessment, saving=between, by=person)
            second = threads.submit(again)
            assert waits_for_a_lock()

        assert (first, second.result()) == (1, 1)
    assert history() == {once.question: [once.request, between.request]}


def same_question(number):
    return [
        Saving(question=QUESTIONS[0], state="answered", value={"text": str(place)}, request=number(place))
        for place in range(2)
    ]


def test_a_save_that_the_table_refuses_for_another_reason_is_an_error(person):
    assessment, [saving, _other] = make_assessment(company=make_company(member=person)), same_question(unordered)

    with pytest.raises(IntegrityError, match="answer_state_known"), transaction.atomic():
        save_answer(assessment=assessment, saving=replace(saving, state="guessed"), by=person)

    assert Answer.objects.count() == 0
