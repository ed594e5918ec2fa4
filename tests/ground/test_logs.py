"""One event a line, nothing secret in it; read from a process of its own, as a log collector would."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.logs import RefusalFilter
from tests.factories import make_staff

ROOT = Path(__file__).resolve().parent.parent.parent
REFUSAL = """
import django
django.setup()
from django.conf import settings
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
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
FORGED = """
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.CSRF_COOKIE_NAME = "token"
settings.MIDDLEWARE = ["web.middleware.RequestLogMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
Client(enforce_csrf_checks=True).post("/livez")
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


@pytest.mark.parametrize(
    ("refusal", "named"),
    [
        ("exceptions.SuspiciousOperation('no')", "SuspiciousOperation"),
        ("exceptions.TooManyFieldsSent('no')", "TooManyFieldsSent"),
        ("DisallowedModelAdminToField('no')", "DisallowedModelAdminToField"),
        ("DisallowedModelAdminLookup('no')", "DisallowedModelAdminLookup"),
    ],
)
def test_what_django_takes_for_an_attack_is_named_in_the_one_line(refusal, named):
    [line] = logged(REFUSAL.format(refusal=refusal, status=400), "json").splitlines()

    told = json.loads(line)
    assert (told["event"], told["status"], told["refused"]) == ("request", 400, named)


def test_a_form_without_its_token_is_one_line_that_says_why():
    [line] = logged(FORGED, "json").splitlines()

    told = json.loads(line)
    assert (told["status"], told["refused"], told["why"]) == (403, "csrf", "CSRF cookie not set.")


class Lines(logging.Handler):
    """What the process would write: each line's event, or its text where it isn't ours."""

    def __init__(self):
        super().__init__()
        self.addFilter(RefusalFilter())
        self.said = []

    def emit(self, record):
        self.said.append(record.msg["event"] if isinstance(record.msg, dict) else record.getMessage())


@pytest.fixture
def lines():
    root, lines = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.INFO)
    yield lines.said
    root.removeHandler(lines)
    root.setLevel(level)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["administrator", "reader", None])
@pytest.mark.parametrize(
    "query", ["_to_field=password", "_popup=1&_to_field=email", "password__regex=x", "_to_field=nothing", "o=x"]
)
def test_a_refused_request_of_the_administration_is_one_line(client, lines, who, query):
    if who:
        client.force_login(make_staff(group=who))
    lines.clear()

    client.get(f"/en/admin/assessment/user/?{query}")

    assert lines == ["request"]


def test_a_failure_keeps_its_traceback():
    output = logged(REFUSAL.format(refusal="ValueError('broke')", status=500), "console")

    assert output.count("Traceback (most recent call last)") == 1
