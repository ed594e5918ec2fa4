"""Files attached to a PDF, taken out in a process of its own, which a hostile file may kill without harm."""

import json
import subprocess
import sys
from base64 import b64decode

from assessment.maturity.signed import MOST_BYTES, SignedFileError

SECONDS, PATIENCE = 3, 20  # of work: a report takes half a one; on the clock, which a busy machine may need
MEMORY = 512 * 1024 * 1024
MOST_PDF_BYTES = 5_000_000
# Each attached JSON file as a line of base64. Needs pypdf alone, and says nothing but what it read.
READ = """
import base64, io, json, resource, sys
most, seconds, memory = json.loads(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import logging
logging.disable()
import pypdf
try:
    reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    for name, contents in reader.attachments.items():
        for content in contents:
            if name.endswith(".json"):
                print(base64.b64encode(content[: most + 1]).decode())
except Exception:
    sys.exit(3)
"""


def signed_file_in(pdf: bytes) -> bytes:
    """Return the one JSON file attached to the PDF. SignedFileError where there is none, or more than one."""
    if len(pdf) > MOST_PDF_BYTES:
        raise SignedFileError("too_large", most=MOST_PDF_BYTES)
    files = _attached(pdf)
    if len(files) != 1:
        raise SignedFileError("no_attachment" if not files else "many_attachments")
    return files[0]


def _attached(pdf: bytes) -> list[bytes]:
    try:
        finished = subprocess.run(  # noqa: S603 - our own program, the file is only its standard input
            [sys.executable, "-I", "-c", READ, json.dumps([MOST_BYTES, SECONDS, MEMORY])],
            input=pdf,
            capture_output=True,
            timeout=PATIENCE,
            env={},  # no secret of ours is in reach of a parser that a file may have taken over
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SignedFileError("unreadable_pdf") from None
    if finished.returncode:
        raise SignedFileError("unreadable_pdf")
    return [b64decode(line) for line in finished.stdout.splitlines()]
