"""Files that commands are given: read whole, or every problem said, one line each."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.management.base import OutputWrapper

from assessment.maturity.file.problems import FormatError, Problem

Read = TypeVar("Read")


def read(path: Path, parse: Callable[[str], Read], stderr: OutputWrapper) -> Read | None:
    """Return what the file says, or None after saying what is wrong with it."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FormatError as error:
        problems = error.problems
    except UnicodeDecodeError as error:
        problems = [Problem(f"byte {error.start + 1}", "is not UTF-8: save the file as UTF-8")]
    except OSError as error:
        problems = [Problem("the file", f"can't be read ({error.strerror}): check its name and rights")]
    for problem in problems:
        stderr.write(f"{path}: {problem}")
    return None
