"""Photograph pages of a running site: those of the README, or any list of addresses in every width, language and theme.

    .venv/bin/python -m tests.browser.screenshots --readme --sign-in manager@demo.example Demonstration-2026
    .venv/bin/python -m tests.browser.screenshots --out /tmp/shots --sign-in NAME@EXAMPLE PASSWORD / start/ contract/

Addresses are given without their language. The site is the one of `make run`, unless --site says otherwise.
"""

import argparse
import re
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS, LOCALES

README = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = [320, 768, 1280]
HEIGHTS = {320: 640, 768: 1024, 1280: 800}


def main(arguments):
    options = parse(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if options.readme:
            photograph_readme(browser, options)
        else:
            photograph_all(browser, options)
        browser.close()


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("addresses", nargs="*", help="below the language: / start/ contract/")
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--sign-in", nargs=2, metavar=("EMAIL", "PASSWORD"))
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS)
    parser.add_argument("--languages", nargs="+", choices=LOCALES, default=list(LOCALES))
    parser.add_argument("--themes", nargs="+", choices=["light", "dark"], default=["light", "dark"])
    parser.add_argument("--readme", action="store_true", help="the README's own, into docs/screenshots")
    return parser.parse_args(arguments)


def photograph_all(browser, options):
    """Whole pages; a line on standard output for each, and for each that scrolls sideways."""
    options.out.mkdir(parents=True, exist_ok=True)
    for language, width, theme in product(options.languages, options.widths, options.themes):
        page = open_page(browser, options, language=language, width=width, theme=theme)
        for address in options.addresses:
            name = re.sub(r"\W+", "-", address).strip("-") or "home"
            target = options.out / f"{name}-{language}-{width}-{theme}.png"
            visit(page, options.site, language, address)
            page.screenshot(path=target, full_page=True)
            print(target, f"scrolls sideways by {beyond(page)} px" if beyond(page) else "")
        page.context.close()


def photograph_readme(browser, options):
    """What a reader of the README sees first; the assessment's pages are found by the links of the start page."""
    README.mkdir(parents=True, exist_ok=True)
    page = open_page(browser, options, language="en", width=1280, theme="light")
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    (assessment,) = {found.group(1) for link in links if (found := re.match(r"/en/(assessments/[\w-]+/)$", link))}
    (result,) = {found.group(1) for link in links if (found := re.match(r"/en/(assessments/\S+/results/\d+/)$", link))}
    question, theirs = assessment + "dimensions/STR/", page.context.storage_state()
    page.context.close()
    for name, address, width, theme, cookies in [
        ("home", "", 1280, "light", None),
        ("question", question, 1280, "light", theirs),
        ("question-narrow-dark", question, 320, "dark", theirs),
        ("result", result, 1280, "light", theirs),
    ]:
        page = new_page(browser, language="en", width=width, theme=theme, cookies=cookies)
        visit(page, options.site, "en", address)
        if address == question:
            page.locator(".question").first.evaluate("question => question.scrollIntoView()")
        page.screenshot(path=README / f"{name}.png")
        page.context.close()


def new_page(browser, *, language, width, theme, cookies=None):
    window = {"width": width, "height": HEIGHTS.get(width, 800)}
    return browser.new_page(
        viewport=window, color_scheme=theme, locale=LOCALES[language], storage_state=cookies, reduced_motion="reduce"
    )


def open_page(browser, options, *, language, width, theme):
    page = new_page(browser, language=language, width=width, theme=theme)
    if options.sign_in:
        sign_in(page, options.site, language, *options.sign_in)
    return page


def sign_in(page, site, language, email, password):
    visit(page, site, language, "account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.locator("input[name=password]").fill(password)
    page.locator("main form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(re.compile(r"/start/"))


def visit(page, site, language, address):
    page.goto(f"{site}/{language}/{address.lstrip('/')}", wait_until="networkidle")


def beyond(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


if __name__ == "__main__":
    main(sys.argv[1:])
