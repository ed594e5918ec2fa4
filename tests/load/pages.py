"""What each page costs: processor time, queries, bytes; beside a page with nothing on it, and beside an earlier commit.

The application is asked in one process, without a server, in production settings with PostgreSQL:
`python tests/load/pages.py --beside COMMIT`. Both take turns, so that both meet the same other work; processor time
counts work, though a crowded processor does each piece more slowly; "calls", the Python functions called for a request,
are the same whoever else is at work. Both use one database, so their migrations must agree.
"""

import argparse
import cProfile
import gzip
import io
import itertools
import json
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
WARM = 4
TOKEN = "a" * 32
HEAD = "| processor ms | {} | calls | queries | kB sent | kB of HTML | tags |\n| --- | {} | ---: | ---: | ---: | ---: | ---: |"


def main():
    sys.path.insert(0, str(ROOT))
    from tests.load import database

    options = read_options()
    database.make(options.postgres, results=options.results, fresh=False)
    environment = os.environ | database.environment(options.postgres) | {"LOG_LEVEL": "INFO"}
    with tempfile.TemporaryDirectory() as folder:
        trees = {"now": ROOT}
        if options.beside:
            trees = {options.beside: extracted(options.beside, Path(folder)), **trees}
        print_table(in_turns(trees, environment, turns=options.turns, rounds=options.rounds))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beside", help="an earlier commit")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=30, help="of each page in a turn")
    parser.add_argument("--results", type=int, default=40, help="companies, where the database is made")
    parser.add_argument("--postgres", default="postgres://127.0.0.1:5432", help="server, without a database")
    return parser.parse_args()


def extracted(commit, folder):
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
    subprocess.run([sys.executable, "-m", "config.messages"], cwd=folder, check=True)
    return folder


def in_turns(trees, environment, *, turns, rounds):
    """Return what each tree's pages cost, turn by turn."""
    found = {name: [] for name in trees}
    for _ in range(turns):
        for name, tree in trees.items():
            command = [sys.executable, __file__, "--rounds", str(rounds)]
            told = environment | {"MEASURED": str(tree)}
            asked = subprocess.run(command, cwd=tree, env=told, stdout=subprocess.PIPE, check=True)
            found[name].append(json.loads(asked.stdout.splitlines()[-1]))
    return found


def print_table(found):
    print(HEAD.format(" | ".join([*found, "ratio"]), " | ".join(["---:"] * (len(found) + 1))))
    for page in found["now"][0]:
        spent = [statistics.median(turn[page]["ms"] for turn in turns if page in turn) for turns in found.values()]
        last = found["now"][-1][page]
        figures = [f"{ms:.1f}" for ms in spent] + [f"{spent[-1] / spent[0]:.2f}"]
        calls = [turns[-1][page]["calls"] for turns in found.values()]
        figures.append(f"{calls[-1] / calls[0]:.2f}" if len(calls) > 1 else f"{calls[0]:,.0f}")
        sizes = [str(last["queries"]), f"{last['sent'] / 1000:.1f}", f"{last['html'] / 1000:.1f}", str(last["tags"])]
        print(f"| {page} | {' | '.join(figures + sizes)} |")


# --- In the process that is measured ----------------------------------------------------------------------------------


def measured(rounds):
    sys.path.insert(0, os.environ["MEASURED"])
    import logging

    import django

    django.setup()
    nowhere = open(os.devnull, "w")  # noqa: SIM115 - lines are written, but not shown
    for handler in logging.getLogger().handlers:
        handler.setStream(nowhere)
    print(json.dumps({name: cost(ask, rounds=rounds) for name, ask in pages().items()}))


def cost(ask, *, rounds):
    from django.db import connection

    ready = getattr(ask, "ready", lambda: None)
    for _ in range(WARM):
        ready()
        status, sent = ask()
    if status != "200 OK":
        raise SystemExit(f"answered {status}")
    spent = []
    for _ in range(rounds):
        ready()
        began = time.process_time()
        ask()
        spent.append((time.process_time() - began) * 1000)
    profile, counted = cProfile.Profile(), []
    for _ in range(WARM):
        ready()
        profile.runcall(ask)
    ready()
    with connection.execute_wrapper(lambda execute, *rest: (counted.append(1), execute(*rest))[1]):
        ask()
    html = gzip.decompress(sent) if sent.startswith(b"\x1f\x8b") else sent
    sizes = {"sent": len(sent), "html": len(html), "tags": html.count(b"<") - html.count(b"</")}
    return {
        "ms": statistics.median(spent),
        "calls": pstats.Stats(profile).total_calls / WARM,
        "queries": len(counted),
        **sizes,
    }


