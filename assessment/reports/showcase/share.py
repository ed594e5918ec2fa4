"""The picture beside a shared link: the title of the case, drawn by Typst with its own fonts, the same everywhere."""

import json
from functools import lru_cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from assessment.reports.showcase.pages import Shown
from assessment.rules.typeset import typeset_all

TEMPLATE = Path(__file__).resolve().parents[3] / "templates" / "typst" / "share.typ"
KEPT = 64


def share_picture(case: Shown) -> bytes:
    words = {
        "title": case.text["title"],
        "site": _("Digital maturity ITS"),
        "kind": _("Use case"),
        "about": " · ".join([*case.sub_sectors, *case.technologies][:4]),
    }
    return drawn(json.dumps(typeset_all(words), sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=KEPT)
def drawn(words: str) -> bytes:
    # PNG, 1200 × 630.
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        font_paths=[],
        sys_inputs={"data": words},
    )
