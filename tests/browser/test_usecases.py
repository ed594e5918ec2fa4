"""From one company's result to its published case, and from there to another company's "we are doing this"."""

import pytest
from django.utils import timezone

from assessment.forms.usecases import PARTS
from assessment.models import Bookmark, UseCase
from tests.browser.test_results_admin import problems
from tests.factories import COMPLETE, make_company, make_result, make_staff, make_user
from tests.usecases.makers import consent, make_published, make_use_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/en/admin/assessment/usecase/"
LOOKS = [(320, False), (320, True), (1280, False), (1280, True)]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_whole_loop(page_for, sign_in, axe):
    strong, weak, staff = make_user(), make_user(), make_staff(group="reviewer")
    teller, follower = make_company(member=strong, name="Teller"), make_company(member=weak, name="Follower")
    strength = COMPLETE | {"STR.VIS.1": {"choices": ["3"]}}
    told_by = make_result(company=teller, by=strong, answers=strength)
    read_by = make_result(company=follower, by=weak)

    # The first company is invited, writes, reads the page and consents.
    page = page_for(language="en")
    sign_in(page, strong)
    page.goto(told_by.get_absolute_url())
    page.get_by_role("button", name="Vision").click()
    for name, words in {
        "Title": "A roadmap",
        "Summary": "One page.",
        "The problem": "None.",
        "What was done": "It.",
    }.items():
        page.get_by_label(name, exact=True).first.fill(words)
    page.get_by_text("Saved at").wait_for()
    page.wait_for_timeout(2500)  # the last field's own saving
    axe(page)
    for heading in ["Figures", "Who it helps to find it", "Pictures and logo"]:
        page.get_by_role("button", name="Next", exact=True).click()
        page.get_by_role("heading", name=heading, exact=True).wait_for()
        axe(page)
    page.get_by_role("link", name="Preview", exact=True).click()
    page.get_by_label("The name of the company").check()
    page.get_by_role("button", name="Show the page with this choice").click()
    assert page.locator("article").get_by_text("Teller").is_visible()
    axe(page)
    page.get_by_label("I may speak for the company").check()
    page.get_by_role("button", name="Consent and send to the reviewers").click()
    page.get_by_text("Sent to the reviewers").wait_for()
    axe(page)

    # A reviewer publishes it.
    admin = page_for(language="en")
    sign_in(admin, staff)
    use_case = UseCase.objects.get()
    admin.goto(f"/en/admin/assessment/usecase/{use_case.pk}/change/")
    admin.get_by_label("Publish", exact=True).check()
    admin.get_by_role("button", name="Carry out").click()
    admin.get_by_text("Done.").wait_for()

    # The other company finds it on its own result, and does the same.
    reader = page_for(language="en", javascript=False)
    sign_in(reader, weak)
    reader.goto(read_by.get_absolute_url())
    reader.get_by_role("link", name="A roadmap").first.click()
    reader.get_by_label("We are doing this, since").fill(timezone.localdate().isoformat())
    reader.get_by_role("button", name="Keep").click()
    reader.get_by_text("Follower is doing this, since").wait_for()
    assert Bookmark.objects.get().company == follower


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_the_showcase_is_accessible(page_for, axe, width, dark):
    page = page_for(width=width, dark=dark, language="en")
    page.goto("/en/use-cases/")
    axe(page)  # empty
    use_case = make_published(scope={"company_name": True}, title_en="", summary_en="")

    page.goto("/en/use-cases/?q=capteurs")
    axe(page)
    page.goto(f"/en/use-cases/{use_case.pk}/")
    axe(page)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_a_companys_pages_are_accessible(page_for, sign_in, axe, width, dark):
    use_case = make_use_case(title_en="A draft")
    page = page_for(width=width, dark=dark, language="en")
    sign_in(page, use_case.created_by)

    pages = ["", *(f"?part={part}" for part in PARTS)]
    for name in ["", f"{use_case.pk}/", *(f"{use_case.pk}/edit/{part}" for part in pages), f"{use_case.pk}/preview/"]:
        page.goto(f"/en/companies/{use_case.company_id}/use-cases/{name}")
        axe(page)


def test_a_case_that_cannot_be_saved_says_so(page_for, sign_in):
    use_case = make_use_case()
    page = page_for(language="en", tolerate=("Failed to load resource", "Response Status Error"))
    sign_in(page, use_case.created_by)
    page.goto(f"/en/companies/{use_case.company_id}/use-cases/{use_case.pk}/edit/")
    page.route("**/edit/", lambda route: route.fulfill(status=503, body="busy"))

    page.get_by_label("Title").first.fill("Not lost")

    page.get_by_text("Not saved: no answer from the site.").wait_for()
    assert not page.get_by_text("Saved at").is_visible()
    assert page.get_by_label("Title").first.input_value() == "Not lost"
    page.unroute("**/edit/")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_the_reviewers_pages_are_accessible(page_for, sign_in, width, dark):
    submitted = make_use_case(title_en="To be read")
    consent(submitted)
    published = make_published(title_en="Already public")
    page = page_for(width=width, dark=dark, language="en")
    sign_in(page, make_staff(group="reviewer"))

    for address in [
        QUEUE,
        f"{QUEUE}loop/",
        *(f"{QUEUE}{use_case.pk}/change/" for use_case in [submitted, published]),
        "/en/admin/assessment/interest/",
    ]:
        page.goto(address)
        assert (address, problems(page)) == (address, [])


def test_staff_who_were_overtaken_are_told_in_the_first_screen(page_for, sign_in):
    case, staff = make_use_case(title_fr="Premier"), make_staff(group="reviewer")
    consent(case)
    address = f"/fr/admin/assessment/usecase/{case.pk}/change/"
    first, second = page_for(language="fr"), page_for(language="fr")
    for page in [first, second]:
        sign_in(page, staff)
        page.goto(address)

    for page, title in [(first, "Le sien"), (second, "Le mien")]:
        page.locator("#id_title_fr").fill(title)
        if page.locator("#id_takes_down").count():
            page.locator("#id_takes_down").check()
        page.locator("[name=_continue]").click()

    told = second.get_by_role("table", name="Modifié entre-temps par quelqu’un d’autre")
    told.wait_for()
    gone = "Modifier le texte et mettre fin au consentement de l’entreprise"
    assert told.locator("tbody th").all_inner_texts() == ["Titre [fr]", gone]
    assert told.locator("td").all_inner_texts()[:3] == ["Le sien", "Le mien", "ce que vous avez saisi"]
    assert second.locator("#id_title_fr").input_value() == "Le mien"
    assert second.evaluate("scrollY") == 0
    assert told.bounding_box()["y"] + told.bounding_box()["height"] < 900
    assert problems(second) == []
