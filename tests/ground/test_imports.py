"""What our code leans on: what packages promise, never what they keep to themselves."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXCEPT = {
    # The check of a lock runs before anything is installed, with what pip brings along: docs/decisions/0014
    "config/locked.py": "pip._vendor.packaging",
    # openpyxl decodes texts twice, and has no other door to a cell as it was typed
    "spreadsheets/xlsx.py": "openpyxl.worksheet._reader",
}


def imported(file):
    """Yield the dotted name of each module that a file imports, and of each name that it takes from one."""
    for node in ast.walk(ast.parse((ROOT / file).read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_private(name):
    package, *parts = name.split(".")
    return not (ROOT / package).exists() and any(part == "internal" or part.startswith("_") for part in parts)


def our_files():
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [file for file in listed.split() if (ROOT / file).exists()]


def test_nothing_imports_what_a_package_keeps_to_itself():
    private = {(file, name) for file in our_files() for name in imported(file) if is_private(name)}

    assert {(file, name) for file, name in private if not name.startswith(EXCEPT.get(file, "/"))} == set()


def test_one_library_reads_yaml():
    libraries = {name.partition(".")[0] for file in our_files() for name in imported(file) if "yaml" in name.lower()}

    assert libraries & {"yaml", "ruamel", "strictyaml", "pydantic_yaml"} == {"yaml"}
