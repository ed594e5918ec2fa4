"""A report as a Word document that people edit: headings, lists and tables are real ones, in the site's colours."""

import io
import re
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

ACCENT, MUTED, SOFT = RGBColor(0x0B, 0x5D, 0x66), RGBColor(0x4F, 0x61, 0x66), "E2F0F0"
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
WIDTH, NUMBER, PICTURE = Cm(17), Cm(1.7), Cm(11)
FEWEST_AXES = 3
# What XML can't hold, and what turns round the letters after it.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def report_docx(words: dict[str, Any], radar: bytes) -> bytes:
    """Return the document; ``words`` are those of reports.results.report_words, ``radar`` a PNG."""
    content = writable(words)
    docx = Document()
    prepare(docx, content)
    write_head(docx, content)
    write_standing(docx, content, radar)
    write_next(docx, content)
    for place, annex in enumerate(content["annexes"]):
        docx.add_heading(
            f"{chr(ord('A') + place)} – {annex['title']}", 1
        ).paragraph_format.page_break_before = not place
        for block in annex["blocks"]:
            BLOCKS[block["kind"]](docx, block)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


def writable(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: writable(part) for name, part in content.items()}
    if isinstance(content, list | tuple):
        return [writable(part) for part in content]
    return UNWRITABLE.sub("", content) if isinstance(content, str) else content


# --- The document -----------------------------------------------------------------------------------------------------


def prepare(docx: Docx, content: dict[str, Any]) -> None:
    about, section = docx.core_properties, docx.sections[0]
    about.title = f"{content['title']} – {content['company']}"[:255]
    about.author, about.comments, about.language = content["author"], "", LANGUAGES[content["language"]]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = content["fictional"]
    foot = section.footer.paragraphs[0]
    foot.text = f"{content['running']}\t\t"
    for place, name in enumerate(["PAGE", "NUMPAGES"]):
        add_field(foot, name, " / " if place else "")
    set_styles(docx, LANGUAGES[content["language"]])


def set_styles(docx: Docx, language: str) -> None:
    for name, size in [("Normal", 10.5), ("Title", 24), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 10)]:
        style = docx.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = "Calibri", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ["asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"]:
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = ACCENT
    properties = docx.styles["Normal"].element.get_or_add_rPr()
    properties.append(element("w:lang", val=language))


def element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_field(paragraph: Paragraph, name: str, before: str) -> None:
    # Word counts the pages itself
    paragraph.add_run(before)
    run = paragraph.add_run()._r
    text = element("w:instrText")
    text.text = name
    run.extend([element("w:fldChar", fldCharType="begin"), text, element("w:fldChar", fldCharType="end")])


# --- What a board reads -----------------------------------------------------------------------------------------------


def write_head(docx: Docx, content: dict[str, Any]) -> None:
    note(docx, f"{content['title']} · {content['questionnaire']}")
    docx.add_paragraph(content["company"], "Title")
    for line in filter(None, [content["entity"], content["fictional"]]):
        docx.add_paragraph().add_run(line).bold = True
    write_facts(docx, {"rows": content["facts"]})


def write_standing(docx: Docx, content: dict[str, Any], radar: bytes) -> None:
    score, level = content["score"], content["score"]["level"]
    docx.add_heading(score["label"], 1)
    figure = docx.add_paragraph().add_run(f"{score['value']} {score['most']}".strip())
    figure.bold, figure.font.size, figure.font.color.rgb = True, Pt(28), ACCENT
    docx.add_paragraph().add_run(f"{level['number']} {level['title']}".strip()).bold = True
    for line in filter(None, [level["text"], score["interval"], score["held_back"]]):
        docx.add_paragraph(line)
    if len(content["radar"]["axes"]) >= FEWEST_AXES:
        write_radar(docx, content["radar"], radar)
    write_entries(docx, content["strengths"])
    docx.add_heading(content["distance"]["title"], 1)
    docx.add_paragraph(" ".join(content["distance"]["sentences"]))


