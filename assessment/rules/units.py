"""Units as people write them after a number, beside the one that the question asks for."""

import re

from assessment.maturity.definition import Text

PER_CENT = {"%": "%", "percent": "%", "pct": "%"}
TIMES = {"foi", "time", "x", "×"}  # how often, whatever is counted; without the s of plurals


def is_of(unit: Text | None, written: str) -> bool:
    # Whether the words written after a number say no other unit: "%", "lots" and "% des lots" all say "% des lots".
    words = _words(written)
    if not words or words <= TIMES:
        return True
    if not unit:
        return words == {"%"}
    if "%" not in words and any("%" in _words(text) for text in unit.values()):
        return False  # 12 batches are not 12 % of them
    return any(words <= _words(text) for text in unit.values())


def _words(text: str) -> set[str]:
    text = re.sub(r"\bp(er|our)[\s\u00a0]cent\b", "%", text.casefold()).replace("%", " % ").replace("’", "'")
    words = re.split(r"[\s\u00a0\u202f/'().,;]+", text)
    return {PER_CENT.get(word, word.rstrip("s") if len(word) > 2 else word) for word in words if word} - {""}
