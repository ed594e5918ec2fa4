"""One event a line, nothing secret in it; read from a process of its own, as a log collector would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REQUEST = """
import django
django.setup()
from django.test import Client
Client(raise_request_exception=False).get({path!r})
"""
FAILURE = """
import django
django.setup()
import structlog
def fail(token):
    raise ValueError("something broke")
try:
    fail("canary-in-a-local-variable")
except ValueError:
    structlog.get_logger("work").exception("failed")
"""


def logged(script, log_format):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENVIRONMENT": "test",
        "SECRET_KEY": "only-to-start",
        "LOG_FORMAT": log_format,
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stderr


def test_a_request_is_one_line_of_json():
    line = json.loads(logged(REQUEST.format(path="/livez"), "json"))

    assert {key: line[key] for key in ["event", "method", "path", "status", "level"]} == {
        "event": "request",
        "method": "GET",
        "path": "/livez",
        "status": 200,
        "level": "info",
    }
    assert len(line["request"]) == 12


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_the_query_string_is_never_logged(log_format):
    output = logged(REQUEST.format(path="/livez?token=canary"), log_format)

    assert output.count("canary") == 0
    assert output.count("/livez") == 1


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_line_end_in_the_path_forges_no_line(log_format):
    output = logged(REQUEST.format(path="/livez%0D%0A2026-01-01 forged"), log_format)

    assert [line for line in output.splitlines() if line.startswith("2026-01-01 forged")] == []
    assert output.count("forged") >= 1


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_shows_no_local_variable(log_format):
    output = logged(FAILURE, log_format)

    assert output.count("ValueError: something broke") == 1
    assert output.count("canary-in-a-local-variable") == output.count('fail("canary-in-a-local-variable")')
