"""The admin's pages of results in a browser: accessible, and within the security policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from assessment.models.compiled import compiled
from tests.browser.conftest import AXE_RULES
from tests.factories import FIXTURES, make_company, make_result, make_staff, make_version

pytestmark = pytest.mark.browser
LIST = "/en/admin/assessment/result/"


@pytest.fixture
def result(django_db_serialized_rollback, transactional_db):
    """All eight dimensions, so that the radar is drawn."""
    version = make_version(file=FIXTURES / "questionnaire-2026.0.yaml")
    answers = {question.code: simplest(question) for question in compiled(version).questions}
    return make_result(company=make_company(name="Biosève"), version=version, answers=answers)


def simplest(question):
    return {"number": str(question.minimum)} if question.kind == "number" else {"choices": [question.choices[0].code]}


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_they_are_accessible_and_obey_the_policy(page_for, sign_in, result, width, dark):
    page = page_for(width=width, dark=dark, language="en")
    sign_in(page, make_staff(group="administrator"))

    page.goto(f"{LIST}figures/")
    assert problems(page) == []
    page.get_by_label("Reason").fill("Yearly review")
    page.get_by_role("button", name="Show the scores").click()

    for address in [
        LIST,
        f"{LIST}?capability=STR.VIS&o=-5&since=2026-01-01&q=Bio",
        f"{LIST}{result.pk}/change/",
        f"{LIST}export/",
        "/en/admin/assessment/staffaccess/",
    ]:
        page.goto(address)
        assert (address, problems(page)) == (address, [])


def problems(page):
    """Without preload, axe itself obeys the policy."""
    found = Axe().run(page, options={"preload": False, "runOnly": AXE_RULES}).response["violations"]
    return [(problem["id"], node["html"]) for problem in found for node in problem["nodes"]]
