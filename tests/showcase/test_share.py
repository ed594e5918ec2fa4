"""The picture beside a shared link: every character that is drawn is one that its fonts have."""

import json
import re

import pytest
import typst

from assessment.rules.typeset import DRAWN, typeset, typeset_all

PAGE = b"""#set page(width: 400pt, height: auto, margin: 4pt)
#set text(font: "New Computer Modern Sans", weight: "bold")
#for character in json(bytes(sys.inputs.data)) [#block(height: 20pt)[a#text(character)]]
"""


def glyphs(characters):
    """The shapes drawn for each character, an "a" before it."""
    options = {"format": "svg", "ignore_system_fonts": True, "font_paths": []}
    page = typst.compile(PAGE, sys_inputs={"data": json.dumps(characters)}, **options).decode()
    lines = re.findall(r'<g transform="translate\(4 [\d.]+\)">(.*?)</g></g>', page.split("<defs>")[0])
    return [re.findall(r"#(g[0-9A-F]+)", line) for line in lines]


def test_every_character_that_is_kept_is_one_that_the_fonts_have():
    [[_a, box]] = glyphs(["\u4e00"])
    kept = [chr(code) for code in range(0x21, 0xFFFF) if DRAWN.match(chr(code)) and not chr(code).isspace()]

    drawn = glyphs(kept)

    assert (len(kept) > 3000, len(drawn)) == (True, len(kept))
    assert [character for character, shapes in zip(kept, drawn, strict=True) if box in shapes] == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("L’Oréal – « 80\u202f% », œuvre, Ångström, Γ, Ж", "L’Oréal – « 80\u202f% », œuvre, Ångström, Γ, Ж"),
        ("Robot 🤖 de tri", "Robot de tri"),
        ("👩‍🔬 Labo", "Labo"),
        ("e\u0301tude", "étude"),
        ("ＡＩ ２", "AI 2"),
        ("日本 Acme", "Acme"),
        ("→ ≥ 5 µm², 37 °C", "→ ≥ 5 µm², 37 °C"),
        ("🤖", ""),
    ],
)
def test_what_cannot_be_drawn_is_plain_or_left_out(text, plain):
    assert typeset(text) == plain
    assert typeset_all({"a": [text, 1, None]}) == {"a": [plain, 1, None]}
