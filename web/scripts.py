"""Scripts written in small files and sent as one: a page keeps to its ten requests, and nothing has to be built.

A file of static/js/<folder>/ holds one subject; they share one scope, in the order given here.
"""

import os
import tempfile

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

SOURCES = settings.BASE_DIR / "static" / "js"
JOINED = {
    "js/answering.js": [
        "answering/place.js",  # first: what follows stops on a page that is only read
        *(
            f"answering/{name}.js"
            for name in [
                "questions",
                "statuses",
                "store",
                "session",
                "queue",
                "conflicts",
                "choices",
                "restoring",
                "page",
            ]
        ),
    ],
}


def joined(names):
    parts = [(SOURCES / name).read_text(encoding="utf-8").strip() for name in names]
    return "(() => {\n" + "\n\n".join(['"use strict";', *parts]) + "\n})();\n"


class JoinedScriptsFinder(BaseFinder):
    """Joins anew each time it is asked: once when static files are collected, at each request while developing."""

    storage = FileSystemStorage(location=settings.DATA_DIR / "joined")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False):
        if path not in JOINED:
            return []
        return [self.written(path)] if find_all else self.written(path)

    def list(self, ignore_patterns):
        for path in JOINED:
            if not matches_patterns(path, ignore_patterns):
                self.written(path)
                yield path, self.storage

    def written(self, path):
        """Return where the joined file is; it takes its place at once, so that nobody is served half of it."""
        target = self.storage.path(path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(target), delete=False, encoding="utf-8") as file:
            file.write(joined(JOINED[path]))
        os.chmod(file.name, 0o644)
        os.replace(file.name, target)
        return target
