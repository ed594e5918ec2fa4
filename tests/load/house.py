"""Measure the code of a checkout: `python tests/load/house.py [PATH …]`, one column each; no database, nothing imported.

Our code is what git knows, without tests, migrations and what is made by machines.
"""

import ast
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

LONGEST = 400  # lines of a file
WINDOW = 6  # lines that are the same in two places are said twice
LEFT_OUT = re.compile(r"^tests/|(^|/)migrations/|^docs/|^locale/|^conftest\.py$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main():
    roots = [Path(given).resolve() for given in sys.argv[1:] or ["."]]
    columns = [measures(root) for root in roots]
    print("|  |" + "".join(f" {root.name} |" for root in roots))
    print("| --- |" + " ---: |" * len(roots))
    for name in columns[0]:
        print(f"| {name} |" + "".join(f" {column[name]} |" for column in columns))


def measures(root):
    files = ours(root)
    python = {file: (root / file).read_text() for file in files if file.endswith(".py")}
    trees = {file: ast.parse(text) for file, text in python.items()}
    functions = [(file, node) for file, tree in trees.items() for node in ast.walk(tree) if isinstance(node, Function)]
    lengths = sorted(length(node) for _file, node in functions)
    public = [node for _file, node in functions if not node.name.startswith("_")]
    return {
        "files of Python": len(python),
        "lines of Python": sum(text.count("\n") for text in python.values()),
        "functions": len(functions),
        "function length, median": statistics.median_low(lengths),
        "function length, p90": lengths[len(lengths) * 9 // 10],
        "function length, longest": lengths[-1],
        f"files above {LONGEST} lines": sum((root / file).read_text().count("\n") > LONGEST for file in files),
        "functions with a docstring": share([ast.get_docstring(node) for _file, node in functions]),
        "the same, without maturity/": share(
            [ast.get_docstring(node) for file, node in functions if "/maturity/" not in file]
        ),
        "public functions with full types": share([is_typed(node) for node in public]),
        f"lines said twice ({WINDOW} or more in a row)": repeated(python.values()),
        "own middleware": middleware(root),
        "raw cursors": sum(len(re.findall(r"\.cursor\(", text)) for text in python.values()),
        "modules that open with What, Who, How, Whether": sum(
            (ast.get_docstring(tree) or "").startswith(("What ", "Who ", "How ", "Whether ")) for tree in trees.values()
        ),
        "exceptions not named …Error": sum(
            isinstance(node, ast.ClassDef)
            and any(getattr(base, "id", "").endswith(("Error", "Exception")) for base in node.bases)
            and not node.name.endswith("Error")
            for tree in trees.values()
            for node in ast.walk(tree)
        ),
        "private modules of packages imported": sum(
            any(part == "internal" or part.startswith("_") for part in name.split(".") if part != "__future__")
            for tree in trees.values()
            for name in imported(tree)
        ),
    }


def ours(root):
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True)
    kinds = (".py", ".html", ".css", ".js")
    return [file for file in listed.stdout.splitlines() if file.endswith(kinds) and not LEFT_OUT.search(file)]


def length(node):
    """Lines from the signature to the end, without decorators and docstring."""
    said = node.body[0] if ast.get_docstring(node) else None
    return node.end_lineno - node.lineno + 1 - (said.end_lineno - said.lineno + 1 if said else 0)


def is_typed(node):
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    named = [argument for argument in arguments if argument.arg not in ("self", "cls")]
    return node.returns is not None and all(argument.annotation for argument in named)


def share(values):
    return f"{100 * sum(map(bool, values)) / len(values):.0f} %" if values else "–"


def repeated(texts):
    """Count the lines that stand in a run of WINDOW lines which stands elsewhere too; imports and blank lines aside."""
    places = defaultdict(list)
    for number, text in enumerate(texts):
        lines = [line.strip() for line in text.splitlines()]
        lines = [line for line in lines if line and not line.startswith(("#", "import ", "from "))]
        for start in range(len(lines) - WINDOW + 1):
            places["\n".join(lines[start : start + WINDOW])].append((number, start))
    twice = [place for same in places.values() if len(same) > 1 for place in same]
    return len({(number, start + step) for number, start in twice for step in range(WINDOW)})


def middleware(root):
    """Those of the settings that are found here."""
    settings = (root / "config" / "settings.py").read_text()
    paths = re.search(r"^MIDDLEWARE = \[(.*?)^\]", settings, re.MULTILINE | re.DOTALL)[1]
    return sum((root / name).is_dir() for name in re.findall(r'^\s*"(\w+)\.', paths, re.MULTILINE))


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


if __name__ == "__main__":
    main()
