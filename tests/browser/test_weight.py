"""What a first visit costs: bytes and requests of the real server with its compressed files, in a browser's own count.

A visitor's browser has nothing in its cache: at most 100 kB and 10 requests for any page, 15 for one that
is answered, whose script is made of modules. Run with -s to see the figures.
"""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.chromium import LOCALES
from tests.browser.screenshots import sign_in
from tests.load.servers import free_port, stop

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES, MOST_REQUESTS, MOST_WHERE_ANSWERED = 100_000, 10, 15
MANAGER = ("manager@demo.example", "Demonstration-2026")
PUBLIC = ["", "contract/", "account/login/", "account/signup/", "legal/", "privacy/", "accessibility/", "nowhere/"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demonstration as `make run` serves it, with its own data."""
    port, folder = free_port(), tmp_path_factory.mktemp("site")
    environment = os.environ | {
        "ENVIRONMENT": "demo",
        "SECRET_KEY": "for-this-server-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "DEMO_COMPANIES": "4",
        "LOG_LEVEL": "WARNING",
        "WORKERS": "1",
    }
    prepare = [sys.executable, "-m", "demo.prepare"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    server = [Path(sys.executable).parent / "gunicorn", "--config", "config/gunicorn.py"]
    process = subprocess.Popen(
        [*server, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)


def wait_for(address, process):
    for _ in range(200):
        assert process.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"{address} never answered")


@pytest.fixture(scope="module")
def visit(browser, site):
    """Open an address with an empty cache; return its bytes and requests, the icon that a window would ask for included."""

    def measure(path, *, cookies=()):
        context = browser.new_context(locale=LOCALES["fr"], viewport={"width": 1280, "height": 900})
        context.add_cookies(cookies)
        page = context.new_page()
        sizes = watch(context, page)
        page.goto(f"{site}/fr/{path}", wait_until="networkidle")
        icon = context.request.get(site + page.locator('link[type="image/svg+xml"]').get_attribute("href"))
        sizes.append(len(icon.body()) + sum(len(name) + len(value) + 4 for name, value in icon.headers.items()))
        context.close()
        return sum(sizes), len(sizes)

    return measure


def watch(context, page):
    """Return a list that fills with the bytes of each answer as they came over the wire, headers included."""
    sizes = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on("Network.responseReceived", lambda event: check(event["response"]))
    return sizes


def check(response):
    assert not response.get("fromDiskCache"), response["url"]


@pytest.fixture(scope="module")
def manager(browser, site):
    """The cookies of a company's manager."""
    context = browser.new_context(locale=LOCALES["fr"])
    page = context.new_page()
    sign_in(page, site, "fr", *MANAGER)
    cookies = context.cookies()
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    context.close()
    return cookies, links


def assert_light(measured):
    print()
    for path, (size, count) in measured.items():
        print(f"{size / 1000:6.1f} kB {count:3} requests  /fr/{path}")
    most = {path: MOST_WHERE_ANSWERED if "/dimensions/" in path else MOST_REQUESTS for path in measured}
    heavy = {path: cost for path, cost in measured.items() if cost[0] > MOST_BYTES or cost[1] > most[path]}
    assert heavy == {}


def test_first_visit_of_public_pages(visit):
    assert_light({path: visit(path) for path in PUBLIC})


def test_first_visit_of_pages_for_members(visit, manager):
    cookies, links = manager
    (assessment,) = {
        found.group(1) for link in links if (found := re.match(r"/fr/(assessments/[\w-]+/)resume/$", link))
    }
    (result,) = {found.group(1) for link in links if (found := re.match(r"/fr/(assessments/\S+/results/\d+/)$", link))}
    pages = ["start/", assessment, assessment + "dimensions/STR/", assessment + "review/", result, "account/"]

    assert_light({path: visit(path, cookies=cookies) for path in pages})


def test_static_files_are_compressed_and_kept_for_a_year(site):
    page = urllib.request.urlopen(f"{site}/fr/").read().decode()
    address = re.search(r'href="(/static/css/site\.[0-9a-f]+\.css)"', page).group(1)

    asked = urllib.request.Request(site + address, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(asked) as response:
        headers = response.headers

    assert headers["Content-Encoding"] == "br"
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
