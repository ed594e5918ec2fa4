"""The real page behind a proxy that drops 30 % of its saves and 30 % of the replies: every answer arrives, once."""

import asyncio
import threading
from itertools import pairwise

import pytest

from assessment.models import Answer, AnswerChange
from tests.browser.answering import address_of, break_script, choose, saved
from tests.chaos.proxy import LOST_REPLIES, Proxy, address
from tests.factories import FIXTURES, make_assessment, make_company, make_user, make_version

pytestmark = pytest.mark.browser
CHANGES = 20


@pytest.fixture
def assessment(transactional_db):
    version = make_version(file=FIXTURES / "questionnaire-2026.1.yaml")
    return make_assessment(company=make_company(member=make_user(email="ada@company.example")), version=version)


@pytest.fixture
def proxy(live_server):
    """A proxy in front of the server, with an event loop of its own."""
    loop = asyncio.new_event_loop()
    made = Proxy(live_server.thread.port, seed=1)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(made.__aenter__(), loop).result()
    yield made
    asyncio.run_coroutine_threadsafe(made.__aexit__(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def page(browser, proxy):
    context = browser.new_context(base_url=f"http://localhost:{proxy.port}")
    yield context.new_page()
    context.close()


def shown(page):
    """Return what the page shows as chosen, by question code."""
    chosen = page.locator("[data-question] input[type=radio]:checked")
    return dict(
        chosen.evaluate_all("fields => fields.map(f => [f.closest('[data-question]').dataset.question, f.value])")
    )


def stored():
    return {row.question: f"choice.{row.value['choices'][0]}" for row in Answer.objects.exclude(state="empty")}


def change_answers(page, proxy, assessment):
    """Change answers twenty times while the connection fails, then let it recover."""
    page.goto(address_of(assessment))
    visible = page.locator("[data-question]:visible").filter(has=page.locator("input[type=radio]"))
    codes = visible.evaluate_all("questions => questions.map(question => question.dataset.question)")
    for number in range(CHANGES):
        turn, place = divmod(number, len(codes))
        # Another one each turn, and never the lowest: it takes other questions away
        page.locator(f"[data-question='{codes[place]}'] input[type=radio]").nth(1 + turn).check()
        page.wait_for_timeout(200)
    proxy.recover()
    saved(page)
    assert proxy.fates["request_dropped"]
    assert any(proxy.fates[name] for name in LOST_REPLIES)


def change_one(page, proxy, assessment, fate):
    """Change one answer while each of its saves meets this fate, then let the connection recover."""
    page.goto(address_of(assessment))
    proxy.fate = lambda message: fate if proxy.share and b"/answers/" in address(message) else "as_it_is"
    choose(page, question=0, choice=2)
    page.wait_for_timeout(500)
    unsaved = page.locator("#save-status").get_attribute("data-state")
    proxy.recover()
    saved(page)
    return unsaved


def stored_twice():
    """Return the answers whose history has the same value twice running: nobody chose it twice."""
    changes = AnswerChange.objects.order_by("question", "revision")
    return [(one.question, one.revision) for one, other in pairwise(changes) if same(one, other)]


def same(one, other):
    return (one.question, one.value) == (other.question, other.value)


def test_twenty_changes_arrive_once_and_the_last_of_each_question_stands(page, proxy, sign_in, assessment):
    sign_in(page, assessment.company.members.get())

    change_answers(page, proxy, assessment)

    assert stored() == shown(page)
    assert stored_twice() == []


@pytest.mark.parametrize("fate", sorted(set(LOST_REPLIES)))
def test_a_save_whose_reply_is_lost_is_sent_until_a_whole_reply_comes(page, proxy, sign_in, assessment, fate):
    sign_in(page, assessment.company.members.get())

    unsaved = change_one(page, proxy, assessment, fate)

    assert (unsaved in {"saving", "unsaved"}, stored_twice()) == (True, [])
    assert stored() == shown(page)


def test_a_page_that_numbers_a_save_anew_when_it_sends_it_again_would_be_caught(page, proxy, sign_in, assessment):
    break_script(page, r"-request`, entry\.request", "-request`, newId()")
    sign_in(page, assessment.company.members.get())

    change_one(page, proxy, assessment, "reply_dropped")

    assert stored_twice() != []
