"""What the tests of answering in a browser share: a page's questions, what it keeps, what it says."""

import re
from pathlib import Path

from playwright.sync_api import expect

# What Chromium and htmx log of the failures made on purpose
SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js" / "answering"
PROVOKED = ["Failed to load resource", "net::ERR", "Response Status Error", "htmx:"]
SELECTORS = {"choice": "input[type=radio]", "multiple": "input[type=checkbox]", "number": "input[inputmode=decimal]"}
KEPT = """async () => {
  const databases = await indexedDB.databases();
  if (!databases.length) return [];
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open("answers"));
  const found = [];
  for (const name of database.objectStoreNames) {
    for (const record of await done(database.transaction(name).objectStore(name).getAll())) {
      const decoded = record instanceof CryptoKey ? {} : {...record, iv: [], sealed: new TextDecoder().decode(record.sealed)};
      found.push({store: name, extractable: record.extractable ?? null, text: JSON.stringify(decoded)});
    }
  }
  database.close();
  return found;
}"""


def address_of(assessment, dimension="STR"):
    return f"/en/assessments/{assessment.pk}/dimensions/{dimension}/"


def choose(page, *, question, choice):
    """Choose one of the answers to the page's ``question``-th question, both counted from 0."""
    page.locator("[data-question]:visible").nth(question).locator(".answer-choices input").nth(choice).check()


def chosen(page):
    return page.locator(".answer-choices input:checked").count()


def saved(page):
    expect(page.locator("#save-status")).to_contain_text("Saved at", timeout=40_000)
    expect(page.locator("#save-failure")).to_be_empty()


def kept(page, store="unsent"):
    """Return what the browser keeps: the records of unsent answers, or the keys."""
    return [record for record in page.evaluate(KEPT) if record["store"] == store]


def until_kept(page, number):
    """Wait until this many answers are kept; they are written a moment after the change."""
    for _ in range(50):
        found = kept(page)
        if len(found) == number:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(found)} kept, not {number}")


def refuse(page, status=503):
    """From now on, no save of this context gets further than a failure."""
    page.context.route("**/answers/**", lambda route: route.fulfill(status=status))


def relent(page):
    page.context.unroute("**/answers/**")


def cut_off(page):
    """From now on, nothing more leaves this page: left, it would send what waits, past the routes of a test.

    Before ``relent``: between the two, the page would try again, and be served.
    """
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    page.wait_for_timeout(100)  # what had left already meets its route


def accept_dialogs(page):
    page.on("dialog", lambda dialog: dialog.accept())


def break_script(page, pattern, replacement):
    """Serve the page's script with a fault, to show that a test notices it."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")}
    ((name, broken),) = [
        (n, re.sub(pattern, replacement, text)) for n, text in texts.items() if re.search(pattern, text)
    ]
    assert len(re.findall(pattern, texts[name])) == 1, f"several places match {pattern}"
    address = f"**/js/answering/{name}*.js"
    page.context.route(address, lambda route: route.fulfill(body=broken, content_type="text/javascript"))


def profile_processes(folder):
    """Return the ids of the browser that uses this profile, from its command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--user-data-dir={folder}" in path.read_text().split("\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found
