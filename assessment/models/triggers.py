"""The database's own refusal to alter a published version, on SQLite and PostgreSQL (decision 0001).

A migration that alters one of these tables takes the triggers away first and puts them back last:
SQLite rebuilds the table, which loses its triggers, and PostgreSQL's would not know a new column.
    migrations.RunPython(triggers.drop, triggers.create), …, migrations.RunPython(triggers.create, triggers.drop)
"""

# ruff: noqa: S608 – every piece of these statements is a constant of this file or the name of a column
from dataclasses import dataclass

from assessment.models.languages import LANGUAGES

MESSAGE = "This version of the questionnaire is published, so it cannot be changed: start a new draft from it."
# What may be corrected after publication, in every language; none of it can change a score.
TEXTS = {
    "version": ["title"],
    "level": ["title", "description"],
    "dimension": ["title", "description"],
    "capability": ["title", "description"],
    "question": ["text", "help"],
    "choice": ["text", "next_step"],
    "band": [],
}
# The columns in which a version's own life is written.
LIFE = ["status", "retired_at", "texts_revision", "published_by_id"]


@dataclass(frozen=True)
class Part:
    """A table under a version: the column of its parent, and the parents from there up."""

    name: str
    parent: str
    ancestors: tuple[str, ...] = ()

    @property
    def table(self):
        return f"assessment_{self.name}"

    def versions(self, parents):
        """Return a query for the versions of the given parents."""
        if not self.ancestors:
            return f"SELECT v.id, v.status FROM assessment_version v WHERE v.id {parents}"
        nearest, *above = self.ancestors
        joins, below = "", nearest
        for ancestor in [*above, "version"]:
            joins += f" JOIN assessment_{ancestor} {ancestor[0]} ON {ancestor[0]}.id = {below[0]}.{ancestor}_id"
            below = ancestor
        return f"SELECT v.id, v.status FROM assessment_{nearest} {nearest[0]}{joins} WHERE {nearest[0]}.id {parents}"


PARTS = [
    Part("level", "version_id"),
    Part("dimension", "version_id"),
    Part("capability", "dimension_id", ("dimension",)),
    Part("question", "capability_id", ("capability", "dimension")),
    Part("choice", "question_id", ("question", "capability", "dimension")),
    Part("band", "question_id", ("question", "capability", "dimension")),
]
TABLES = ["assessment_questionnaire", "assessment_version", *(part.table for part in PARTS)]


def create(apps, schema_editor):
    write = WRITERS[schema_editor.connection.vendor]
    for statement in write(lambda name: protected(apps, name)):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(INSTALLED[schema_editor.connection.vendor])
        rows = cursor.fetchall()
    for (statement,) in rows:
        schema_editor.execute(statement)


def protected(apps, name):
    """Return the columns that no published row may change, as the models are at this migration."""
    model = apps.get_model("assessment", name)
    free = {f"{text}{suffix}" for text in TEXTS[name] for suffix in ["", *(f"_{code}" for code in LANGUAGES)]}
    if name == "version":
        free.update(LIFE)
    return [field.column for field in model._meta.concrete_fields if field.column not in free]


def changes(columns, differs):
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)


def forbidden_life(columns, differs):
    """A version goes from draft to published to retired; after publication only that, and its texts, may change."""
    retires = "(OLD.status = 'published' AND NEW.status = 'retired')"
    return f"""(OLD.status = 'draft' AND NEW.status = 'retired') OR (OLD.status <> 'draft' AND (
        {changes(columns, differs)}
        OR ((OLD.status <> NEW.status OR OLD.retired_at {differs} NEW.retired_at) AND NOT {retires})
        OR NEW.texts_revision < OLD.texts_revision
        OR (OLD.published_by_id {differs} NEW.published_by_id AND NEW.published_by_id IS NOT NULL)))"""


