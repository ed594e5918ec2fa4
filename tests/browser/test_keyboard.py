"""A whole dimension by keyboard alone, a conflict included: focus is always seen, never hidden, never lost."""

import pytest
from playwright.sync_api import expect

from assessment.models import Answer, AnswerChange
from tests.browser.answering import PROVOKED, accept_dialogs, address_of, choose, saved
from tests.factories import answer

pytestmark = pytest.mark.browser

# What has focus, whether one can see that it has, and whether something lies over it
STOP = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const drawn = element.closest(".answer-choice") || element;
  const style = getComputedStyle(drawn);
  const box = (element.closest("label") || drawn).getBoundingClientRect();
  const [x, y] = [Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 2), box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return {
    name: (element.localName === "button" ? "" : element.name) || element.textContent.trim().slice(0, 40), type: element.type || element.localName,
    question: element.closest("[data-question]")?.dataset.question || "",
    marked: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" || style.boxShadow !== "none",
    uncovered: Boolean(top && (drawn.contains(top) || top.contains(drawn) && !top.closest(".save-bar"))),
    inside: box.bottom > 0 && box.top < innerHeight,
    wide: box.width >= 24 || element.localName === "a", high: box.height >= 23.5 || element.localName === "a",
    text: element.value ?? "", checked: element.checked ?? false,
  };
}"""


@pytest.fixture
def page(page_for, sign_in, ada):
    page = page_for(language="en", width=1280, height=800, tolerate=PROVOKED)
    page.emulate_media(reduced_motion="reduce")  # no scrolling under way when a stop is looked at
    accept_dialogs(page)
    sign_in(page, ada)
    return page


def stops(page, *, until, most=250):
    """Press Tab until the button of this name has focus; answer each question on the way. Return every stop."""
    found, answered = [], set()
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        found.append(stop)
        if stop is None:
            continue
        if stop["name"] == until:
            return found
        if stop["question"] and stop["question"] not in answered:
            answered |= {stop["question"]} if answer_it(page, stop) else set()
    raise AssertionError(f"{until} was never reached: {[stop and stop['name'] for stop in found]}")


def answer_it(page, stop):
    if stop["type"] in {"radio", "checkbox"}:
        page.keyboard.press("Space")
    elif stop["type"] == "text" and stop["name"].endswith("-typed"):
        page.keyboard.type("12")
    else:
        return False
    return True


def faults(found):
    """What is wrong at each stop, nothing if all is well."""
    return [
        (stop and stop["name"], [name for name in ["marked", "uncovered", "inside", "wide", "high"] if not stop[name]])
        for stop in found
        if stop is None or not all(stop[name] for name in ["marked", "uncovered", "inside", "wide", "high"])
    ]


def test_a_dimension_is_answered_by_keyboard_alone(page, assessment):
    page.goto(address_of(assessment))
    questions = page.locator("[data-question]:visible").count()

    found = stops(page, until="Save and continueNext dimension")
    saved(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dimensions/PEO/")

    assert faults(found) == []
    assert Answer.objects.count() == questions
    places = [stop["question"] for stop in found if stop["question"]]
    assert list(dict.fromkeys(places)) == [place for n, place in enumerate(places) if n == 0 or places[n - 1] != place]


@pytest.mark.parametrize(("button", "author"), [("Keep mine", "Ada"), ("Take theirs", "Grace")])
def test_a_conflict_is_settled_by_keyboard_alone(page, grace, assessment, button, author):
    page.goto(address_of(assessment))
    first = page.locator("[data-question]").first
    code = first.get_attribute("data-question")
    answer(assessment=assessment, by=grace, question=code, value={"choices": ["1"]})
    first.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".conflict")).to_be_visible()

    found = []
    while not found or found[-1]["name"] != button:
        page.keyboard.press("Tab")
        found.append(page.evaluate(STOP))
    page.keyboard.press("Enter")
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.locator("#save-failure")).to_be_empty()
    page.wait_for_timeout(500)

    assert faults(found) == []
    assert page.evaluate(STOP)["question"] == code
    assert Answer.objects.get().saved_by.name == author
    assert AnswerChange.objects.count() == (2 if author == "Ada" else 1)


def test_an_alert_leads_to_its_question_and_focus_stays_where_it_was(page, grace, assessment):
    page.goto(address_of(assessment))
    code = page.locator("[data-question]").first.get_attribute("data-question")
    answer(assessment=assessment, by=grace, question=code, value={"choices": ["1"]})

    choose(page, question=0, choice=2)
    expect(page.locator("#save-failure")).to_contain_text("Conflict – choose between two answers")

    expect(page.locator(".answer-choices input").nth(2)).to_be_focused()
    page.locator("#save-failure a").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["question"] == code
