"""The showcase as visitors find it: fast, searched in both languages, and gone when consent is."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions import usecases as actions
from assessment.actions.showcase import show_contract_cases
from assessment.models import Publication, ViewCount
from assessment.rules.search import search
from tests.contract.records import store_real_contract
from tests.factories import NOON, make_company, make_staff, make_user, make_version
from tests.usecases.makers import consent, make_picture, make_published, make_use_case

pytestmark = pytest.mark.django_db
LIST = "/en/use-cases/"
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(response):
    return [case.text["title"] for case in response.context["listing"].cases]


@pytest.mark.parametrize(
    "words",
    [
        "sensor",
        "SENSORS",
        "capteur",
        "capteurs",
        "traçabilité",
        "tracabilite",
        "lots capteurs",
        "batch",
        "journal électronique",
        "journaux",
    ],
)
def test_search_finds_accents_plurals_and_both_languages(client, words):
    make_published(solution_fr="Des capteurs et un journal électronique.")
    make_published(
        **{f"{name}_{code}": "Robots" for name in ["title", "summary", "problem", "solution"] for code in ["fr", "en"]}
    )

    response = client.get(LIST, {"q": words})

    assert titles(response) == ["Batch traceability by sensors"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="full text is PostgreSQL's")
def test_a_search_planned_before_its_words_are_known_still_uses_both_indexes():
    found = search(Publication.objects.all(), "capteurs").values("pk")
    with connection.cursor() as cursor:
        statement, parameters = found.query.sql_with_params()
        for number, _value in enumerate(parameters, start=1):
            statement = statement.replace("%s", f"${number}", 1)
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"PREPARE found AS {statement}")
        cursor.execute(f"EXPLAIN EXECUTE found ({', '.join(repr(value) for value in parameters)})")
        plan = " ".join(line for (line,) in cursor.fetchall())
        cursor.execute("DEALLOCATE found")

    assert ("publication_search_fr" in plan, "publication_search_en" in plan) == (True, True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="full text is PostgreSQL's")
def test_a_new_publication_waits_in_no_pending_list():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reloptions FROM pg_class WHERE relname LIKE 'publication_search_%' ORDER BY 1")
        found = cursor.fetchall()

    assert found == [(f"publication_search_{code}", ["fastupdate=off"]) for code in ["en", "fr"]]


@pytest.mark.parametrize("words", ["robot", "'; DROP TABLE x; --", "%", "\\", "a" * 500, "capteur robot"])
def test_search_for_what_is_not_there_finds_nothing_and_breaks_nothing(client, words):
    make_published()

    response = client.get(LIST, {"q": words})

    assert response.status_code == 200
    assert len(titles(response)) == (1 if not any(char.isalnum() for char in words) or len(words) == 500 else 0)


def test_facets_say_how_many_cases_each_choice_leaves(client):
    make_published(technologies=["ai"], sub_sectors=["ivd"])
    make_published(technologies=["ai", "data"], sub_sectors=["biotech"])

    facets = {facet.kind: facet for facet in client.get(LIST, {"technologies": "ai"}).context["listing"].facets}

    assert counts(facets["sub_sectors"]) == {"biotech": 1, "ivd": 1}
    assert counts(facets["technologies"]) == {"ai": 2, "data": 1}  # its own choice doesn't narrow it
    assert facets["technologies"].chosen.value == "ai"


def counts(facet):
    return {option.value: option.count for option in facet.options}


def test_the_front_row_comes_first_and_the_newest_on_demand(client):
    first = make_published(title_en="First")
    make_published(title_en="Second", at=NOON + timedelta(days=1))
    actions.place(use_case=first, position=1)

    assert titles(client.get(LIST)) == ["First", "Second"]
    assert titles(client.get(LIST, {"sort": "newest"})) == ["Second", "First"]


def test_an_empty_showcase_invites(client):
    assertContains(client.get(LIST), "The first use case could be yours")


def test_a_company_stays_unnamed_unless_it_consents(client):
    named = make_published(company=make_company(name="Visible SA", member=make_user()), scope={"company_name": True})
    unnamed = make_published(company=make_company(name="Hidden SA", member=make_user()))

    assertContains(client.get(named.get_absolute_url()), "Visible SA")
    assertNotContains(client.get(unnamed.get_absolute_url()), "Hidden SA")


def test_withdrawn_means_gone_everywhere_at_once(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    use_case = make_use_case()
    pictures = [make_picture(use_case), make_picture(use_case, kind="logo")]
    consent(use_case, logo=True)
    actions.publish(use_case=use_case, by=make_staff(group="reviewer"))
    pages = [use_case.get_absolute_url(), reverse("use_case_share", args=[use_case.pk])]
    files = [reverse("use_case_picture", args=[picture.pk]) for picture in pictures]
    lists = [LIST, f"{LIST}?q=capteurs", reverse("use_cases_feed"), reverse("sitemap")]
    before = [client.get(address) for address in [*pages, *files, *lists]]
    for file in before[2:4]:
        b"".join(file.streaming_content)
    assert [response.status_code for response in before] == [200] * 8
    assert [str(use_case.pk) in response.content.decode() for response in before[4:]] == [True] * 4

    actions.withdraw(use_case=use_case, by=use_case.created_by)

    assert [client.get(address).status_code for address in [*pages, *files]] == [410, 410, 404, 404]
    assert [str(use_case.pk) in client.get(address).content.decode() for address in lists] == [False] * 4


def test_no_copy_of_what_is_public_is_kept_longer_than_a_minute(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    use_case = make_use_case()
    picture = make_picture(use_case)
    consent(use_case)
    actions.publish(use_case=use_case, by=make_staff(group="reviewer"))
    page, share = use_case.get_absolute_url(), reverse("use_case_share", args=[use_case.pk])
    file, feed = reverse("use_case_picture", args=[picture.pk]), reverse("use_cases_feed")

    public = {address: kept(client, address) for address in [LIST, page, share, file, feed, reverse("sitemap")]}
    client.force_login(use_case.created_by)
    own = {address: kept(client, address) for address in [LIST, page]}
    actions.withdraw(use_case=use_case, by=use_case.created_by)
    client.logout()

    minute = ["max-age=60", "public"]
    # A sitemap says neither how long nor since when: nothing to guess from.
    assert list(public.values()) == [["no-cache"], ["no-cache"], minute, minute, minute, []]
    assert "Last-Modified" not in client.get(reverse("sitemap")).headers
    assert list(own.values()) == [["no-store"], ["no-store"]]
    assert kept(client, page) == ["no-cache"]


def kept(client, address):
    response = client.get(address)
    b"".join(response)  # else its file stays open
    return sorted(part for part in response.headers.get("Cache-Control", "").split(", ") if part)


def test_a_draft_is_not_found(client):
    assert client.get(make_use_case().get_absolute_url()).status_code == 404


def test_a_case_in_one_language_is_shown_in_the_other_and_says_so(client):
    use_case = make_published(title_en="", summary_en="", problem_en="", solution_en="")

    response = client.get(use_case.get_absolute_url())

    assertContains(response, '<h1 itemprop="headline" lang="fr">Traçabilité des lots par capteurs</h1>')
    assertContains(response, "Written in French only.")


def test_views_are_counted_by_day_and_staff_are_not(client):
    use_case = make_published()
    client.get(use_case.get_absolute_url())
    client.get(use_case.get_absolute_url())
    client.head(use_case.get_absolute_url())
    client.force_login(make_staff(group="reviewer"))
    client.get(use_case.get_absolute_url())

    assert [row.count for row in ViewCount.objects.filter(use_case=use_case)] == [2]
    assert Publication.objects.get(pk=use_case.pk).views == 2
    assert {field.name for field in ViewCount._meta.fields} == {"id", "use_case", "day", "count"}


def test_visiting_sets_no_cookie(client):
    use_case = make_published()

    assert [client.get(address).cookies for address in [LIST, use_case.get_absolute_url()]] == [{}, {}]


def test_the_feed_and_the_sitemap_name_each_case(client):
    use_case = make_published()

    feed = ET.fromstring(client.get(reverse("use_cases_feed")).content)
    sitemap = client.get(reverse("sitemap")).content.decode()

    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [use_case.title_en]
    assert (f"/en/use-cases/{use_case.pk}/" in sitemap, f"/fr/use-cases/{use_case.pk}/" in sitemap) == (True, True)


XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def test_the_feed_is_atom_as_its_rules_ask(client):
    """RFC 4287: an author, an id, a title and a time for the feed and each entry; text is text."""
    make_published(title_fr="Alerte si x<y & z", summary_fr="De x<y à y>z", title_en="", summary_en="")

    feed = ET.fromstring(client.get(reverse("use_cases_feed")).content)
    [entry] = feed.findall(f"{ATOM}entry")
    summary = entry.find(f"{ATOM}summary")

    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Digital maturity of the health industries and technologies"
    assert (feed.get(XML_LANG), entry.get(XML_LANG)) == ("en", "fr")
    assert (entry.findtext(f"{ATOM}title"), summary.text, summary.get("type")) == (
        "Alerte si x<y & z",
        "De x<y à y>z",
        "text",
    )
    for part in [feed, entry]:
        assert [len(part.findall(f"{ATOM}{name}")) for name in ["id", "title", "updated"]] == [1, 1, 1]


def test_an_entry_is_its_companys_where_it_gives_its_name(client):
    use_case = make_use_case()
    consent(use_case, company_name=True)
    actions.publish(use_case=use_case, by=make_staff(group="reviewer"))

    feed = ET.fromstring(client.get(reverse("use_cases_feed")).content)

    assert feed.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == use_case.company.name


def test_the_share_picture_is_a_png_of_the_usual_size(client):
    content = client.get(reverse("use_case_share", args=[make_published().pk])).content

    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (1200, 630)


def test_the_contract_speaks_for_itself_with_its_source(client):
    make_version()
    store_real_contract()
    show_contract_cases()
    show_contract_cases()

    response = client.get(LIST)

    assert sorted(titles(response)) == [
        "AI & Rare Diseases",
        "AI DReaM",
        "Echostethoscope",
        "FLASH radiotherapy",
        "Nemoxis",
    ]
    flash = Publication.objects.get(title_en="FLASH radiotherapy")
    page = client.get(flash.get_absolute_url())
    assertContains(page, "Institut Curie")
    assertContains(page, flash.content["source"].split(",")[0])
    assertNotContains(page, "Published on")


def test_what_companies_tell_comes_before_what_the_contract_says(client):
    make_version()
    store_real_contract()
    make_published(title_en="Told by a company")
    show_contract_cases()

    assert titles(client.get(LIST))[0] == "Told by a company"


def test_a_project_of_the_contract_lists_the_cases_of_companies(client):
    from contract.models import Project

    make_version()
    store_real_contract()
    make_published(project=Project.objects.get(code="bioproduction"), title_en="A bioprocess case")

    assertContains(client.get("/en/contract/projects/bioproduction/"), "A bioprocess case")
    assertNotContains(client.get("/en/contract/projects/smes/"), "A bioprocess case")
