"""The record of what the application is made of, with licences, as CycloneDX: `make sbom` writes it."""

import json
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, cast

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
# Packages that declare no licence, or more than they have: as their own licence files say
CONCLUDED = {"axe-playwright-python": "MIT", "django-zeal": "MIT", "qrcode": "BSD-3-Clause"}
VENDOR = "django/contrib/admin/static/admin/js/vendor"
# What browsers get, which no Python package is: name, licence, the package that brings it, its file, its version there
ASSETS = (
    ("bootstrap", "MIT", "bootstrap-wrapper", "bootstrap/version.txt", r"v(\d+\.\d+\.\d+)"),
    ("htmx.org", "0BSD", "django-htmx", "django_htmx/static/django_htmx/htmx-2.min.js", r'version:"([\d.]+)"'),
    ("heroicons", "MIT", "heroicons", "", ""),
    ("jquery", "MIT", "django", f"{VENDOR}/jquery/jquery.js", r"jQuery JavaScript Library v([\d.]+)"),
    ("select2", "MIT", "django", f"{VENDOR}/select2/select2.full.js", r"Select2 ([\d.]+)"),
    ("xregexp", "MIT", "django", f"{VENDOR}/xregexp/xregexp.js", r"XRegExp ([\d.]+)"),
    ("axe-core", "MPL-2.0", "axe-playwright-python", "axe_playwright_python/axe.min.js", r"axe v([\d.]+)"),
)


def record() -> dict[str, Any]:
    # What both locks name and browsers get. Out of scope, in CycloneDX's words, is what only development needs.
    served, locked = names("requirements.txt"), names("requirements-dev.txt")
    document = environment()
    components = {canonicalize_name(component["name"]): component for component in document["components"]}
    document["components"] = [components[name] for name in sorted(locked & components.keys())]
    for name in locked & components.keys():
        components[name]["scope"] = "required" if name in served else "excluded"
        if name in CONCLUDED:
            components[name]["licenses"] = [licence(CONCLUDED[name], "concluded")]
    document["components"] += [asset(*row, scope=components[canonicalize_name(row[2])]["scope"]) for row in ASSETS]
    references = {component["bom-ref"] for component in document["components"]}
    document["dependencies"] = [row for row in document["dependencies"] if row["ref"] in references]
    document["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "application",
        "name": "Digital maturity self-assessment",
        "licenses": [licence("EUPL-1.2", "declared")],
    }
    return document


def names(lock: str) -> set[NormalizedName]:
    return {canonicalize_name(name) for name in releases(lock)}


def releases(lock: str) -> dict[str, str]:
    lines = [line.removesuffix("\\").strip() for line in (ROOT / lock).read_text(encoding="utf-8").splitlines()]
    locked = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {row.name: str(row.specifier) for row in locked if row.marker is None or row.marker.evaluate()}


def environment() -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "environment",
        "--output-reproducible",
        "--no-validate",
        sys.executable,
    ]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return json.loads(finished.stdout)


def licence(identifier: str, acknowledgement: str) -> dict[str, Any]:
    return {"license": {"id": identifier, "acknowledgement": acknowledgement}}


def asset(name: str, identifier: str, package: str, path: str, pattern: str, *, scope: str) -> dict[str, Any]:
    installed = distribution(package)
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"npm:{name}",
        "name": name,
        "description": f"Brought by {package} {installed.version}",
        "licenses": [licence(identifier, "concluded")],
        "scope": scope,
    }
    if path:
        text = Path(str(installed.locate_file(path))).read_text(encoding="utf-8")
        component["version"] = cast(re.Match[str], re.search(pattern, text)).group(1)
    return component | {"purl": "@".join([f"pkg:npm/{name}", *([component["version"]] if path else [])])}


def write(path: Path) -> None:
    text = json.dumps(record(), indent=2, ensure_ascii=False) + "\n"
    # Here, since it compiles dozens of grammars when it is imported: seconds for whoever only reads this module
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error:
        sys.exit(f"Not CycloneDX 1.6: {error}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
