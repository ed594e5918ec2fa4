"""Bootstrap's own style sheet without the pictures written into it, which the security policy forbids.

Our sheets draw those arrows and ticks otherwise, but load after it: on a slow first paint a browser would ask for one,
and log a breach. Run as a module, it writes the file again; a test holds it to the installed Bootstrap.
"""

import re
from pathlib import Path

import bootstrap_wrapper

TARGET = Path(__file__).resolve().parent.parent / "static" / "bootstrap" / "bootstrap.min.css"
PICTURE = re.compile(r"""url\((["'])data:.*?\1\)""")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def derived() -> str:
    source = (bootstrap_wrapper.get_bootstrap_css_dir() / "bootstrap.min.css").read_text(encoding="utf-8")
    return SOURCE_MAP.sub("", PICTURE.sub("none", source)).strip() + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(derived(), encoding="utf-8")
