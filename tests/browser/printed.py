"""The text of a page that Chromium printed: what its own PDF says, glyph by glyph, in the order it was drawn."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
DRAWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|(BT)")
RANGE = re.compile(rb"<(\w+)> <(\w+)> <(\w+)>")
SINGLE = re.compile(rb"<(\w+)> <(\w+)>")


def printed_text(page):
    """Return the words of the printed page with one space between them."""
    objects = dict(OBJECT.findall(page.pdf()))
    fonts = {
        name: glyphs(objects, objects[number])
        for body in objects.values()
        for part in re.findall(rb"/Font <<(.*?)>>", body, re.DOTALL)
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", part)
    }
    contents = [number for body in objects.values() for number in re.findall(rb"/Contents (\d+) 0 R", body)]
    return " ".join("".join(drawn(content(objects[number]), fonts)) for number in contents)


def content(body):
    raw = STREAM.search(body)[1]
    return zlib.decompress(raw) if b"/FlateDecode" in body else raw


def glyphs(objects, font):
    """The character of each glyph of a font."""
    known, found = {}, re.search(rb"/ToUnicode (\d+) 0 R", font)
    table = content(objects[found[1]]) if found else b""
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        known |= {int(code, 16): text(sign) for code, sign in SINGLE.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, sign in RANGE.findall(block):
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                known[code] = chr(int(sign, 16) + place)
    return known


def text(sign):
    return bytes.fromhex(sign.decode()).decode("utf-16-be")


def drawn(stream, fonts):
    font = {}
    for name, codes, begins in DRAWN.findall(stream):
        if begins:
            yield " "
        elif name:
            font = fonts[name]
        else:
            yield from (font.get(int(codes[place : place + 4], 16), "") for place in range(0, len(codes), 4))
