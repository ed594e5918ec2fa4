"""Texts as Typst's own fonts can draw them: a character that none of them has would be a box."""

import re
import unicodedata
from typing import Any

# What the fonts inside Typst have: letters of Europe and its neighbours, punctuation, signs, marks.
DRAWN = re.compile(
    "[\n\u0020-\u007e\u00a0-\u034e\u0350-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u04ff\u0531-\u0556\u0559-\u058a\u05d0-\u05ea\u0621-\u063a\u0640-\u064a\u0660-\u066d\u10d0-\u10ff"
    "\u1e00-\u1f15\u1f18-\u1f1d\u1f20-\u1f26\u1f28-\u1f45\u1f48-\u1f4d\u1f50-\u1f57\u1f5f-\u1f7d\u1f80-\u1fb4"
    "\u2000-\u200a\u2010-\u2027\u202f-\u2040\u2044-\u2052\u2054-\u205f\u2070\u2071\u2074-\u208e\u2090-\u209c"
    "\u20a0-\u20c0\u2100-\u211e\u2120\u2122\u2124\u2126-\u2151\u2153-\u2184\u2190-\u23ff\u2460-\u2606"
    "\u2609-\u262f\u2638-\u268b\u2690-\u269c\u26a0-\u26a7\u2701-\u2704\u2706-\u2709\u270c-\u2714"
    "\u2776-\u277f\u2794\u2798-\u27af\u27b1-\u27ff\u2801-\u2b73\ufb00-\ufb06]"
)


ALL_DRAWN = re.compile(f"{DRAWN.pattern}*").fullmatch
# Longer words than any language of the site has, such as addresses and checksums; zero-width spaces let them break.
PIECE, BREAK = 24, "\u200b"
ENDLESS = re.compile(r"[^\s\u00a0\u202f]{40,}")


def typeset(text: str) -> str:
    """Return the text with what can't be drawn in its plainest form (full-width letters), or left out (emoji)."""
    text = composed(text)
    if not ALL_DRAWN(text):
        text = "".join(character if DRAWN.match(character) else plainest(character) for character in text)
    return re.sub(" {2,}", " ", text).strip(" ")


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def plainest(character: str) -> str:
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", character)
    return plain if all(map(DRAWN.match, plain)) else ""


def typeset_all(content: Any) -> Any:
    """Return a document's words, however they are nested."""
    if isinstance(content, dict):
        return {name: typeset_all(part) for name, part in content.items()}
    if isinstance(content, list | tuple):
        return [typeset_all(part) for part in content]
    return typeset(content) if isinstance(content, str) else content


def breakable(content: Any) -> Any:
    """Return a document's words with places to break in the longest: one without any would run off its page."""
    if isinstance(content, dict):
        return {name: breakable(part) for name, part in content.items()}
    if isinstance(content, list | tuple):
        return [breakable(part) for part in content]
    return ENDLESS.sub(with_breaks, content) if isinstance(content, str) else content


def with_breaks(word: re.Match) -> str:
    return BREAK.join(word[0][start : start + PIECE] for start in range(0, len(word[0]), PIECE))
