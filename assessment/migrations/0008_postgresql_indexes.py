"""Indexes that only PostgreSQL has: words of use cases, orders with what is empty last, names in French order, trigrams."""

from django.db import DatabaseError, migrations, transaction

NAME = '(alphabetical(name) COLLATE "C"), id'
# Without a pending list, which makes the planner shun the index and read every text instead.
USE_CASES = {
    f"publication_{column}": "assessment_publication "
    f"USING gin (to_tsvector('{language}'::regconfig, COALESCE({column}, ''))) WITH (fastupdate = off)"
    for language, column in [("french", "search_fr"), ("english", "search_en")]
}
ORDERS = {
    # Lists of companies begin with the first hundred.
    "company_alphabetical": f"assessment_company ({NAME})",
    "result_by_score_last": "assessment_result (score DESC NULLS LAST, submitted_at, id)",
    "result_by_level_last": "assessment_result (level DESC NULLS LAST, submitted_at, id)",
    "result_smallest_first": "assessment_result ((CASE size WHEN 'micro' THEN 0 WHEN 'small' THEN 1 WHEN 'medium' THEN 2"
    " WHEN 'midcap' THEN 3 WHEN 'large' THEN 4 END), submitted_at DESC, id DESC)",
    "nodescore_by_score_last": "assessment_nodescore (kind, code, score DESC NULLS LAST, result_id DESC)",
    **{
        f"company_by_{column}": f"assessment_company ({column}, {NAME})"
        for column in ["sub_sector", "size", "region", "fictional", "created_at"]
    },
    "company_by_siren": f'assessment_company ((alphabetical(siren) COLLATE "C"), {NAME})',
    "user_by_email": 'assessment_user ((alphabetical(email) COLLATE "C"), email, id)',
    "user_by_name": 'assessment_user ((alphabetical(name) COLLATE "C"), email, id)',
    **{
        f"user_by_{column}": f"assessment_user ({column}, email, id)"
        for column in ["is_staff", "is_active", "last_login"]
    },
    "user_by_last_login_last": "assessment_user (last_login DESC NULLS LAST, email DESC, id DESC)",
}
TRIGRAMS = {
    "company_name_trigrams": "assessment_company USING gin (folded(name) gin_trgm_ops)",
    "company_siren_trigrams": "assessment_company USING gin (folded(siren) gin_trgm_ops)",
    "user_name_trigrams": "assessment_user USING gin (folded(name) gin_trgm_ops)",
    "user_email_trigrams": "assessment_user USING gin (folded(email) gin_trgm_ops)",
    "staffaccess_reason_trigrams": "assessment_staffaccess USING gin (folded(reason) gin_trgm_ops)",
}


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, columns in (USE_CASES | ORDERS | (TRIGRAMS if has_trigrams(schema_editor) else {})).items():
        schema_editor.execute(f"CREATE INDEX {name} ON {columns}")


def has_trigrams(schema_editor):
    """Whether pg_trgm is there or may be created; without it words are looked for in every row."""
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in [*USE_CASES, *ORDERS, *TRIGRAMS]:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    replaces = [
        ("assessment", "0006_search_indexes"),
        ("assessment", "0022_lists_at_a_million"),
        ("assessment", "0023_orders_and_trigrams"),
        ("assessment", "0024_results_by_profile"),
    ]
    dependencies = [("language", "0001_functions"), ("assessment", "0005_triggers")]
    operations = [migrations.RunPython(create, drop)]
