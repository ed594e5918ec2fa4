"""A report as a PDF for people, archives and programs: PDF/UA-1 and PDF/A-3a, its signed file attached."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils.translation import gettext as _

from assessment.rules.typeset import breakable, typeset_all

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "typst"
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
PICTURE_PPI = 220


def report_pdf(document: dict[str, Any], *, signed: bytes, name: str, at: datetime) -> bytes:
    """Return the PDF; ``signed`` is attached as ``name``, to the byte. 0.1 s."""
    attached = {"name": name, "description": _("The result, signed by the site")}
    words = {**ready(document), "attached": attached}
    return compiled("report.typ", words, format="pdf", pdf_standards=STANDARDS, at=at, signed=signed.decode())


def radar_picture(document: dict[str, Any]) -> bytes:
    """Return the radar as PNG, for documents that can't draw."""
    main = b'#import "radar.typ": radar\n#let data = json(bytes(sys.inputs.data))\n'
    main += b"#set page(width: auto, height: auto, margin: 2pt)\n"
    main += b'#set text(font: "Libertinus Serif", lang: data.language)\n#radar(data.radar.axes)'
    return compiled(main, ready(document), format="png", ppi=PICTURE_PPI)


def ready(document: dict[str, Any]) -> dict[str, Any]:
    return breakable(typeset_all(document))


def compiled(main: str | bytes, words: dict[str, Any], *, at: datetime | None = None, **options: Any) -> bytes:
    # Typst's own fonts only: the same pages on every machine
    inputs = {"data": json.dumps(words, ensure_ascii=False)}
    if "signed" in options:
        inputs["signed"] = options.pop("signed")
    source = (FOLDER / main).read_bytes() if isinstance(main, str) else main
    return typst.compile(
        {"main.typ": source, "radar.typ": (FOLDER / "radar.typ").read_bytes()},
        ignore_system_fonts=True,
        font_paths=[],
        timestamp=int(at.timestamp()) if at else 0,
        sys_inputs=inputs,
        **options,
    )
