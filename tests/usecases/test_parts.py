"""A use case is written on short pages: each saves its own fields, and empties none of another."""

import html
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from assessment.actions import usecases as actions
from assessment.forms.usecases import PARTS, main_language
from assessment.models import UseCase
from tests.factories import make_company, make_user
from tests.usecases.makers import WHOLE, consent, make_published, make_use_case

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FIGURE = WHOLE["figures"][0]


@pytest.fixture
def case(person):
    return make_use_case(company=make_company(member=person), by=person, sub_sectors=["biotech"], investment="under_50")


def page(use_case, part=""):
    address = reverse("company_use_case_edit", args=[use_case.company_id, use_case.pk])
    return f"{address}?part={part}" if part else address


def shown(client, use_case, part):
    """What a browser would send of that page, its fields as they stand."""
    form = client.get(page(use_case, part)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def stored(use_case):
    return UseCase.objects.values(*{*WHOLE, "sub_sectors", "investment"}).get(pk=use_case.pk)


@pytest.mark.parametrize("part", [part for part in PARTS if part != "pictures"])
def test_a_page_sent_as_it_stands_changes_nothing_of_any_other(signed_in, case, part):
    before = stored(case)

    response = signed_in.post(page(case, part), shown(signed_in, case, part))

    assertRedirects(response, page(case, part))
    assert stored(case) == before


def test_each_page_has_its_own_fields_and_together_they_have_all(signed_in, case):
    names = [set(signed_in.get(page(case, part)).context["form"].fields) - {"read_at"} for part in PARTS]
    whole = set(signed_in.get(page(case)).context["form"].fields) - {"read_at"}

    apart = {name for name in whole if name.startswith(("figure_1", "figure_2")) and name.endswith("_fr")}
    assert set().union(*names) == whole - apart  # words of figures that nobody told yet
    assert sum(map(len, names)) == len(set().union(*names))


def test_a_page_that_saves_itself_goes_on_from_what_it_saved(signed_in, case):
    data = shown(signed_in, case, "figures") | {"figure_0_after": "2"}
    first = signed_in.post(page(case, "figures"), data, headers=HTMX)
    read_at = html.unescape(re.search(r'name="read_at" value="([^"]*)"', first.content.decode())[1])

    again = signed_in.post(page(case, "figures"), data | {"figure_0_after": "1", "read_at": read_at}, headers=HTMX)

    assertContains(again, "Saved at")
    assert stored(case)["figures"] == [FIGURE | {"after": "1"}]


def test_the_other_languages_words_of_a_figure_stay(signed_in, case):
    signed_in.post(page(case, "figures"), shown(signed_in, case, "figures") | {"figure_0_indicator_en": "Lots lost"})

    assert stored(case)["figures"][0]["indicator"] == {"fr": "Lots perdus", "en": "Lots lost"}


def test_a_figure_emptied_on_its_page_is_gone_in_both_languages(signed_in, case):
    data = {
        name: "" if name.startswith("figure_") else value for name, value in shown(signed_in, case, "figures").items()
    }

    signed_in.post(page(case, "figures"), data)

    assert stored(case)["figures"] == []


def test_what_a_colleague_changes_on_another_page_is_no_conflict(signed_in, case):
    data = shown(signed_in, case, "fr") | {"title_fr": "Mon titre"}
    actions.edit(use_case=case, by=make_user(), values={"summary_en": "Theirs"})

    response = signed_in.post(page(case, "fr"), data)

    assertRedirects(response, page(case, "fr"))
    assert (stored(case)["title_fr"], stored(case)["summary_en"]) == ("Mon titre", "Theirs")


def test_the_button_leads_on_to_the_next_page(signed_in, case):
    response = signed_in.post(page(case, "en"), shown(signed_in, case, "en") | {"next": "figures"})

    assertRedirects(response, page(case, "figures"))


@pytest.mark.parametrize("part", ["nothing", "fr&part=x", "../"])
def test_an_unknown_part_is_the_whole_form(signed_in, case, part):
    assert signed_in.get(page(case, part)).context["form"].part == ""


@pytest.mark.parametrize(
    ("titles", "language"), [({}, "en"), ({"title_en": ""}, "fr"), ({"title_fr": "", "title_en": ""}, "en")]
)
def test_it_is_told_in_the_readers_language_unless_only_the_other_has_a_title(person, titles, language):
    use_case = make_use_case(company=make_company(member=person), by=person, **titles)

    assert main_language(use_case) == language


def test_only_what_was_public_can_be_public_again(signed_in, person, case):
    consent(case)
    waiting = signed_in.get(reverse("company_use_case", args=[case.company_id, case.pk]))
    shown_once = make_published(company=make_company(member=person), by=person)
    public = signed_in.get(reverse("company_use_case", args=[shown_once.company_id, shown_once.pk]))

    assertNotContains(waiting, "public again")
    assertContains(public, "it is public again once you have consented", count=1)
