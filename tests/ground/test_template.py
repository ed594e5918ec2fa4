"""The database that the tests' databases are copied from is made anew when what made it has changed."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.template import fingerprint, sources


@pytest.mark.django_db
def test_a_copy_lacks_no_migration():
    executor = MigrationExecutor(connection)

    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_the_sources_are_the_folders_of_every_migration_and_model():
    names = {"/".join(folder.parts[-2:]) for folder in sources()}

    assert {"assessment/migrations", "contract/migrations", "assessment/models", "account/migrations"} <= names


@pytest.mark.parametrize("name", ["0001_initial.py", "0002_new.py"])
def test_a_source_changed_or_added_asks_for_another_template(tmp_path, name):
    (tmp_path / "0001_initial.py").write_text("one")
    before = fingerprint([tmp_path])

    assert fingerprint([tmp_path]) == before
    (tmp_path / name).write_text("two")
    assert fingerprint([tmp_path]) != before
