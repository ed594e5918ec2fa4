"""Every page of the site and of the administration, once, with axe's best practices: all it shows is in a landmark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site_settings
from django.urls import reverse
from django.utils import translation

from tests.access import matrix
from tests.access.world import World
from tests.browser.conftest import AXE_RULES
from tests.look.crawl import is_page

pytestmark = [pytest.mark.browser, pytest.mark.ignore_template_errors]
PEOPLE = ["nobody", "somebody", "manager of a", "staff: superuser"]
# Django's own: a label on its filter's sign, the heading of the column with the bin and of the hidden one before it
DJANGOS = {"aria-prohibited-attr": "help-tooltip", "empty-table-header": "<th"}
SHARES = 4  # of two minutes, so that two workers end together
ERRORS = ["/en/nowhere/", "/en/fail/", "/en/refuse/"]


@pytest.fixture
def world(django_db_serialized_rollback, transactional_db, settings, tmp_path):
    """Shown as a demonstration, which puts a ribbon on each page."""
    settings.DEMO, settings.MEDIA_ROOT, settings.ROOT_URLCONF = True, tmp_path, "tests.look.urls"
    with translation.override("en"):
        world = World()
        world.listed = world.rows()
    return world


def pages_of_the_site(world):
    for page in matrix.PAGES.values():
        if page["GET"] not in {"-", "nothing"}:
            kwargs = {name: world.objects["a"][kind] for name, kind in matrix.objects_of(page)}
            yield reverse(page["view"], kwargs=kwargs)
    yield from ERRORS


def pages_of_the_administration(world):
    for _label, _act, address, there in matrix.admin_addresses(world.listed):
        if there:
            yield address
    for row in matrix.rows("name who\n" + matrix.COMMON):
        yield reverse(f"admin:{row['name']}", args=["contract"] if row["name"] == "app_list" else [])


def shown_to(world, address):
    """The first of the people who is shown a page there; None for a file, a part of a page, or what leads elsewhere."""
    for who in PEOPLE:
        response = world.clients[who].get(address)
        if response.streaming:
            b"".join(response)  # read to its end, a file is closed
        if is_page(response) and b"<html" in response.content and (response.status_code == 200 or address in ERRORS):
            return who
    return None


def violations(page):
    """Without preload, axe itself obeys the policy."""
    found = Axe().run(page, options={"preload": False, "runOnly": AXE_RULES}).response["violations"]
    return {(problem["id"], node["html"][:200]) for problem in found for node in problem["nodes"]}


def is_djangos(address, rule, html):
    return "/admin/" in address and DJANGOS.get(rule, "none") in html


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize(
    ("pages", "least"), [(pages_of_the_site, 55), (pages_of_the_administration, 100)], ids=["site", "administration"]
)
def test_every_page_keeps_to_best_practice(page_for, live_server, world, pages, least, share):
    tabs, count, wrong = {}, 0, []
    for address in list(pages(world))[share::SHARES]:
        who = shown_to(world, address)
        if who is None:
            continue
        page = tabs.get(who) or tabs.setdefault(
            who, signed_in(page_for(language="en"), live_server, world.clients[who])
        )
        page.goto(address)
        count += 1
        wrong += [(address, *found) for found in violations(page) if not is_djangos(address, *found)]

    assert wrong == [], "\n".join(map(str, wrong))
    assert count >= least // SHARES


def signed_in(page, live_server, client):
    session = client.cookies.get(site_settings.SESSION_COOKIE_NAME)
    if session:
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    return page
