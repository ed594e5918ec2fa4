"""The questionnaire's pages of the administration in a browser: accessible, and within the security policy."""

import pytest

from assessment.actions.questionnaire import clone_as_draft
from assessment.models import Level, Question
from tests.browser.test_results_admin import problems
from tests.factories import DATA, make_staff, make_version
from tests.questionnaire.pages import row_of, url

pytestmark = pytest.mark.browser


@pytest.fixture
def published(django_db_serialized_rollback, transactional_db):
    return make_version()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_they_are_accessible_and_obey_the_policy(page_for, sign_in, published, width, dark):
    draft = clone_as_draft(version=published, number="2", by=None)
    page = page_for(width=width, dark=dark, language="en")
    sign_in(page, make_staff(group="editor"))

    addresses = [
        "/en/admin/assessment/version/",
        "/en/admin/assessment/version/load/",
        *(url(published, name) for name in ["change", "history", "retire", "clone"]),
        *(url(draft, name) for name in ["change", "publish"]),
        *(url(row_of(version, model)) for version in [published, draft] for model in [Question, Level]),
    ]
    for address in addresses:
        page.goto(address)
        # Django's own tables of rows below have a column without a heading: advice of axe, no rule of WCAG
        found = [problem for problem in problems(page) if problem[0] != "empty-table-header"]
        assert (address, found) == (address, [])


def test_a_file_is_loaded_published_and_taken_away(page_for, sign_in, django_db_serialized_rollback, transactional_db):
    page = page_for(language="en")
    sign_in(page, make_staff(group="editor"))
    page.goto("/en/admin/assessment/version/load/")
    page.set_input_files("#id_file", DATA / "small.yaml")
    page.get_by_role("button", name="See what it would change").click()
    page.get_by_role("button", name="Load").click()
    page.get_by_role("link", name="Check and publish").click()
    page.get_by_role("button", name="Publish").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()

    assert download.value.suggested_filename == "small-1.yaml"
    assert download.value.path().read_text() == (DATA / "small.yaml").read_text()
