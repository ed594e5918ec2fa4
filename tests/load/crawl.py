"""Ask every page of a demonstration as each role in both languages, and compare what two checkouts answer.

    python tests/load/crawl.py walk CHECKOUT ANSWERS.json      # on the demonstration that DATA_DIR holds
    python tests/load/crawl.py compare BEFORE.json AFTER.json

A walk follows every link from the first page on, by GET, without a server; of pages of one shape (one company's, one
use case's) each role asks the first few. It runs the code of the checkout, whatever its age, so it uses nothing of ours.
What differs from one run to the next isn't kept: keys of forms, versions of files, moments.
"""

import difflib
import json
import os
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROLES = ["", "manager", "colleague", "reader", "reviewer", "editor", "admin"]
LANGUAGES = ["en", "fr"]
OF_A_SHAPE = 2  # pages that each role asks, of those whose addresses differ in a number or a name only
ENDLESS = re.compile(r"[?&](e|o|p|q|page|sort|_changelist_filters|[a-z_]+__[a-z_]+)=")  # lists in another order or part
LEAVING = re.compile(r"/(logout|sign-out)/")
SHAPE = re.compile(r"(?<=/)(\d+|[0-9a-f-]{36}|[A-Z][A-Z0-9.%-]*|[\w.-]*\d[\w.-]*)(?=/|$|\.)")
PASSING = [
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'), "csrf"),
    (re.compile(r"\?v=[\w.]+|(?<=\.)[0-9a-f]{12}\.(?=js|css|svg|woff2|png)"), ""),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"), "save"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.+Z-]+"), "moment"),
    (re.compile(r"\b\d{1,2}[: ](h |)\d\d( [ap]\.m\.)?"), "time"),
]


class Links(HTMLParser):
    """The addresses a page leads to, and its text with the tags and attributes that a reader or a script may meet."""

    KEPT = {"id", "name", "href", "action", "method", "type", "value", "role", "aria-label", "alt", "lang"}

    def __init__(self):
        super().__init__()
        self.addresses, self.lines = [], []

    def handle_starttag(self, tag, attributes):
        given = {name: value for name, value in attributes if name in self.KEPT}
        if tag == "a" and given.get("href"):
            self.addresses.append(given["href"])
        if tag not in {"link", "script", "meta"}:
            self.lines.append(f"<{tag} {' '.join(f'{name}={given[name]}' for name in sorted(given))}>")

    def handle_data(self, data):
        if text := " ".join(data.split()):
            self.lines.append(text)


def walk(checkout, target):
    client_class, user_class = started(checkout)
    answers = {}
    for role in ROLES:
        client = client_class()
        if role:
            client.force_login(user_class.objects.get(email=f"{role}@demo.example"))
        for language in LANGUAGES:
            answers |= walked(client, role or "visitor", language)
    Path(target).write_text(json.dumps(answers))
    print(f"{len(answers)} answers: {dict(sorted(Counter(answer['status'] for answer in answers.values()).items()))}")


def started(checkout):
    os.chdir(checkout)
    sys.path[0] = str(Path.cwd())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    return Client, get_user_model()


def walked(client, role, language):
    waiting, shapes, answers = [f"/{language}/", f"/{language}/admin/", "/sitemap.xml", "/robots.txt"], Counter(), {}
    seen = set(waiting)
    while waiting:
        address = waiting.pop(0)
        status, lines, further = answer(client, address, language)
        answers[f"{role} {address}"] = {"status": status, "lines": lines}
        for link in further:
            parts = urlsplit(urljoin(address, link))
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            shape = SHAPE.sub("*", parts.path)
            if found in seen or not is_ours(parts, language) or ENDLESS.search(found) or LEAVING.search(found):
                continue
            seen.add(found)
            shapes[shape] += 1
            if shapes[shape] <= OF_A_SHAPE:
                waiting.append(found)
    return answers


def is_ours(parts, language):
    return parts.netloc in ("", "testserver") and parts.path.startswith(f"/{language}/")


def answer(client, address, language):
    """Return the status, the lines of the answer, and where it leads."""
    response = client.get(address, headers={"accept-language": language})
    kind = response.get("Content-Type", "").split(";")[0]
    if response.has_header("Location"):
        return response.status_code, [f"→ {response['Location']}"], [response["Location"]]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if not kind.startswith("text/html"):
        is_text = kind.startswith("text/") or kind.endswith(("json", "yaml"))
        return response.status_code, [kind, *(passing(content.decode()).splitlines() if is_text else [])], []
    links = Links()
    links.feed(passing(content.decode()))
    return response.status_code, links.lines, links.addresses


def passing(text):
    for pattern, word in PASSING:
        text = pattern.sub(word, text)
    return text


def compare(before, after):
    """Print what answers otherwise, and which lines came and went, the commonest first."""
    one, other = (json.loads(Path(path).read_text()) for path in (before, after))
    for name, there, here in [("No longer asked", one, other), ("New", other, one)]:
        shapes = Counter(SHAPE.sub("*", key.split(" ", 1)[1]) for key in there.keys() - here.keys())
        print(f"{name}: {sum(shapes.values())} addresses, {len(shapes)} shapes")
        for shape, count in shapes.most_common():
            print(f"  {count:4} {shape}")
    both = sorted(one.keys() & other.keys())
    statuses = [key for key in both if one[key]["status"] != other[key]["status"]]
    print(f"In both: {len(both)}; another status: {len(statuses)}")
    for key in statuses:
        print(f"  {one[key]['status']} → {other[key]['status']} {key}")
    lines, pages = Counter(), 0
    for key in both:
        changed = {line for line in difflib.ndiff(one[key]["lines"], other[key]["lines"]) if line[0] in "+-"}
        pages += bool(changed)
        lines.update(changed)
    print(f"Word for word the same: {len(both) - pages}; otherwise: {pages}, by these {len(lines)} lines:")
    for line, count in lines.most_common():
        print(f"  {count:4} {line[:300]}")


if __name__ == "__main__":
    {"walk": walk, "compare": compare}[sys.argv[1]](*sys.argv[2:])
