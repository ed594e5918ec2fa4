"""A published version is read from the database once a process."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assessment.actions.questionnaire import clone_as_draft, correct_texts, retire
from assessment.models import Version
from assessment.models.compiled import KEPT, _published, compiled
from tests.factories import FIXTURES, make_version

FIRST = 7  # the version with its questionnaire, and one for each of the six tables below


@pytest.mark.parametrize("file", ["questionnaire-2026.0.yaml", "questionnaire-2026.1.yaml"])
def test_a_published_version_costs_the_same_queries_whatever_its_size(db, django_assert_num_queries, file):
    version = make_version(file=FIXTURES / file)
    _published.cache_clear()  # a test before may have met the same version

    with django_assert_num_queries(FIRST):
        first = compiled(version)
    with django_assert_num_queries(0):
        second = compiled(Version(pk=version.pk, status="published", **known_by(version)))

    assert first is second


def known_by(version):
    return {name: getattr(version, name) for name in ["checksum", "published_at", "texts_revision"]}


def test_a_retired_version_is_the_same_one(published, django_assert_num_queries):
    before = compiled(published)
    retired = retire(version=published)

    with django_assert_num_queries(0):
        assert compiled(retired) is before


def test_a_correction_is_seen_at_once(published):
    before = compiled(published)

    after = correct_texts(version=published, corrections=[(published, {"title_en": "Small check"})])

    assert before.title["en"] == "Small self-assessment"
    assert compiled(after).title["en"] == "Small check"


def test_a_draft_is_read_each_time(published, django_assert_num_queries):
    draft = clone_as_draft(version=published, number="2", by=None)
    compiled(draft)

    with django_assert_num_queries(6):
        compiled(draft)


def test_no_more_than_a_few_versions_are_kept(published):
    for number in range(2, KEPT + 4):
        version = clone_as_draft(version=published, number=str(number), by=None)
        _published(version.pk, "", None, number)

    assert _published.cache_info().currsize == KEPT


def test_threads_share_one_definition(published):
    """Pure reads of what is kept: a thread of its own would have a database of its own here."""
    expected = compiled(published)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: compiled(published), range(64)))

    assert all(definition is expected for definition in found)
