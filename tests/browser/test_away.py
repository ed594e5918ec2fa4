"""Closed, crashed, offline, signed out: what was not acknowledged is kept sealed, put back, sent, and then forgotten."""

import os
import signal
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from assessment.models import Answer, AnswerChange
from tests.browser.answering import (
    PROVOKED,
    accept_dialogs,
    address_of,
    break_script,
    choose,
    chosen,
    cut_off,
    kept,
    profile_processes,
    refuse,
    relent,
    saved,
    until_kept,
)
from tests.browser.chromium import CHROMIUM, FLAGS, LOCALES
from tests.factories import answer

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page_for, sign_in, assessment, ada):
    page = page_for(language="en", tolerate=PROVOKED)
    accept_dialogs(page)
    sign_in(page, ada)
    page.goto(address_of(assessment))
    return page


def radio_questions(page):
    questions = page.locator("[data-question]:visible")
    return [place for place in range(questions.count()) if questions.nth(place).locator("input[type=radio]").count()]


def test_five_answers_that_were_not_sent_are_restored_and_sent_after_a_reload(page):
    refuse(page)
    page.goto(page.url.replace("STR", "DAT"))
    for place in range(5):
        choose(page, question=place, choice=0)
    until_kept(page, 5)
    cut_off(page)
    relent(page)

    page.reload()

    expect(page.locator("#restored")).to_have_text("5 answers that had not been sent were restored.")
    saved(page)
    assert chosen(page) == Answer.objects.count() == AnswerChange.objects.count() == 5
    until_kept(page, 0)


def test_what_is_kept_is_sealed_with_a_key_that_no_script_can_read(page, ada, assessment):
    refuse(page)
    field = page.locator("[data-question]:visible").first
    field.get_by_text("Comment and evidence").click()
    field.get_by_label("Comment").fill("Our secret plan")
    [record] = until_kept(page, 1)
    [key] = kept(page, "keys")

    clear = [text for text in ["secret", ada.email, ada.browser_id] if text in record["text"]]

    assert clear == []
    assert key["extractable"] is False


def test_what_is_being_typed_is_kept_before_it_is_a_change(page):
    field = page.locator("input[inputmode=decimal]:visible").first
    field.fill("12")
    until_kept(page, 1)
    assert page.locator("#save-status").inner_text() == ""

    cut_off(page)
    page.reload()

    expect(page.locator("input[inputmode=decimal]:visible").first).to_have_value("12")
    saved(page)
    assert Answer.objects.get().value == {"number": "12"}


def test_a_killed_browser_gives_its_answers_back(browser, live_server, sign_in, ada, assessment, tmp_path):
    def start():
        context = browser.browser_type.launch_persistent_context(
            tmp_path,
            executable_path=CHROMIUM,
            args=FLAGS,
            locale=LOCALES["en"],
            base_url=live_server.url,
        )
        page = context.pages[0]
        sign_in(page, ada)
        return page

    page = start()
    refuse(page)
    page.goto(address_of(assessment, "DAT"))
    for place in range(5):
        choose(page, question=place, choice=1)
    until_kept(page, 5)
    for process in profile_processes(tmp_path):
        os.kill(process, signal.SIGKILL)

    page = start()
    page.goto(address_of(assessment, "DAT"))

    expect(page.locator("#restored")).to_have_text("5 answers that had not been sent were restored.")
    saved(page)
    assert Answer.objects.count() == 5
    page.context.close()


def test_another_person_on_the_same_browser_sees_and_sends_none(page, sign_in, ada, grace, assessment):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)
    cut_off(page)
    relent(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/answers/" in request.url else None)

    sign_in(page, grace)
    page.goto(address_of(assessment))
    page.wait_for_load_state("networkidle")
    seen = (chosen(page), page.locator("#restored").is_visible(), list(sent), Answer.objects.count())
    sign_in(page, ada)
    page.goto(address_of(assessment))

    saved(page)
    assert seen == (0, False, [], 0)
    assert [row.saved_by for row in Answer.objects.all()] == [ada]


def test_signing_out_leaves_nothing_in_the_browser(page):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)

    page.locator("[popovertarget=account-menu]").click()
    page.locator("#account-menu").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/")

    assert kept(page) == kept(page, "keys") == []


