"""Read a site as a browser would: follow its links, and list what its security policy forbids."""

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

HOST = "http://testserver"
SCRIPTED = ("javascript:", "data:", "vbscript:")


class Reader(HTMLParser):
    """Collect links, and anything inline: the policy would block it, so the page would look or work wrong."""

    def __init__(self):
        super().__init__()
        self.links, self.inline = [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") != "application/json"):
            self.inline.append(f"<{tag}>")
        for name, value in attributes:
            if name == "style" or name.startswith("on"):
                self.inline.append(f"<{tag} {name}={value!r}>")
            if name in {"href", "src", "action"} and (value or "").strip().lower().startswith(SCRIPTED):
                self.inline.append(f"<{tag} {name}={value!r}>")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])


def read(response):
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


def crawl(client, *starts, below=("/en/", "/fr/"), leave_out=(), with_queries=True):
    """Return {address: response} of every page reachable by links from ``starts``, within ``below``.

    Without queries where lists can be filtered and sorted in endless ways.
    """
    pages, waiting = {}, list(starts)
    while waiting:
        address = waiting.pop()
        address = address if with_queries else address.partition("?")[0]
        if address in pages or not address.startswith(below) or address.startswith(leave_out):
            continue
        pages[address] = response = client.get(address)
        if is_page(response):
            waiting += [local(address, link) for link in read(response).links]
    return pages


def is_page(response):
    return response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming


def local(address, link):
    """Return the link's address on this site, "" for one that leaves it or stays on the page."""
    parts = urlsplit(urldefrag(urljoin(HOST + address, link)).url)
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