# --- SQLite -----------------------------------------------------------------------------------------------------------
def sqlite_trigger(table, event, condition):
    name = f"{table}_frozen_{event.split()[0].lower()}"
    return f"""CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def sqlite(protected):
    """Yield the statements. INSERT and UPDATE OR REPLACE delete without a delete trigger: hence the looks at ids."""
    published = "EXISTS (SELECT 1 FROM assessment_version v WHERE v.status <> 'draft' AND {})".format
    same_code = published("v.questionnaire_id = {}.id").format
    yield sqlite_trigger("assessment_questionnaire", "INSERT", same_code("NEW"))
    renamed = changes(["id", "code"], "<>")
    yield sqlite_trigger("assessment_questionnaire", "UPDATE", f"({renamed}) AND {same_code('OLD')}")
    replaced = published("(v.id = NEW.id OR (v.questionnaire_id = NEW.questionnaire_id AND v.number = NEW.number)){}")
    yield sqlite_trigger("assessment_version", "INSERT", f"NEW.status <> 'draft' OR {replaced.format('')}")
    forbidden = forbidden_life(protected("version"), "IS NOT")
    yield sqlite_trigger(
        "assessment_version",
        "UPDATE",
        f"OLD.id <> NEW.id OR {replaced.format(' AND v.id <> OLD.id')} OR {forbidden}",
    )
    yield sqlite_trigger("assessment_version", "DELETE", "OLD.status <> 'draft'")
    for part in PARTS:
        yield from sqlite_part(part, protected(part.name))


def sqlite_part(part, columns):
    def frozen(parents):
        return f"EXISTS (SELECT 1 FROM ({part.versions(parents)}) WHERE status <> 'draft')"

    table, parent = part.table, part.parent
    replaced = frozen(f"= (SELECT o.{parent} FROM {table} o WHERE o.id = NEW.id)")
    yield sqlite_trigger(table, "INSERT", f"{frozen(f'= NEW.{parent}')} OR {replaced}")
    either = frozen(f"IN (OLD.{parent}, NEW.{parent})")
    yield sqlite_trigger(
        table, "UPDATE", f"({changes(columns, 'IS NOT')}) AND ({either} OR (OLD.id <> NEW.id AND {replaced}))"
    )
    yield sqlite_trigger(table, "DELETE", frozen(f"= OLD.{parent}"))


# --- PostgreSQL -------------------------------------------------------------------------------------------------------
RAISE = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';"


def postgresql_trigger(table, when, condition, function="assessment_frozen"):
    name = f"{table}_frozen_{when.split()[1].lower()}"
    return f"CREATE TRIGGER {name} {when.format(table)} {condition} EXECUTE FUNCTION {function}()"


def postgresql(protected):
    yield f"CREATE FUNCTION assessment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {RAISE} END $$"
    yield f"""CREATE FUNCTION assessment_frozen_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM assessment_version WHERE status <> 'draft') THEN {RAISE} END IF; RETURN NULL; END $$"""
    yield f"""CREATE FUNCTION assessment_frozen_code() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS (SELECT 1 FROM assessment_version WHERE questionnaire_id = OLD.id AND status <> 'draft')
        THEN {RAISE} END IF; RETURN NEW; END $$"""
    for table in TABLES:
        yield postgresql_trigger(table, "BEFORE TRUNCATE ON {}", "", "assessment_frozen_truncate")
    yield postgresql_trigger(
        "assessment_questionnaire",
        "BEFORE UPDATE ON {} FOR EACH ROW",
        f"WHEN ({changes(['id', 'code'], '<>')})",
        "assessment_frozen_code",
    )
    version, row = "assessment_version", "ON {} FOR EACH ROW"
    yield postgresql_trigger(version, f"BEFORE INSERT {row}", "WHEN (NEW.status <> 'draft')")
    forbidden = forbidden_life(protected("version"), "IS DISTINCT FROM")
    yield postgresql_trigger(version, f"BEFORE UPDATE {row}", f"WHEN ({forbidden})")
    yield postgresql_trigger(version, f"BEFORE DELETE {row}", "WHEN (OLD.status <> 'draft')")
    for part in PARTS:
        yield from postgresql_part(part, protected(part.name))


def postgresql_part(part, columns):
    """One look a row for updates and deletions, one a statement for insertions, which come by the hundred thousand."""
    rows, statement = f"{part.table}_frozen_row", f"{part.table}_frozen_rows"
    yield postgresql_function(rows, part, f"IN (OLD.{part.parent}, NEW.{part.parent})", "COALESCE(NEW, OLD)")
    yield postgresql_function(statement, part, f"IN (SELECT {part.parent} FROM inserted)", "NULL")
    changed = f"WHEN ({changes(columns, 'IS DISTINCT FROM')})"
    yield postgresql_trigger(part.table, "BEFORE UPDATE ON {} FOR EACH ROW", changed, rows)
    yield postgresql_trigger(part.table, "BEFORE DELETE ON {} FOR EACH ROW", "", rows)
    yield postgresql_trigger(
        part.table, "AFTER INSERT ON {} REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT", "", statement
    )


def postgresql_function(name, part, parents, returned):
    """Lock the versions before looking: a publication under way must see this change, or forbid it."""
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE version record; BEGIN
        FOR version IN {part.versions(parents)} FOR SHARE OF v LOOP
            IF version.status <> 'draft' THEN {RAISE} END IF;
        END LOOP;
        RETURN {returned}; END $$"""


WRITERS = {"sqlite": sqlite, "postgresql": postgresql}
INSTALLED = {
    "sqlite": "SELECT 'DROP TRIGGER \"' || name || '\"' FROM sqlite_master WHERE type = 'trigger' "
    "AND name LIKE 'assessment\\_%\\_frozen\\_%' ESCAPE '\\'",
    # Dropping a function with CASCADE takes its triggers along.
    "postgresql": "SELECT 'DROP FUNCTION ' || oid::regprocedure || ' CASCADE' FROM pg_proc "
    "WHERE proname LIKE 'assessment\\_%frozen%' AND pronamespace = current_schema()::regnamespace",
}
