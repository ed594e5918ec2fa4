"""The site's own pages: accessible in both languages, in light and dark, narrow and wide, with and without JavaScript."""

import re
from itertools import product

import pytest
from django.core.management import call_command

from tests.factories import COMPLETE, answer, make_assessment, make_company, make_result, make_user, make_version

pytestmark = pytest.mark.browser

WIDTHS = [320, 768, 1280]
VISITORS = ["", "legal/", "privacy/", "accessibility/", "account/login/", "nowhere/"]
INTERACTIVE = "main a, main button, main summary, main input, header a, header button, footer a"


@pytest.fixture
def data(transactional_db):
    make_version()
    call_command("loaddata", "contract", verbosity=0)


@pytest.fixture
def member(data):
    """Somebody with one company at each stage: nothing yet, in progress, answered, with a result."""
    user = make_user(name="Ada")
    make_company(member=user, name="Beginners")
    assessment = make_assessment(company=make_company(member=user, name="Halfway"))
    answer(assessment=assessment, by=user, question="STR.VIS.1", value=COMPLETE["STR.VIS.1"])
    answered = make_assessment(company=make_company(member=user, name="Ready"))
    for question, value in COMPLETE.items():
        answer(assessment=answered, by=user, question=question, value=value)
    make_result(company=make_company(member=user, name="Done with a name that is long enough to wrap"), by=user)
    return user


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_for_visitors_are_accessible(page_for, axe, data, language):
    for width, dark in product(WIDTHS, [False, True]):
        page = page_for(width=width, dark=dark, language=language)
        for address in VISITORS:
            page.goto(f"/{language}/{address}")
            axe(page)


def test_questions_people_ask_are_accessible_when_open(page_for, axe, data):
    page = page_for(width=320, dark=True, language="en")
    page.goto("/en/")

    for question in page.locator(".faq summary").all():
        question.click()

    assert page.locator(".faq details[open]").count() == 6
    axe(page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_start_page_is_accessible(page_for, axe, sign_in, member, language):
    for width, dark in product(WIDTHS, [False, True]):
        page = page_for(width=width, dark=dark, language=language)
        sign_in(page, member)
        page.goto(f"/{language}/start/")
        axe(page)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_account_menu_opens_without_a_script_and_closes_by_itself(page_for, sign_in, member, width, javascript):
    page = page_for(width=width, language="en", javascript=javascript)
    sign_in(page, member)
    page.goto("/en/start/")
    menu = page.locator("#account-menu")

    page.locator(".menu-button").click()
    assert menu.is_visible()
    assert page.locator(".menu-button").bounding_box()["y"] < menu.bounding_box()["y"]
    page.keyboard.press("Escape")
    assert not menu.is_visible()

    page.locator(".menu-button").click()
    page.mouse.click(5, 500)
    assert not menu.is_visible()

    page.locator(".menu-button").click()
    menu.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile(r"/en/$"))
    assert page.get_by_role("link", name="Sign in").is_visible()


def test_the_open_account_menu_is_accessible(page_for, axe, sign_in, member):
    for dark in [False, True]:
        page = page_for(width=320, dark=dark, language="en")
        sign_in(page, member)
        page.goto("/en/start/")
        page.locator(".menu-button").click()
        axe(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_stop_of_the_keyboard_is_seen_in_reading_order(page_for, data, dark):
    """Each stop has an outline of 2 px or more, and stops go down the page, row by row."""
    for width in [320, 1280]:
        page = page_for(width=width, dark=dark, language="en")
        page.goto("/en/")
        stops = []
        for _ in range(page.locator(INTERACTIVE).count()):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(STOP))

        outlined = [stop for stop in stops if stop["outline"] >= 2]
        assert outlined == stops
        # Two things on one row may differ by their heights
        places = [stop["middle"] for stop in stops[1:]]
        assert [(before, after) for before, after in zip(places, places[1:], strict=False) if after < before - 24] == []


STOP = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return {
    name: element.textContent.trim().slice(0, 40),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    middle: box.top + window.scrollY + box.height / 2,
  };
}"""


def test_targets_are_large_enough(page_for, sign_in, member):
    """24 × 24 px at least (WCAG 2.5.8), links within sentences apart."""
    page = page_for(width=320, language="en")
    sign_in(page, member)
    small = []
    for address in ["/en/start/", "/en/", "/en/legal/"]:
        page.goto(address)
        small += page.evaluate(SMALL_TARGETS)

    assert small == []


SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, input, select")]
  .filter(element => element.checkVisibility() && !element.closest("p, li > p, dd, .skip-link, .visually-hidden"))
  .map(element => ({name: element.textContent.trim(), box: element.getBoundingClientRect()}))
  .filter(({box}) => box.width > 0 && (box.height < 24 || box.width < 24))
  .map(({name, box}) => `${name}: ${box.width} × ${box.height}`)
"""


def test_dark_follows_the_system_without_a_script(page_for, data):
    grounds = []
    for dark in [False, True]:
        page = page_for(dark=dark, language="en", javascript=False)
        page.goto("/en/")
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert grounds == ["rgb(245, 248, 247)", "rgb(16, 25, 27)"]


def test_enlarged_text_spacing_cuts_nothing(page_for, sign_in, member):
    """WCAG 1.4.12: line height 1.5, paragraphs 2, letters 0.12, words 0.16 times the size."""
    page = page_for(width=320, language="fr")
    sign_in(page, member)
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    cut = []
    for address in ["/fr/", "/fr/start/"]:
        page.goto(address)
        page.add_style_tag(content=SPACED)
        cut += page.evaluate(CUT)

    assert cut == []


SPACED = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}"
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(element => !element.closest("svg, .visually-hidden, .menu-who, [popover]") && element.scrollWidth > element.clientWidth + 1)
  .filter(element => getComputedStyle(element).overflowX !== "visible")
  .map(element => element.className)
"""


def test_paper_is_light_whatever_the_screen(page_for, sign_in, member):
    page = page_for(dark=True, language="en")
    sign_in(page, member)
    page.goto("/en/start/")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert not page.locator(".site-nav, .site-footer, .site-tools").first.is_visible()
