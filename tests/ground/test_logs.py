"""One event a line, nothing secret in it; read from a process of its own, as a log collector would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
REFUSAL = """
import django
django.setup()
from django.conf import settings
from django.core import exceptions
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.test import Client
from django.urls import path
def refuse(request):
    raise {refusal}
class Addresses:
    urlpatterns = [path("refused/", refuse)]
    handler400 = handler403 = handler404 = handler500 = lambda request, exception=None: django.http.HttpResponse(status={status})
settings.ROOT_URLCONF = Addresses
settings.MIDDLEWARE = ["web.middleware.RequestLogMiddleware"]
Client(raise_request_exception=False).get("/refused/")
"""
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


@pytest.mark.parametrize("log_format", ["json", "console"])
@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        ("exceptions.PermissionDenied('no')", 403),
        ("Http404('no')", 404),
        ("exceptions.BadRequest('no')", 400),
        ("MultiPartParserError('no')", 400),
    ],
)
def test_a_refused_request_is_one_line(log_format, refusal, status):
    lines = logged(REFUSAL.format(refusal=refusal, status=status), log_format).splitlines()

    assert (len(lines), lines[0].count(str(status)), lines[0].count("/refused/")) == (1, 1, 1)


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_what_django_takes_for_an_attack_is_one_line_more(log_format):
    lines = logged(REFUSAL.format(refusal="exceptions.SuspiciousOperation('no')", status=400), log_format).splitlines()

    assert [line.count("django.security") for line in lines] == [1, 0]


def test_a_failure_keeps_its_traceback():
    output = logged(REFUSAL.format(refusal="ValueError('broke')", status=500), "console")

    assert output.count("Traceback (most recent call last)") == 1
