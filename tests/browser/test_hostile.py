"""A sample of hostile texts in a real browser: nothing runs, nothing is fetched from elsewhere."""

import pytest
from django.urls import reverse

from assessment.actions import usecases as actions
from tests.factories import make_company, make_staff, make_user
from tests.usecases.corpus import MARKUP
from tests.usecases.makers import consent, make_use_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTINEL = "window.ran = () => { window.hasRun = true; }; for (const name of ['alert', 'confirm', 'prompt']) window[name] = window.ran;"
LINES = "\n".join(MARKUP)
TEXTS = {
    **{f"{name}_{code}": LINES for name in ["problem", "solution", "advice"] for code in ["fr", "en"]},
    **{f"summary_{code}": "\n".join(MARKUP[:12]) for code in ["fr", "en"]},
    **{
        f"title_{code}": '"><img src=x onerror=ran()></title></textarea><script>ran()</script>' for code in ["fr", "en"]
    },
}


def test_no_text_runs(page_for, sign_in):
    person, reviewer = make_user(), make_staff(group="reviewer")
    company = make_company(name='<img src=x onerror=ran()>"', member=person)
    case = make_use_case(company=company, by=person, **TEXTS)
    consent(case, company_name=True)
    actions.publish(use_case=case, by=reviewer)
    own = [reverse(name, args=[company.pk, case.pk]) for name in ["company_use_case", "company_use_case_edit"]]
    visits = [
        (None, [case.get_absolute_url(), "/fr/use-cases/", "/en/use-cases/?q=%22%3E%3Cscript%3Eran()%3C/script%3E"]),
        (person, [case.get_absolute_url(), *own, reverse("company_use_cases", args=[company.pk])]),
        (
            reviewer,
            [
                reverse("admin:assessment_usecase_changelist"),
                reverse("admin:assessment_usecase_change", args=[case.pk]),
            ],
        ),
    ]

    for user, addresses in visits:
        page = page_for(language="en")
        page.add_init_script(SENTINEL)
        if user:
            sign_in(page, user)
        for address in addresses:
            page.goto(address)
            assert (address, page.evaluate("[window.hasRun === true, typeof window.ran]")) == (
                address,
                [False, "function"],
            )
