"""Any text and any number that a person may have typed, with the ones that spreadsheets change for preference."""

from decimal import Decimal

from hypothesis import strategies as st

PIECES = [
    *["_x2025_", "_x0041_x0042_", "_x005F_x0041_", "_x000D_", "_x", "x0041_", "<r>", "</r>", "<t>", "&amp;", "]]>"],
    *["=1+1", "+33", "-5", "@home", "'", "''", '"', "0033", "2026.10", "12/03/2026", "14:30", "80 %", "1,000", "TRUE"],
    *["\r\n", "\n", "\t", "  ", "\u00a0", "\u202f", "\u2028", "\ufeff", "\u200d", "e\u0301", "é", "😀", "\x07", "\x85"],
]
STORED = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(STORED, max_size=12)), max_size=6).map("".join)
WHOLE = st.integers(0, 10**15 - 1)
NUMBERS = st.builds(
    lambda whole, places, sign: (Decimal(whole).scaleb(-places) * sign).normalize() + 0,
    *[WHOLE, st.integers(0, 15), st.sampled_from([1, -1])],
)
