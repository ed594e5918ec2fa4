"""A database with the migrations of 0.1.0 is taken over as it is, or refused where it lacks one of them."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

OF_0_1_0 = {
    "assessment": [
        "0001_people",
        "0002_questionnaire",
        "0003_assessments",
        "0004_use_cases",
        "0005_triggers",
        "0006_search_indexes",
        "0007_staff_groups",
        "0008_alphabetical",
        "0009_constraint_messages",
        "0010_company_entities",
        "0011_traces_of_people",
        "0012_company_name_wording",
        "0013_language_of_emails",
        "0014_campaign_titles",
        "0015_plan_keys",
        "0016_language_of_emails_in_words",
        "0017_introductions",
        "0018_individual_answers",
        "0019_exports_by_bounds",
        "0020_namesakes",
        "0021_plans",
        "0022_lists_at_a_million",
        "0023_orders_and_trigrams",
        "0024_results_by_profile",
    ],
    "contract": ["0001_initial", "0002_alphabetical"],
}
REPLACING = [
    "0001_people_and_companies",
    "0002_questionnaires_and_histories",
    "0003_answers_and_results",
    "0004_access_by_staff",
    "0005_showcase",
    "0006_action_plans",
    "0007_database_triggers",
    "0008_postgresql_indexes",
    "0009_groups_of_staff",
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded():
    """Have the database say that it has these first migrations of 0.1.0 and none of those that replaced them."""
    recorder = MigrationRecorder(connection)

    def record(**counts):
        names = [*OF_0_1_0["assessment"], *OF_0_1_0["contract"], *REPLACING, "0001_contract"]
        recorder.migration_qs.filter(app__in=OF_0_1_0, name__in=names).delete()
        for app, count in counts.items():
            for name in OF_0_1_0[app][:count]:
                recorder.record_applied(app, name)
        return recorder

    return record


def test_a_database_of_0_1_0_has_nothing_left_to_do(recorded):
    recorded(assessment=24, contract=2)

    executor = MigrationExecutor(connection)

    later = [key for key, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    assert later == []


def test_its_migrations_get_their_new_names(recorded):
    recorder = recorded(assessment=24, contract=2)

    call_command("migrate", verbosity=0)

    names = {name for app, name in recorder.applied_migrations() if app in OF_0_1_0}
    assert {*REPLACING, "0001_contract"} - names == set()


@pytest.mark.parametrize("count", range(1, 24))
def test_a_database_that_stopped_on_the_way_to_0_1_0_is_refused(recorded, count):
    recorded(assessment=count, contract=2)

    with pytest.raises(NodeNotFoundError, match="some of the replaced migrations are already applied"):
        MigrationExecutor(connection)


def test_a_contract_that_stopped_on_the_way_to_0_1_0_is_refused(recorded):
    recorded(assessment=24, contract=1)

    with pytest.raises(NodeNotFoundError, match="some of the replaced migrations are already applied"):
        MigrationExecutor(connection)
