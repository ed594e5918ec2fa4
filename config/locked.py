"""Completeness of a lock: `pip check`, and extras, which that passes over.

Run by the environment's own Python, with what pip brings: there may be nothing else yet.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

# pip's own copy: the environment may lack the very package that this looks for
from pip._vendor.packaging.requirements import InvalidRequirement, Requirement
from pip._vendor.packaging.utils import canonicalize_name


def problems(lock: Path) -> Iterator[str]:
    """Yield a sentence for each requirement that the lock doesn't meet, from what it names and what it was made of."""
    named = {canonicalize_name(requirement.name) for _, requirement in requirements(lock)}
    waiting = [*requirements(lock), *requirements(lock.with_suffix(".in"))]
    seen = set()
    while waiting:
        by, requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), str(requirement))
        if key in seen:
            continue
        seen.add(key)
        problem = lacking(requirement, key[0] in named)
        if problem:
            yield f"{lock} {problem}, which {by} asks for."
        else:
            waiting += needed(requirement)


def requirements(path: Path) -> Iterator[tuple[str, Requirement]]:
    # The requirements of a file, with the file's name; what is marked for other machines is left out.
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        text = re.sub(r"\s+#.*|\\$", "", line).strip()
        if text.startswith("-r "):
            yield from requirements(path.parent / text.removeprefix("-r ").strip())
        elif text and not text.startswith(("#", "-")):
            try:
                requirement = Requirement(text)
            except InvalidRequirement as error:
                sys.exit(f"{path}: {text} can't be read ({error}).")
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                yield path.name, requirement


def lacking(requirement: Requirement, named: bool) -> str | None:
    try:
        version = distribution(requirement.name).version if named else None
    except PackageNotFoundError:
        version = None
    if version is None:
        return f"lacks {requirement.name}"
    if not requirement.specifier.contains(version, prereleases=True):
        return f"has {requirement.name} {version} instead of {requirement.specifier}"
    return None


def needed(requirement: Requirement) -> Iterator[tuple[str, Requirement]]:
    package = distribution(requirement.name)
    for other in map(Requirement, package.requires or ()):
        if other.marker is None or any(other.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
            yield f"{requirement.name} {package.version}", other


if __name__ == "__main__":
    sentences = sorted(set(problems(Path(sys.argv[1]))))
    sys.exit("\n".join([*sentences, "Lock again: make lock"]) if sentences else 0)
