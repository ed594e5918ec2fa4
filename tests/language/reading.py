"""A page as it is read: its pieces of text and what is read out, without what is typed into a form."""

import re
from html.parser import HTMLParser

WITHIN_A_LINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "code",
    "em",
    "i",
    "img",
    "kbd",
    "small",
    "span",
    "strong",
    "svg",
    "time",
    "use",
}
NOT_READ = {"script", "style", "textarea", "code"}
READ_OUT = {"title", "aria-label", "placeholder", "alt"}


class Reader(HTMLParser):
    """``lang`` tells texts of another language: they are left out."""

    def __init__(self):
        super().__init__()
        self.lines, self.line, self.open = [], "", []

    @property
    def is_left_out(self):
        return any(tag in NOT_READ or language not in {None, "fr"} for tag, language in self.open)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in WITHIN_A_LINE:
            self.end_line()
        if values.get("lang") in {None, "fr"} and not self.is_left_out:
            self.lines += [values[name] for name in READ_OUT & values.keys() if values[name]]
        if tag not in {"br", "img", "input", "link", "meta", "hr", "source", "col", "path", "use", "wbr"}:
            self.open.append((tag, values.get("lang")))

    def handle_endtag(self, tag):
        if tag not in WITHIN_A_LINE:
            self.end_line()
        while any(tag == opened for opened, _language in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, text):
        if not self.is_left_out:
            self.line += text

    def end_line(self):
        line = re.sub(r"[ \n\t]+", " ", self.line).strip(" ")
        self.line = ""
        if line:
            self.lines.append(line)


def lines_of(html):
    reader = Reader()
    reader.feed(html)
    reader.end_line()
    return reader.lines


VOWELS = "AEIOUYÀÂÉÈÊËÎÏÔÛŒaeiouéèêëàâîïôûœ"
INVARIABLE = r"(?!(?:fois|mois|pays|accès|cas|choix|avis|temps|relais)\b)"
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
ENGLISH = "the|of|is|are|this|that|with|has|was|were|can|not|yes|last|created|changed|deleted|added|by|object|search|true|false|view|from|and|to|your|you|reader|reviewer|editor|administrator|day|days"
FAULTS = {
    "a vowel lost": re.compile(
        rf"(?<!-)\b(?:[Dd]e|[Qq]ue|[Ll]e|[Ll]a|[Jj]usque|[Ll]orsque)[ \u00a0](?=[{VOWELS}])(?!onz|oui|une? )"
    ),
    "an English word": re.compile(rf"\b(?:{ENGLISH})\b", re.IGNORECASE),
    "a wrong plural": re.compile(rf"(?<![\d,.])\b[01][ \u00a0]{INVARIABLE}[a-zéèêà]+s\b"),
    "the first of a month": re.compile(rf"(?<!\d)1 (?:{MONTHS})"),
    "a code": re.compile(r"[\[{][\"']"),
    "a space that breaks": re.compile(r" [:;?!»](?!\w)|« "),
    "a sign too close": re.compile(r"[^\W\d)][:;?!](?: |$)"),
}


def faults(line):
    return [name for name, pattern in FAULTS.items() if pattern.search(line)]
