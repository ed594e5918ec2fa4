"""The scripts of a dimension's page: modules, each by the fingerprint of its content, and light."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from web.scripts import ModuleStorage

FOLDER = settings.BASE_DIR / "static" / "js" / "answering"
PRELOADED = settings.BASE_DIR / "templates" / "assessment" / "_scripts.html"


def imported(path):
    return set(re.findall(r'^import .* from "\./(\w+)\.js";$', path.read_text(encoding="utf-8"), re.MULTILINE))


def test_all_that_the_page_imports_is_asked_for_at_once():
    """Or each import would be found only once the file before it has come."""
    named = re.findall(
        r"modulepreload\" href=\"{% static 'js/answering/(\w+)\.js'", PRELOADED.read_text(encoding="utf-8")
    )

    assert set(named) == imported(FOLDER / "page.js")
    assert [imported(FOLDER / f"{name}.js") - set(named) for name in named] == [set()] * len(named)


def test_no_module_is_forgotten():
    here = {path.stem for path in FOLDER.glob("*.js")}

    assert here == imported(FOLDER / "page.js") | {"page", "place"}


@pytest.fixture
def storage(tmp_path, settings):
    settings.DEBUG = settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = False
    return ModuleStorage(location=tmp_path, base_url="/static/")


def test_a_module_imports_others_by_the_fingerprint_of_their_content(storage):
    storage.save(
        "js/a/first.js",
        ContentFile('import { one } from "./second.js";\nimport {\n  two,\n} from "./second.js";\none(two);\n'),
    )
    storage.save("js/a/second.js", ContentFile("export const one = 1;\n"))
    paths = {name: (storage, name) for name in ["js/a/first.js", "js/a/second.js"]}

    problems = [result for _name, _hashed, result in storage.post_process(paths) if isinstance(result, Exception)]

    second = Path(storage.stored_name("js/a/second.js")).name
    text = Path(storage.path(storage.stored_name("js/a/first.js"))).read_text(encoding="utf-8")
    assert problems == []
    assert re.findall(r'"\./([^"]+)"', text) == [second, second]


def test_scripts_of_other_packages_are_left_as_they_are(storage):
    storage.save("other/a.js", ContentFile('// as in: import { a } from "./nowhere.js";\n'))

    results = list(storage.post_process({"other/a.js": (storage, "other/a.js")}))

    assert [result for _name, _hashed, result in results if isinstance(result, Exception)] == []


def test_the_scripts_of_a_dimensions_page_weigh_little():
    htmx = Path(finders.find("django_htmx/htmx-2.min.js")).read_bytes()
    texts = [*(path.read_bytes() for path in FOLDER.glob("*.js")), htmx]

    assert sum(len(gzip.compress(text)) for text in texts) <= 40_000
