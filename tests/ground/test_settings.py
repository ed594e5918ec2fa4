"""The settings refuse what is unsafe, and docs/operations.md has a line for each of them."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STRONG = "q7Jx0Vt9-RkW2nZb5_LmY8cF3hDsA6gPuE1oTiXwSvBjKyNrQz4C"
SAFE = {
    "SECRET_KEY": STRONG,
    "SIGNING_KEY": "A" * 43,
    "ALLOWED_HOSTS": "maturite.example",
    "SITE_URL": "https://maturite.example",
}


def read(tmp_path, script, **environment):
    """Run the script in a process of its own, whose settings are read from this environment alone."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path),
        **environment,
    }
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)


def start(tmp_path, **environment):
    """Return what is said when the settings refuse to be read, "" when they don't."""
    done = read(tmp_path, "from django.conf import settings; settings.DEBUG", **environment)
    return done.stderr.strip().splitlines()[-1].partition(": ")[2] if done.returncode else ""


def test_production_is_the_default_and_starts_with_safe_values(tmp_path):
    assert start(tmp_path, **SAFE) == ""


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or weak: give at least 50 random characters."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or weak: give at least 50 random characters."),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY is missing or weak: give at least 50 random characters."),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing or has a wildcard: name the hosts."),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is missing or has a wildcard: name the hosts."),
        ({"ALLOWED_HOSTS": "maturite.example,*"}, "ALLOWED_HOSTS is missing or has a wildcard: name the hosts."),
        ({"SIGNING_KEY": ""}, "SIGNING_KEY is missing or no key: `manage.py new_signing_key` makes one."),
        ({"SIGNING_KEY": "A" * 42}, "SIGNING_KEY is missing or no key: `manage.py new_signing_key` makes one."),
        ({"DEBUG": "true"}, "DEBUG is on: it shows the code and settings to visitors."),
        ({"SITE_URL": "http://maturite.example"}, "SITE_URL is missing or not https: links in e-mails start with it."),
        ({"SITE_URL": ""}, "SITE_URL is missing or not https: links in e-mails start with it."),
    ],
)
def test_production_refuses_an_unsafe_value(tmp_path, changed, reason):
    assert start(tmp_path, **SAFE | changed) == f"Refusing to start in production. {reason}"


def test_production_gives_every_reason_at_once(tmp_path):
    assert start(tmp_path, DEBUG="true").count(":") == 5


def test_an_unknown_environment_is_refused(tmp_path):
    assert start(tmp_path, **SAFE, ENVIRONMENT="prod") == "ENVIRONMENT is production, demo or test."


def test_an_unknown_legal_basis_is_refused(tmp_path):
    said = start(tmp_path, **SAFE, OPERATOR_LEGAL_BASIS="because")

    assert said == "OPERATOR_LEGAL_BASIS is one of public_task, legitimate_interests, contract."


def test_the_demonstration_is_refused_without_a_secret(tmp_path):
    assert start(tmp_path, ENVIRONMENT="demo") == "SECRET_KEY is missing. `make run` makes one for the demonstration."


@pytest.mark.parametrize("name", ["DEBUG", "STAFF_SECOND_FACTOR", "EMAIL_PORT"])
def test_a_value_that_cannot_be_read_is_refused_by_name(tmp_path, name):
    assert start(tmp_path, **SAFE | {name: "perhaps"}).count(f'"{name}"') == 1


def test_production_counts_in_the_database_and_drops_no_count_for_want_of_room(tmp_path):
    script = "from django.core.cache import caches; cache = caches['default']; print(type(cache).__name__, cache._max_entries)"

    assert read(tmp_path, script, **SAFE).stdout.split() == ["DatabaseCache", "200000"]


def test_what_the_database_address_asks_for_is_kept(tmp_path):
    script = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['sslmode'])"

    done = read(tmp_path, script, **SAFE, DATABASE_URL="postgres://somebody@db.example/name?sslmode=verify-full")

    assert done.stdout.strip() == "verify-full"


@pytest.mark.parametrize(("seconds", "limits"), [("5", ["5s", "10s"]), ("0", ["0s", "0s"])])
def test_what_may_take_its_time_has_no_limit_in_a_transaction_either(tmp_path, seconds, limits):
    script = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"

    done = read(tmp_path, script, **SAFE, DATABASE_URL="postgres://db.example/name", DATABASE_STATEMENT_SECONDS=seconds)

    assert re.findall(r"timeout=(\w+)", done.stdout) == limits


def settings_read(path):
    """Names that a module takes from the environment, by environs or os.environ."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner = ast.unparse(node.func.value)
            if owner == "env" or (owner == "os.environ" and node.func.attr == "get"):
                yield ast.literal_eval(node.args[0])


def test_every_setting_has_its_line_in_the_documentation():
    read = {
        name
        for folder in ["config", "demo", "web"]
        for path in (ROOT / folder).glob("*.py")
        for name in settings_read(path)
    }

    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)

    assert sorted(documented) == sorted(read)
