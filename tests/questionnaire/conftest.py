import pytest

from assessment.actions.questionnaire import import_questionnaire
from assessment.maturity.file.format import load
from assessment.models import compiled
from tests.factories import DATA, make_staff, make_version


@pytest.fixture(autouse=True)
def _nothing_compiled_before():
    """Rolled-back tests give their keys again to others, which a running server never sees."""
    compiled._published.cache_clear()
    yield
    compiled._published.cache_clear()


@pytest.fixture
def published(db):
    return make_version()


@pytest.fixture
def small():
    """The definition in tests/data/small.yaml."""
    return load((DATA / "small.yaml").read_text())


@pytest.fixture
def draft(db, small):
    return import_questionnaire(definition=small)


@pytest.fixture
def editor(db):
    return make_staff(group="editor")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client
