"""Every page in French, with names that begin with a vowel: no English, no code, no word glued to a name or a figure."""

import re

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from assessment.models import Campaign, Company, User
from tests.access.world import World
from tests.contract.records import store_real_contract
from tests.language.reading import faults, lines_of
from tests.look.crawl import crawl, is_page

OF_A_ROW = ["change", "history", "delete", "publish", "retire", "clone"]
OF_ALL = ["changelist", "add", "import", "export", "load"]
GIVEN = {"Orthomed", "Éole Énergie", "Automne"}
# Names and examples that are no French in French, either.
SAID = {
    "Logical Observation Identifiers Names and Codes",
    '{"all": [{"profile": "activities", "in": ["manufacturing"]}, {"answer": "OPS.MES.1", "in": ["2", "3"]}]}',
    "of turnover",
}
NAMES = ["Élise Aubert", "Hugo Imbert", "Anaïs Oudin"]


@pytest.fixture
def world(db):
    with translation.override("fr"):
        world = World()
        store_real_contract()
        world.addresses = list(addresses(world.rows()))
        Company.objects.filter(name="Company a").update(name="Orthomed")
        Company.objects.filter(name="Company b").update(name="Éole Énergie")
        for place, user in enumerate(User.objects.exclude(name="")):
            User.objects.filter(pk=user.pk).update(name=NAMES[place % 3])
        Campaign.objects.filter(title_fr="Campagne").update(title_fr="Automne")
        yield world


def addresses(rows):
    for model, row in rows.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        for page in [*OF_ALL, *OF_A_ROW]:
            try:
                yield reverse(name + page, args=[row.pk] if page in OF_A_ROW else [])
            except NoReverseMatch:
                continue


def typed():
    """Every text that is stored: what people wrote, in whatever language."""
    texts = set()
    for model in apps.get_models():
        for values in model._base_manager.values_list(*[field.name for field in model._meta.concrete_fields]):
            texts |= set(strings(values))
    return texts - {"", " "}


def strings(value):
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict):
        yield from (text for part in value.items() for text in strings(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in strings(part))


def wrong(pages):
    """What is wrong beside what people wrote themselves, short words of theirs excepted."""
    own = {text for text in typed() if len(text) > 11} - {*GIVEN, *NAMES}
    known = sorted(own | SAID, key=len, reverse=True)
    lines = {
        line: address for address, page in pages.items() if is_page(page) for line in lines_of(page.content.decode())
    }
    for line, address in sorted(lines.items()):
        rest = line
        for text in known:
            rest = rest.replace(text, "…")
        rest = re.sub(r"\S+@\S+", "…", rest)
        for fault in faults(rest):
            yield f"{address}: {fault}: {line[:160]}"


@pytest.mark.parametrize(("who", "start"), [("nobody", "/fr/"), ("manager of a", "/fr/start/")])
def test_a_french_page_is_french(world, who, start):
    aside = ("/fr/admin/", "/fr/account/logout/")

    pages = crawl(world.clients[who], start, below=("/fr/",), leave_out=aside, with_queries=False)

    assert list(wrong(pages)) == []


@pytest.mark.ignore_template_errors  # of the libraries' own templates
@pytest.mark.parametrize("who", ["staff: superuser", "staff: reviewer"])
def test_so_is_the_administration(world, who):
    pages = {address: world.clients[who].get(address) for address in ["/fr/admin/", *world.addresses]}

    assert list(wrong(pages)) == []
