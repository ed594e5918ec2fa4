"""Bootstrap's own style sheet, less what no page of ours names and less the pictures written into it.

The security policy forbids those pictures; our sheets draw the arrows and ticks otherwise, but load after it: on a slow
first paint a browser would ask for one, and log a breach. Run as a module, it writes the sheet again, for the installed
Bootstrap and the classes that templates, scripts and code name now; tests hold it to both.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import bootstrap_wrapper

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "bootstrap" / "bootstrap.min.css"
PICTURE = re.compile(r"""url\((["'])data:.*?\1\)""")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")
CHARSET = '@charset "UTF-8";'
LICENSE = re.compile(r"/\*!.*?\*/", re.DOTALL)
# What a selector needs to be there; what it needs not to be there is no reason to leave it out.
NEEDED = re.compile(r"\.(-?[A-Za-z_][\w-]*)|\[(data-bs-[\w-]+)")
NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
# Names stand within quotes, or where a template writes a class; "alert-{{ level }}" names all that begin so.
QUOTED = re.compile(r"""(["'`])((?:(?!\1).)*)\1""")
TAG, VALUE, CLASSES = re.compile(r"{%.*?%}", re.DOTALL), re.compile(r"{{.*?}}"), re.compile(r'\bclass="([^"]*)"')
BEGINNING = re.compile(r"([\w-]+-)(?:\$?\{|\0)")
NAME = re.compile(r"[A-Za-z_][\w-]*")
VARIABLE = re.compile(r"var\((--[\w-]+)")


def installed() -> str:
    source = (bootstrap_wrapper.get_bootstrap_css_dir() / "bootstrap.min.css").read_text(encoding="utf-8")
    return SOURCE_MAP.sub("", PICTURE.sub("none", source)).replace(CHARSET, "").strip()


def derived(names: Collection[str]) -> str:
    """Return the installed sheet with those of its rules whose classes are all among ``names``."""
    sheet = installed()
    kept = without_unread("".join(trimmed(LICENSE.sub("", sheet), names)))
    return f"{CHARSET}{' '.join(LICENSE.findall(sheet))}{kept}\n"


def of_our_pages() -> str:
    return derived(named(classes(installed())))


# --- The sheet's rules ------------------------------------------------------------------------------------------------
def rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield each rule's selectors, or what stands before an at-rule's braces, and what stands between them."""
    start = opened = depth = 0
    for found in re.finditer(r"[{}]", sheet):
        depth += 1 if found[0] == "{" else -1
        if found[0] == "{" and depth == 1:
            opened = found.end()
        elif depth == 0:
            yield sheet[start : opened - 1], sheet[opened : found.start()]
            start = found.end()


def trimmed(sheet: str, names: Collection[str]) -> Iterator[str]:
    for head, body in rules(sheet):
        if head.startswith(("@media", "@supports")):
            body = "".join(trimmed(body, names))
        elif not head.startswith("@"):
            head = ",".join(one for one in selectors(head) if needs(one) <= set(names))
        if head and body:
            yield f"{head}{{{body}}}"


def selectors(head: str) -> list[str]:
    return re.split(r",(?![^(]*\))", head)


def needs(selector: str) -> set[str]:
    return {name for found in NEEDED.findall(NOT.sub("", selector)) for name in found if name}


def classes(sheet: str) -> set[str]:
    """Return every class that the sheet has a rule for."""
    inner = {head: body for head, body in rules(LICENSE.sub("", sheet)) if head.startswith(("@media", "@supports"))}
    heads = [head for head, _body in rules(LICENSE.sub("", sheet)) if not head.startswith("@")]
    return {name for head in heads for one in selectors(head) for name in needs(one)}.union(
        *map(classes, inner.values())
    )


def without_unread(sheet: str) -> str:
    """Less the variables that :root sets and the movements, where neither this sheet nor ours asks for them."""
    ours = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "static" / "css").glob("*.css")))
    before = ""
    while sheet != before:
        before, sheet = sheet, without_unread_once(sheet, ours)
    return sheet


def without_unread_once(sheet: str, ours: str) -> str:
    read = set(VARIABLE.findall(sheet + ours))
    sheet = re.sub(r":root\{([^}]*)\}", lambda found: of_root(found[1], read), sheet)
    asked = " ".join(re.findall(r"animation(?:-name)?:([^;}]*)", sheet + ours))
    kept = [(head, body) for head, body in rules(sheet) if not head.startswith("@keyframes") or head[11:] in asked]
    return "".join(f"{head}{{{body}}}" for head, body in kept)


def of_root(body: str, read: Collection[str]) -> str:
    kept = [line for line in body.split(";") if not line.startswith("--") or line.partition(":")[0] in read]
    return f":root{{{';'.join(kept)}}}" if kept else ""


# --- What is named ----------------------------------------------------------------------------------------------------
def named(among: Iterable[str]) -> set[str]:
    """Return those of the classes that templates, scripts or code name."""
    words, beginnings = set(), set()
    for text in texts():
        words |= set(NAME.findall(text))
        beginnings |= set(BEGINNING.findall(text))
    return {name for name in among if name in words or name.startswith(tuple(beginnings))}


def texts() -> Iterator[str]:
    """Yield what may hold names: values of "class", and what is quoted in templates' tags, scripts and code."""
    packages = [Path(spec.origin).parent for name in ["crispy_bootstrap5"] if (spec := find_spec(name)) and spec.origin]
    for folder in [ROOT / "templates", *packages]:
        for path in folder.rglob("*.html"):
            page = path.read_text(encoding="utf-8")
            yield from (quoted for tag in TAG.findall(page) for _mark, quoted in QUOTED.findall(tag))
            yield from CLASSES.findall(VALUE.sub("\0", TAG.sub(" ", page)))
    ours = [ROOT / name for name in ["assessment", "contract", "edits", "fragments", "staff", "web", "static/js"]]
    for folder in ours:
        for path in [*folder.rglob("*.py"), *folder.rglob("*.js")]:
            yield from (quoted for _mark, quoted in QUOTED.findall(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(of_our_pages(), encoding="utf-8")