def test_the_header_alone_empties_the_storage_too(page, assessment):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)

    cut_off(page)
    page.goto("/en/account/logout/")  # a page without the script
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/")

    assert kept(page) == kept(page, "keys") == []


def test_after_a_day_nothing_is_kept_nor_restored(page, assessment):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)
    cut_off(page)
    relent(page)

    page.clock.set_fixed_time(datetime.now() + timedelta(hours=24, seconds=1))
    page.goto(address_of(assessment))
    page.wait_for_load_state("networkidle")

    assert until_kept(page, 0) == []
    assert (chosen(page), Answer.objects.count()) == (0, 0)


def test_switched_off_nothing_is_kept_on_this_device(page):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)

    page.get_by_label("Keep unsent answers on this device").uncheck()
    until_kept(page, 0)
    choose(page, question=1, choice=0)
    page.wait_for_timeout(500)
    off = kept(page)
    page.get_by_label("Keep unsent answers on this device").check()

    assert off == []
    assert len(until_kept(page, 2)) == 2


def test_the_switch_stays_as_it_was_left(page, assessment):
    page.get_by_label("Keep unsent answers on this device").uncheck()

    page.goto(address_of(assessment, "DAT"))

    expect(page.get_by_label("Keep unsent answers on this device")).not_to_be_checked()


def test_without_storage_the_page_promises_no_more_than_it_can(page_for, sign_in, assessment, ada):
    page = page_for(language="en", tolerate=PROVOKED)
    accept_dialogs(page)
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    sign_in(page, ada)
    page.goto(address_of(assessment))

    page.context.set_offline(True)
    choose(page, question=0, choice=2)

    expect(page.locator("#save-failure")).to_have_text("Offline – keep this page open until the connection is back")
    expect(page.locator("#keep-unsent")).to_be_hidden()
    page.context.set_offline(False)
    saved(page)


def test_a_colleagues_newer_answer_is_shown_beside_the_restored_one(page, grace, assessment):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)
    cut_off(page)
    relent(page)
    code = page.locator("[data-question]").first.get_attribute("data-question")
    answer(assessment=assessment, by=grace, question=code, value={"choices": ["1"]})

    page.reload()

    expect(page.locator(".conflict")).to_contain_text("Grace answered this question")
    assert Answer.objects.get().saved_by == grace
    page.get_by_role("button", name="Keep mine").click()
    saved(page)
    assert list(AnswerChange.objects.values_list("revision", "saved_by__name")) == [(1, "Grace"), (2, "Ada")]


def test_a_reply_that_was_lost_restores_no_older_answer_over_a_newer_one(page, grace, assessment):
    code = page.locator("[data-question]").first.get_attribute("data-question")
    page.context.route("**/answers/**", lambda route: (route.fetch(), route.abort("connectionreset")))
    choose(page, question=0, choice=2)
    expect(page.locator("#save-failure")).to_contain_text("Not saved")
    cut_off(page)
    relent(page)
    newer = Answer.objects.get()
    answer(assessment=assessment, by=grace, question=code, value={"choices": ["1"]}, revision=newer.revision)

    page.reload()

    saved(page)
    expect(page.locator(".answer-choices input").nth(1)).to_be_checked()
    assert Answer.objects.get().value == {"choices": ["1"]}


def test_answers_of_another_page_are_sent_from_this_one(page, assessment):
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)
    cut_off(page)
    relent(page)

    page.goto(address_of(assessment, "DAT"))

    expect(page.locator("#restored")).to_have_text("One answer that had not been sent was restored.")
    saved(page)
    assert (chosen(page), Answer.objects.count()) == (0, 1)


