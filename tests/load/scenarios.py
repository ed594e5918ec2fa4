"""What people do, as requests: save answers, open a dimension, a result, the staff's list, an export.

Each scenario is a function of the connection's number, as ``client.measure`` wants it.
"""

import itertools
import json
import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.actions.answers import start_assessment
from assessment.models import Company, Membership, Result, User, Version
from assessment.models.compiled import compiled
from tests.load.client import request

CSRF = "a" * 32
PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Origin": "https://127.0.0.1"}


def hello(number):
    while True:
        yield request("GET", "/hello")


def update(number):
    while True:
        yield request("POST", f"/update/{number + 1}")


class Visitor:
    """Somebody signed in, by a real session."""

    def __init__(self, user):
        client = Client()
        client.force_login(user)
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.CSRF_COOKIE_NAME: CSRF,
        }
        self.headers = PROXY | {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def get(self, path):
        return request("GET", path, headers=self.headers)

    def post(self, path, fields):
        form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF, "HX-Request": "true"}
        return request("POST", path, headers=self.headers | form, body=urlencode(fields).encode())


class Respondents:
    """One company, one person and one open assessment for each connection."""

    def __init__(self, count):
        version = Version.objects.current().select_related("questionnaire").first()
        self.questionnaire = compiled(version)
        people = [self.person(number) for number in range(count)]
        self.visitors = [Visitor(user) for user in people]
        self.assessments = [start_assessment(company=user.companies.get(), by=user) for user in people]

    def person(self, number):
        user, made = User.objects.get_or_create(email=f"load{number}@fictif.example")
        if made:
            profile = {"sub_sector": "medtech", "size": "medium", "region": "FR-IDF", "activities": ["manufacturing"]}
            company = Company.objects.create(name=f"Charge {number} (fictif)", fictional=True, **profile)
            Membership.objects.create(company=company, user=user, role=Membership.Role.MANAGER)
        return user

    def saves(self, number):
        """One choice after the other, as the page sends them, on the revision that the last reply gave."""
        visitor, assessment = self.visitors[number], self.assessments[number]
        revisions = dict(assessment.answers.values_list("question", "revision"))
        questions = [question for question in self.questionnaire.questions if question.kind == "choice"]
        address = {one.code: reverse("assessment_answer", args=[assessment.pk, one.code]) for one in questions}
        for place in itertools.count():
            turn, which = divmod(place, len(questions))
            question, code = questions[which], questions[which].code
            fields = {
                f"{code}-pick": "choice." + question.choices[turn % len(question.choices)].code,
                f"{code}-revision": revisions.get(code, 0),
                f"{code}-request": uuid.uuid4(),
            }
            response = yield visitor.post(address[code], fields)
            if response.status == 200:
                revisions[code] = response.headers["x-revision"][0]

    def dimension(self, number):
        visitor, assessment = self.visitors[number], self.assessments[number]
        for found in itertools.cycle(self.questionnaire.dimensions):
            yield visitor.get(reverse("assessment_dimension", args=[assessment.pk, found.code]))


def results(number):
    """Pages of full results, each opened by its own company's manager."""
    found = Result.objects.order_by("pk").filter(version=Version.objects.current().first())
    pages = [
        (Visitor(result.submitted_by), result.get_absolute_url())
        for result in found.select_related("submitted_by", "assessment")[number * 10 : number * 10 + 10]
    ]
    for visitor, address in itertools.cycle(pages):
        yield visitor.get(address)


def staff():
    return Visitor(User.objects.get(email="reviewer@demo.example"))


def admin_list(number):
    """With the scores, each page of which is put on record."""
    visitor, address = staff(), reverse("admin:assessment_result_changelist")
    visitor.post(reverse("admin:assessment_result_figures"), {"reason": json.dumps("measurement")})
    while True:
        yield visitor.get(address)


def export(number):
    visitor, address = staff(), reverse("admin:assessment_result_export")
    while True:
        yield visitor.post(address, {"format": "csv", "reason": json.dumps("measurement")})
