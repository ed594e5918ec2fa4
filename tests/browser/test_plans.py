"""From a result to its plan and back: distance, steps tried, the best plan, actions, answers given again, progress."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessment.actions.carrying import start
from assessment.models import Action, Assessment, Result
from tests.factories import make_company, make_result, make_user
from tests.usecases.makers import make_published

pytestmark = pytest.mark.browser

WORDS = {
    "en": {
        "see": "See these steps",
        "try": "Try these steps out, one by one",
        "work": "Work it out",
        "take": "Take these steps into the company’s plan",
        "save": "Save",
        "again": "Start a new assessment from the last answers",
        "review": "Review and submit",
    },
    "fr": {
        "see": "Voir ces étapes",
        "try": "Essayer ces étapes, une par une",
        "work": "Calculer",
        "take": "Reprendre ces étapes dans le plan de l’entreprise",
        "save": "Enregistrer",
        "again": "Commencer un nouvel autodiagnostic à partir des dernières réponses",
        "review": "Relire et envoyer",
    },
}


@pytest.fixture
def ada(transactional_db):
    return make_user(name="Ada", email="ada@company.example")


@pytest.fixture
def result(ada):
    make_published()
    return make_result(company=make_company(member=ada), by=ada)


def open_result(page_for, sign_in, ada, result, **options):
    page = page_for(**options)
    sign_in(page, ada)
    page.goto(f"/{options['language']}/assessments/{result.assessment_id}/results/1/")
    return page


def figure(page, place):
    return page.locator(place).inner_text().split("→")[-1].strip()


@pytest.mark.parametrize(("language", "javascript"), list(product(["fr", "en"], [True, False])))
def test_from_a_result_to_a_better_one(page_for, sign_in, ada, result, language, javascript):
    words = WORDS[language]
    page = open_result(page_for, sign_in, ada, result, language=language, javascript=javascript)
    expect(page.locator(".distance")).to_be_visible()

    page.get_by_role("link", name=words["see"]).click()
    promised = figure(page, ".plan-score")
    page.get_by_role("link", name=words["try"]).click()
    expect(page.locator(".whatif-score strong")).to_have_text(promised)
    page.go_back()
    page.get_by_role("button", name=words["take"]).click()

    action = Action.objects.get()
    page.get_by_role("link", name=action.title).click()
    done(page, words, ada, result)
    page.get_by_role("button", name=words["again"]).click()
    answer_again(page, words, action)

    after = submitted(page, result)
    assert str(after.score).replace(".", "," if language == "fr" else ".") == promised
    page.goto(f"/{language}/assessments/{after.assessment_id}/results/1/progress/")
    planned = page.locator("section[aria-labelledby=planned-title] tbody tr")
    predicted = str(action.gain).replace(".", "," if language == "fr" else ".")
    expect(planned.get_by_role("link", name=action.title)).to_be_visible()
    expect(planned.locator("td")).to_have_text([predicted, predicted])


def done(page, words, ada, result):
    due = (result.submitted_at + timedelta(days=90)).date()
    page.locator("#id_owner").select_option(str(ada.pk))
    page.locator("#id_due").fill(str(due))
    page.locator("#id_status").select_option("done")
    page.locator("input[type=submit][name=save]").click()


def answer_again(page, words, action):
    """Exactly its question is asked; the new answer is the one that was planned."""
    expect(page.locator("[data-question]")).to_have_count(1)
    for code in action.target["choices"]:
        page.locator(f"[data-question='{action.question}'] input[value='choice.{code}']").check()
    if page.evaluate("Boolean(window.htmx)"):
        expect(page.locator("#save-status")).to_contain_text(":", timeout=20_000)
    page.get_by_role("button", name=words["review"]).click()


def submitted(page, result):
    """Confirm what still holds, submit, and return the new result."""
    page.wait_for_url("**/review/")
    page.locator("button[form=confirm]").click()
    page.locator("a[href$='/submit/']").first.click()
    page.locator("main form[method=post] button[type=submit].btn-primary").first.click()
    page.wait_for_url("**/results/1/**")
    (assessment,) = Assessment.objects.exclude(pk=result.assessment_id)
    return Result.objects.get(assessment=assessment)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_of_a_plan_are_accessible(page_for, sign_in, axe, ada, result, language):
    base = f"/{language}/assessments/{result.assessment_id}/results/1/"
    company = f"/{language}/companies/{result.company_id}/"
    taken = open_result(page_for, sign_in, ada, result, language=language)
    taken.goto(f"{base}plan/?effort=99")
    taken.get_by_role("button", name=WORDS[language]["take"]).click()
    action = Action.objects.order_by("pk").first()
    Action.objects.filter(pk=action.pk).update(status="done", done_at=timezone.now())
    again = start(company=result.company, version=result.version, by=ada, answers_of=result)
    for width, dark in product([320, 1280], [False, True]):
        page = page_for(width=width, dark=dark, language=language)
        sign_in(page, ada)
        for address in [
            *[
                base,
                f"{base}priorities/",
                f"{base}plan/?monthly=1&months=2",
                f"{base}plan/?effort=1&level=3",
                f"{base}what-if/",
            ],
            *[f"{company}plan/", f"{company}plan/?view=board", f"{company}plan/mail/"],
            f"{company}plan/actions/{action.pk}/",
            f"/{language}/assessments/{again.pk}/again/",
        ]:
            page.goto(address)
            axe(page)