def pages():
    from django.urls import reverse
    from django.utils import translation

    from assessment.actions.answers import start_assessment
    from assessment.models import Company, Result, Version
    from assessment.models.compiled import compiled

    version = Version.objects.current().select_related("questionnaire").first()
    result = Result.objects.filter(version=version, submitted_by__isnull=False).order_by("pk").first()
    company = Company.objects.filter(fictional=True, memberships__role="manager").order_by("pk").first()
    manager = company.memberships.filter(role="manager").first().user
    assessment = start_assessment(company=company, by=manager)
    questionnaire = compiled(version)
    code = questionnaire.dimensions[0].code
    translation.activate("fr")
    nobody, member, owner = asking(None), asking(manager), asking(result.submitted_by)
    public = ["legal", "home", "questionnaire", "use_cases", "method", "account_login"]
    return {
        "livez": nobody("/livez"),
        **{f"{name}, anonymous": nobody(reverse(name)) for name in public},
        "legal, signed in": member(reverse("legal")),
        "start": member(reverse("start")),
        "overview": member(reverse("assessment", args=[assessment.pk])),
        "question page": member(reverse("assessment_dimension", args=[assessment.pk, code])),
        "review": member(reverse("assessment_review", args=[assessment.pk])),
        "result page": owner(result.get_absolute_url()),
        "is one signed in?": member(reverse("session")),
        "save an answer": member(*choosing(questionnaire, assessment)),
        "submit and score": submitting(completed(result), result.submitted_by),
        "submit, score, result page": submitting_and_seeing(completed(result), result.submitted_by, owner),
    }


def asking(user):
    """Return what makes, of a path, a function that asks for it as this person and gives status and body.

    ``fields``: a function that returns what is posted, anew each time; None to get the page.
    """
    from config.wsgi import application

    cookies = {"HTTP_COOKIE": signed_in(user), "HTTP_X_CSRFTOKEN": TOKEN} if user else {}

    def of_path(path, fields=None):
        def ask():
            given, sent = [], urlencode(fields()).encode() if fields else b""
            environ = {
                **{"REQUEST_METHOD": "POST" if fields else "GET", "PATH_INFO": path, "QUERY_STRING": ""},
                **{"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "443", "wsgi.url_scheme": "http"},
                **{"HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "127.0.0.1"},
                **{"HTTP_X_FORWARDED_FOR": "192.0.2.1", "HTTP_ACCEPT_ENCODING": "gzip", "wsgi.input": io.BytesIO(sent)},
                **{"HTTP_ORIGIN": "https://127.0.0.1", "CONTENT_TYPE": "application/x-www-form-urlencoded"},
                **{"wsgi.errors": sys.stderr, "CONTENT_LENGTH": str(len(sent)), "SERVER_PROTOCOL": "HTTP/1.1"},
                **cookies,
            }
            response = application(environ, lambda status, headers, error=None: given.append(status))
            body = b"".join(response)
            response.close()
            return given[0], body

        return ask

    return of_path


def choosing(questionnaire, assessment):
    """The fields of a save that takes another choice each time, over the revision that stands; and its address."""
    from django.urls import reverse

    question = next(one for one in questionnaire.questions if one.kind == "choice")
    row = assessment.answers.filter(question=question.code).first()
    picks = itertools.cycle(choice.code for choice in question.choices)
    revisions = itertools.count(row.revision if row else 0)

    def fields():
        values = {"pick": f"choice.{next(picks)}", "revision": next(revisions), "request": uuid.uuid4()}
        return {f"{question.code}-{name}": value for name, value in values.items()}

    return reverse("assessment_answer", args=[assessment.pk, question.code]), fields


def submitting(assessment, by):
    """Submit it, without the page around, and take it back: the next time finds what this one found."""
    from django.db import transaction

    from assessment.actions.results import submit

    def ask():
        with transaction.atomic():
            submit(assessment=assessment, by=by)
            transaction.set_rollback(True)
        return "200 OK", b""

    return ask


def submitting_and_seeing(assessment, by, owner):
    """Submit it by the page and open the result; ``ready`` opens the assessment again, which counts for nothing."""
    from django.urls import reverse

    from assessment.actions import reopenings

    submit = owner(reverse("assessment_submit", args=[assessment.pk]), lambda: {"confirm": "1"})

    def ready():
        assessment.refresh_from_db()
        if not assessment.is_open:
            asked = reopenings.ask(assessment=assessment, reason="measured", by=by)
            reopenings.grant(reopening=asked, reason="measured", by=by)
        ask.number = assessment.results.count() + 1

    def ask():
        submit()
        return owner(reverse("result", args=[assessment.pk, ask.number]))()

    ask.ready = ready
    return ask


def completed(result):
    """An open assessment of the result's company with the result's answers, none of which is to be confirmed."""
    from assessment.actions.carrying import start_from

    assessment = start_from(result=result, version=result.version, by=result.submitted_by)
    assessment.answers.update(to_confirm=False)
    return assessment


def signed_in(user):
    """The cookies of a session as the pages to sign in leave it."""
    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.session
    session["signed_in_at"] = session["seen_at"] = int(time.time())
    session.save()
    UserSession.objects.get_or_create(session_key=session.session_key, defaults={"user": user, "ip": "192.0.2.1"})
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


if __name__ == "__main__":
    if "MEASURED" in os.environ:
        measured(read_options().rounds)
    else:
        main()
