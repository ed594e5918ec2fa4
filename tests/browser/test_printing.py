"""What is folded on the screen is on paper, without any script: a result, the help of a question, a page of each kind."""

import re

import pytest
from django.core.management import call_command

from tests.browser.printed import printed_text
from tests.factories import make_assessment, make_company, make_result, make_user, make_version

pytestmark = pytest.mark.browser

FOLDED = r"""() => [...document.querySelectorAll("main details:not([open])")].map((folded) => {
  folded.open = true;
  const words = [...folded.children].slice(1).map((part) => part.innerText).join("\n");
  folded.open = false;
  return words;
})"""


@pytest.fixture
def ada(transactional_db):
    make_version()
    call_command("loaddata", "contract", verbosity=0)
    return make_user(name="Ada")


@pytest.fixture
def result(ada):
    return make_result(company=make_company(member=ada), by=ada)


@pytest.fixture
def answering(result, ada):
    return make_assessment(company=result.company, version=result.version)


ADDRESSES = {
    "home": lambda result, answering: "/en/",
    "result": lambda result, answering: result.get_absolute_url(),
    "questions": lambda result, answering: f"{answering.get_absolute_url()}dimensions/STR/",
    "who answers what": lambda result, answering: f"{answering.get_absolute_url()}team/",
    "reading without an account": lambda result, answering: "/en/questionnaire/dimensions/STR/",
}


def letters(text):
    """Without what wraps, ligatures and capitals of a style: the same words on both sides."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_what_is_folded_is_printed(page_for, sign_in, ada, result, answering, name, javascript):
    page = page_for(language="en", javascript=javascript)
    sign_in(page, ada)
    page.goto(ADDRESSES[name](result, answering))
    folded = page.evaluate(FOLDED)

    paper = letters(printed_text(page))

    assert folded
    assert [words for words in re.split(r"[\n\t]+", "\n".join(folded)) if letters(words) not in paper] == []
