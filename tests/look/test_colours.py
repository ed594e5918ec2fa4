"""Contrast of the site's colours, light and dark: 4.5 for text, 3 for what shows where controls and charts are."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "static/css/site.css").read_text()
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part)) for part in SHEET.split("@media screen", 1))
GROUNDS = ["page", "surface", "sunken"]

TEXT = [
    *[(ink, ground) for ink in ["ink", "ink-strong", "muted", "accent", "accent-strong"] for ground in GROUNDS],
    *[(tone, f"{tone}-soft") for tone in ["good", "warn", "bad"]],
    *[(tone, "surface") for tone in ["good", "warn", "bad"]],
    *[(ink, "accent-soft") for ink in ["ink", "ink-strong", "accent-strong", "muted"]],
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    *[("on-level-low", f"level-{number}") for number in (1, 2, 3)],
    *[("on-level-high", f"level-{number}") for number in (4, 5)],
]
SHAPES = [(line, ground) for line in ["line-strong", "accent", "bad", "good"] for ground in ["page", "surface"]]


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_guidelines_do():
    assert [round(contrast("#000", "#ffffff"), 2), round(contrast("#777777", "#fff"), 2)] == [21, 4.48]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, SHAPES)], ids=["text", "shapes"])
def test_contrast(theme, least, pairs):
    weak = {
        f"{front} on {ground}": round(contrast(theme[front], theme[ground]), 2)
        for front, ground in pairs
        if contrast(theme[front], theme[ground]) < least
    }

    assert weak == {}