def write_radar(docx: Docx, radar: dict[str, Any], picture: bytes) -> None:
    docx.add_picture(io.BytesIO(picture), width=PICTURE)
    (described,) = docx.paragraphs[-1]._p.iter(qn("wp:docPr"))
    described.set("descr", radar["alt"])
    docx.add_paragraph(radar["title"], "Caption")


def write_entries(docx: Docx, part: dict[str, Any]) -> None:
    docx.add_heading(part["title"], 1)
    if not part["items"]:
        docx.add_paragraph(part["none"])
    for entry in part["items"]:
        paragraph = docx.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{entry['title']} ").bold = True
        paragraph.add_run(f"({entry['note']}, {entry['value']})").font.color.rgb = MUTED
        if "step" in entry:
            paragraph.add_run(f"\n{entry['step']}")


def write_next(docx: Docx, content: dict[str, Any]) -> None:
    priorities, plan, progress = content["priorities"], content["plan"], content["progress"]
    write_entries(docx, priorities)
    if priorities["duties"]:
        docx.add_heading(priorities["duties_title"], 2)
        docx.add_paragraph(priorities["duties_lead"])
        write_list(docx, {"items": priorities["duties"]})
        note(docx, priorities["duties_more"])
    if plan:
        docx.add_heading(plan["title"], 1)
        write_table(docx, plan["table"])
        note(docx, f"{plan['total']} {plan['more']}".strip())
    if progress:
        docx.add_heading(progress["title"], 1)
        docx.add_paragraph(progress["lead"])
        if progress["table"]["rows"]:
            write_table(docx, progress["table"])
        note(docx, progress["note"])


def note(docx: Docx, words: str) -> None:
    if words:
        docx.add_paragraph().add_run(words).font.color.rgb = MUTED


# --- Blocks -----------------------------------------------------------------------------------------------------------


def write_text(docx: Docx, block: dict[str, Any]) -> None:
    docx.add_paragraph(block["text"])


def write_heading(docx: Docx, block: dict[str, Any]) -> None:
    docx.add_heading(block["text"], 2)


def write_list(docx: Docx, block: dict[str, Any]) -> None:
    for words in block["items"]:
        docx.add_paragraph(words, "List Bullet")


def write_facts(docx: Docx, block: dict[str, Any]) -> None:
    for label, value in block["rows"]:
        paragraph = docx.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{label} – ").font.color.rgb = MUTED
        paragraph.add_run(value)


def write_table(docx: Docx, block: dict[str, Any]) -> None:
    if block["caption"]:
        docx.add_paragraph(block["caption"], "Caption").paragraph_format.keep_with_next = True
    numbers, headers = block["numbers"], block["headers"]
    table = docx.add_table(rows=1 + len(block["rows"]), cols=len(headers), style="Table Grid")
    table.autofit = False
    first, *others = table.rows
    first._tr.get_or_add_trPr().append(element("w:tblHeader"))
    write_row(first, {"cells": headers, "under": [], "strong": True}, numbers)
    for row, content in zip(others, block["rows"], strict=True):
        write_row(row, content, numbers)
    set_widths(table, numbers, len(headers), block["wide"])
    docx.add_paragraph()


def write_row(row: Any, content: dict[str, Any], numbers: Sequence[int]) -> None:
    # The library gives rows and cells no public name
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for place, (cell, words) in enumerate(zip(row.cells, content["cells"], strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(words).bold = content["strong"]
        paragraph.paragraph_format.space_after = Pt(0)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if content["strong"]:
            shade(cell)
        for line in content["under"] if place == 0 else []:
            cell.add_paragraph().add_run(line).font.color.rgb = ACCENT


def shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", fill=SOFT))


def set_widths(table: Table, numbers: Sequence[int], count: int, wide: int) -> None:
    texts = count - len(numbers)
    left = (WIDTH - NUMBER * len(numbers)) / (texts + 1)
    widths = [NUMBER if place in numbers else int(left * (2 if place == wide else 1)) for place in range(count)]
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


BLOCKS = {
    "text": write_text,
    "heading": write_heading,
    "list": write_list,
    "facts": write_facts,
    "table": write_table,
}
