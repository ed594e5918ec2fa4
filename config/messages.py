"""Compile locale/*/LC_MESSAGES/*.po without gettext's msgfmt, which a fresh machine may not have."""

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path = LOCALE) -> None:
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))


def unfinished(folder: Path = LOCALE) -> Iterator[str]:
    """Yield a line for each text of the interface that has no certain translation."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(source)):
            if not entry.obsolete and not entry.translated():
                yield f"{source.relative_to(folder)}: {'uncertain' if entry.fuzzy else 'untranslated'}: {entry.msgid}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        problems = list(unfinished())
        sys.exit("\n".join([*problems[:20], f"{len(problems)} texts to translate."]) if problems else 0)
    compile_all()
