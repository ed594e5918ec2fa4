"""What the documents name exists: commands, files, links."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@each_document
def test_every_make_command_named_exists(path):
    named = set(re.findall(r"`?make ([a-z]+)\b", "\n".join(code_of(path.read_text()))))

    assert sorted(named - TARGETS) == []


def test_decisions_are_numbered_without_a_hole():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


@each_document
def test_every_link_to_a_file_leads_somewhere(path):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []


@each_document
def test_every_management_command_named_exists(path):
    from django.core.management import get_commands

    named = set(re.findall(r"manage\.py ([a-z_]+)", path.read_text()))

    assert sorted(named - set(get_commands())) == []


def test_the_readme_begins_with_the_two_commands():
    blocks = re.findall(r"```\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)

    assert [line.split("#")[0].strip() for line in blocks[0].splitlines()] == ["make run", "make test"]


def code_of(text):
    """Code in the text: blocks and spans, where a command is a command and not a word."""
    yield from re.findall(r"```.*?```", text, re.DOTALL)
    yield from re.findall(r"`[^`\n]+`", text)


@pytest.mark.parametrize("script", ["tests.browser.screenshots", "tests.chaos"])
def test_a_script_named_in_the_documents_starts(script):
    """Without the settings that pytest gives to tests."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    command = [sys.executable, "-m", script, "--help"]

    assert subprocess.run(command, cwd=ROOT, env=environment, capture_output=True).returncode == 0