def test_the_others_answer_is_taken_in_place(page, grace, assessment):
    code = page.locator("[data-question]").first.get_attribute("data-question")
    answer(assessment=assessment, by=grace, question=code, value={"choices": ["1"]}, comment="As decided")
    choose(page, question=0, choice=2)
    expect(page.locator(".conflict")).to_contain_text("As decided")
    page.evaluate("window.untouched = true")

    page.get_by_role("button", name="Take theirs").click()

    first = page.locator("[data-question]").first
    expect(first.locator(".answer-choices input").nth(1)).to_be_checked()
    expect(first.locator(".answer-choices input").nth(1)).to_be_focused()
    expect(first.get_by_label("Comment")).to_have_value("As decided")
    assert page.evaluate("window.untouched") is True
    until_kept(page, 0)
    page.get_by_role("button", name="Put mine back").click()
    saved(page)
    assert [(row.revision, row.saved_by.name) for row in Answer.objects.all()] == [(2, "Ada")]


def test_the_save_button_waits_for_what_is_on_its_way(page):
    refuse(page)
    choose(page, question=0, choice=2)
    expect(page.locator("#save-failure")).to_contain_text("Not saved")
    address = page.url
    relent(page)

    page.get_by_role("button", name="Next dimension").click()

    page.wait_for_url(lambda url: url != address)
    assert Answer.objects.count() == 1


def test_many_saves_are_spoken_of_rarely_and_one_failure_once(page):
    page.evaluate("""() => {
      window.said = [];
      for (const id of ["save-spoken", "save-failure"]) {
        const region = document.getElementById(id);
        new MutationObserver(() => region.textContent && window.said.push([id, region.textContent, performance.now()]))
          .observe(region, {childList: true});
      }
    }""")
    places = radio_questions(page)
    for turn in range(30):
        choose(page, question=places[turn % len(places)], choice=turn // len(places) % 3)
    saved(page)
    refuse(page)
    choose(page, question=places[0], choice=3)
    page.wait_for_timeout(4000)  # two attempts at least

    said = page.evaluate("window.said")
    spoken = [(text, at) for region, text, at in said if region == "save-spoken"]
    failures = [text for region, text, at in said if region == "save-failure"]
    pauses = [later - sooner for (_, sooner), (_, later) in zip(spoken, spoken[1:], strict=False)]

    assert [pause for pause in pauses if pause < 5000] == []
    assert [text for text, _ in spoken] == list(dict.fromkeys(text for text, _ in spoken))
    assert failures == ["Not saved – trying again"]


def test_the_check_bites_on_a_script_that_keeps_what_was_acknowledged(page, assessment):
    break_script(page, r"if \(record && record\.request === entry\.request\)", "if (false)")
    page.goto(address_of(assessment))

    choose(page, question=0, choice=2)
    saved(page)

    with pytest.raises(AssertionError, match="1 kept, not 0"):
        until_kept(page, 0)


def test_the_check_bites_on_a_script_that_writes_in_clear(page, assessment):
    break_script(
        page,
        r"assessment, question, request, at, iv, sealed \}",
        "assessment, question, request, at, iv, sealed, said }",
    )
    page.goto(address_of(assessment))
    refuse(page)

    page.locator("textarea:not([name*=typed])").first.evaluate("area => { area.closest('details').open = true }")
    page.locator("textarea:not([name*=typed])").first.fill("Our secret plan")
    [record] = until_kept(page, 1)

    assert "secret" in record["text"]


def test_the_check_bites_on_a_script_that_seals_for_everybody(page, sign_in, grace, assessment):
    break_script(page, r"makeStore\(form\.dataset\.person\)", 'makeStore("everybody")')
    page.goto(address_of(assessment))
    refuse(page)
    choose(page, question=0, choice=2)
    until_kept(page, 1)
    cut_off(page)
    relent(page)

    sign_in(page, grace)
    page.goto(address_of(assessment))

    saved(page)
    assert [row.saved_by for row in Answer.objects.all()] == [grace]
