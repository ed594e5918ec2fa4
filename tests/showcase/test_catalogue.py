"""What the showcase keeps in memory: as exact as counting each case, and never a way to a case withdrawn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from assessment.actions import usecases as actions
from assessment.actions.people import erase_company
from assessment.actions.pictures import delete_use_case
from assessment.models import Publication, UseCase
from assessment.reports.showcase.catalogue import SECONDS, Catalogue, catalogue
from tests.usecases.makers import consent, make_published

LIST = "/en/use-cases/"
KINDS = {"size": ["small", "large"], "technologies": ["ai", "iot", "data"], "project": ["x"]}
CODES = [f"{kind}:{value}" for kind, values in KINDS.items() for value in values]


def titles(response):
    return [case.text["title"] for case in response.context["listing"].cases]


@pytest.mark.django_db
@pytest.mark.parametrize("case_count", [1, 3])
def test_the_list_costs_four_queries_then_three(client, django_assert_num_queries, case_count):
    for number in range(case_count):
        make_published(title_en=f"Case {number}")

    # version in force, codes of all, cases, projects; one more for the edition where the cache is a table
    with django_assert_num_queries(4):
        client.get(LIST)
    with django_assert_num_queries(3):
        response = client.get(LIST)

    assertContains(response, "Case ", count=case_count)


@pytest.mark.django_db
def test_words_cost_a_query_once(client, django_assert_num_queries):
    make_published(technologies=["ai"], sub_sectors=["ivd"])
    asked = {"q": "sensors", "technologies": "ai", "sub_sectors": "ivd", "sort": "newest"}
    client.get(LIST)

    with django_assert_num_queries(4):  # version in force, what the words find, cases, projects
        client.get(LIST, asked)
    with django_assert_num_queries(3):
        response = client.get(LIST, asked | {"q": "Sensors!"})

    assert len(titles(response)) == 1


def counted(rows, chosen):
    """The rule in words: what has all that is chosen, and a kind's own choice doesn't narrow its values."""
    places, counts = [], Counter()
    for place, codes in enumerate(rows):
        missed = [kind for kind, code in chosen.items() if code not in codes]
        if not missed:
            places.append(place)
        counts.update(code for code in codes if set(missed) <= {code.partition(":")[0]})
    return places, counts


@given(
    rows=st.lists(st.sets(st.sampled_from(CODES)), max_size=40),
    chosen=st.fixed_dictionaries(
        {}, optional={kind: st.sampled_from([*values, "gone"]) for kind, values in KINDS.items()}
    ),
)
def test_each_choice_counts_what_it_would_leave(rows, chosen):
    chosen = {kind: f"{kind}:{value}" for kind, value in chosen.items()}
    forwards = list(range(len(rows)))
    held = Catalogue(forwards, list(map(frozenset, rows)), {"front": forwards, "newest": forwards[::-1]})
    places, counts = counted(rows, chosen)

    left, found = held.narrowed("", chosen)

    assert (held.ordered(left, "front"), held.ordered(left, "newest")) == (places, places[::-1])
    assert found == counts


def publish_another(case):
    make_published(title_en="Another", at=case.first_published_at)


def republish(case):
    actions.edit(use_case=case, by=case.created_by, values={"title_en": "Renamed"})
    consent(case)
    actions.publish(use_case=case, by=case.created_by)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda case: actions.withdraw(use_case=case, by=case.created_by), []),
        (lambda case: actions.unpublish(use_case=case, by=case.created_by, reason="A doubt."), []),
        (lambda case: actions.edit(use_case=case, by=case.created_by, values={"title_en": "Later"}), []),
        (lambda case: delete_use_case(use_case=case), []),
        (lambda case: erase_company(company=case.company, reason="asked for"), []),
        (republish, ["Renamed"]),
    ],
)
def test_every_change_is_shown_and_counted_at_once(client, change, left):
    case = make_published(title_en="One", technologies=["ai"])
    assert titles(client.get(LIST, {"q": "traçabilité"})) == ["One"]

    change(case)

    response = client.get(LIST, {"q": "traçabilité"})
    assert (titles(response), response.context["listing"].total) == (left, len(left))


@pytest.mark.django_db
def test_a_new_case_and_its_place_are_shown_at_once(client):
    case = make_published(title_en="One")
    assert titles(client.get(LIST)) == ["One"]

    publish_another(case)
    actions.place(use_case=case, position=1)
    first = titles(client.get(LIST))
    actions.place(use_case=case, position=None)
    actions.place(use_case=UseCase.objects.get(title_en="Another"), position=1)

    assert (first, titles(client.get(LIST))) == (["One", "Another"], ["Another", "One"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "behind_the_back",
    [
        lambda case: Publication.objects.filter(pk=case.pk).delete(),
        lambda case: UseCase.objects.filter(pk=case.pk).update(status="draft"),
        lambda case: case.consents.update(ended="withdrawn", ended_at="2027-01-01T00:00Z"),
    ],
)
def test_what_no_action_told_of_is_not_shown_either(client, behind_the_back):
    case = make_published(title_en="One")
    assertContains(client.get(LIST), "One")

    behind_the_back(case)

    assertNotContains(client.get(LIST), str(case.pk))


@pytest.mark.django_db
def test_what_no_action_told_of_is_counted_a_little_later():
    case = make_published()
    at_first = catalogue(now=1000).keys
    Publication.objects.filter(pk=case.pk).delete()

    later = [catalogue(now=1000 + SECONDS).keys, catalogue(now=1001 + SECONDS).keys]

    assert (at_first, later) == ([case.pk], [[case.pk], []])


@pytest.mark.django_db
def test_words_of_anybody_fill_no_memory():
    make_published()
    held = catalogue()
    held.searched.update((f"word {number}", []) for number in range(500))

    held.found("sensors")

    assert held.searched == {"sensors": [0]}
