"""The database's own refusals, on SQLite and PostgreSQL: published versions, submitted answers, results, histories.

A migration that alters one of these tables takes the triggers away first and puts them back last, since SQLite rebuilds
the table, which loses its triggers, and PostgreSQL's would not know a new column (decision 0001):
    triggers.Drop(**before), …, triggers.Create(**after)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

# ruff: noqa: S608 – every piece of these statements is a constant of this file or of the migration that calls it
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

MESSAGE = "This version of the questionnaire is published, so it cannot be changed: start a new draft from it."
# What may be corrected after publication, in every language; none of it can change a score.
TEXTS = {
    "version": ["title", "introduction"],
    "level": ["title", "description"],
    "dimension": ["title", "description"],
    "capability": ["title", "description"],
    "question": ["text", "help"],
    "choice": ["text", "next_step"],
    "band": [],
}


@dataclass(frozen=True)
class Part:
    """A table under a version: the column of its parent, and the parents from there up."""

    name: str
    parent: str
    ancestors: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return f"assessment_{self.name}"

    def versions(self, parents: str) -> str:
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


def changes(columns: Iterable[str], differs: str) -> str:
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)


def forbidden_life(columns: Iterable[str], differs: str) -> str:
    # A version goes from draft to published to retired; after publication only that, and its texts, may change.
    retires = "(OLD.status = 'published' AND NEW.status = 'retired')"
    return f"""(OLD.status = 'draft' AND NEW.status = 'retired') OR (OLD.status <> 'draft' AND (
        {changes(columns, differs)}
        OR ((OLD.status <> NEW.status OR OLD.retired_at {differs} NEW.retired_at) AND NOT {retires})
        OR NEW.texts_revision < OLD.texts_revision
        OR (OLD.published_by_id {differs} NEW.published_by_id AND NEW.published_by_id IS NOT NULL)))"""


# --- Answers, results and their histories ---------------------------------------------------------------------------
FINAL_ANSWERS = "Answers of a submitted assessment cannot be changed."
ONE_REVISION = "An answer changes together with its revision."
FINAL_RESULT = "A stored result cannot be changed."
FINAL_CHANGE = "The history of an answer cannot be changed."

ERASED = "EXISTS (SELECT 1 FROM assessment_erasure e WHERE e.company_id = {company})"
COMPANY_OF_ASSESSMENT = "(SELECT a.company_id FROM assessment_assessment a WHERE a.id = {row}.assessment_id)"
COMPANY_OF_RESULT = "(SELECT r.company_id FROM assessment_result r WHERE r.id = {row}.result_id)"
SUBMITTED = "EXISTS (SELECT 1 FROM assessment_assessment a WHERE a.id = {row}.assessment_id AND a.status = 'submitted')"


def refusals(
    *, result: Sequence[str], node_score: Sequence[str], answer_change: Sequence[str]
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (name, table, event, condition, message): the statement is refused where the condition holds."""
    erased_answer = ERASED.format(company=COMPANY_OF_ASSESSMENT.format(row="OLD"))
    erased_node = ERASED.format(company=COMPANY_OF_RESULT.format(row="OLD"))
    erased_result = ERASED.format(company="OLD.company_id")
    answer = "assessment_answer"
    values = "question, state, value, comment, evidence, assessment_id"
    yield "answer_insert_open", answer, "INSERT", SUBMITTED.format(row="NEW"), FINAL_ANSWERS
    yield (
        "answer_update_open",
        answer,
        f"UPDATE OF {values}, revision",
        f"{SUBMITTED.format(row='NEW')} OR {SUBMITTED.format(row='OLD')}",
        FINAL_ANSWERS,
    )
    yield "answer_update_revision", answer, f"UPDATE OF {values}", "NEW.revision <> OLD.revision + 1", ONE_REVISION
    yield (
        "answer_delete_open",
        answer,
        "DELETE",
        f"{SUBMITTED.format(row='OLD')} AND NOT {erased_answer}",
        FINAL_ANSWERS,
    )
    yield "answerchange_update", "assessment_answerchange", updates(answer_change), "TRUE", FINAL_CHANGE
    yield "answerchange_delete", "assessment_answerchange", "DELETE", f"NOT {erased_answer}", FINAL_CHANGE
    yield "result_update", "assessment_result", updates(result), "TRUE", FINAL_RESULT
    yield "result_delete", "assessment_result", "DELETE", f"NOT {erased_result}", FINAL_RESULT
    yield "nodescore_update", "assessment_nodescore", updates(node_score), "TRUE", FINAL_RESULT
    yield "nodescore_delete", "assessment_nodescore", "DELETE", f"NOT {erased_node}", FINAL_RESULT


def updates(columns: Iterable[str]) -> str:
    return f"UPDATE OF {', '.join(columns)}"


def history_statement(columns: Sequence[str]) -> str:
    new = ", ".join(f"NEW.{column}" for column in columns)
    return f"INSERT INTO assessment_answerchange ({', '.join(columns)}) VALUES ({new})"


# --- SQLite -----------------------------------------------------------------------------------------------------------
def sqlite_trigger(table: str, event: str, condition: str) -> str:
    name = f"{table}_frozen_{event.split()[0].lower()}"
    return f"""CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""


def sqlite(frozen: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the statements. INSERT and UPDATE OR REPLACE delete without a delete trigger: hence the looks at ids."""
    published = "EXISTS (SELECT 1 FROM assessment_version v WHERE v.status <> 'draft' AND {})".format
    same_code = published("v.questionnaire_id = {}.id").format
    yield sqlite_trigger("assessment_questionnaire", "INSERT", same_code("NEW"))
    renamed = changes(["id", "code"], "<>")
    yield sqlite_trigger("assessment_questionnaire", "UPDATE", f"({renamed}) AND {same_code('OLD')}")
    replaced = published("(v.id = NEW.id OR (v.questionnaire_id = NEW.questionnaire_id AND v.number = NEW.number)){}")
    yield sqlite_trigger("assessment_version", "INSERT", f"NEW.status <> 'draft' OR {replaced.format('')}")
    forbidden = forbidden_life(frozen["version"], "IS NOT")
    yield sqlite_trigger(
        "assessment_version",
        "UPDATE",
        f"OLD.id <> NEW.id OR {replaced.format(' AND v.id <> OLD.id')} OR {forbidden}",
    )
    yield sqlite_trigger("assessment_version", "DELETE", "OLD.status <> 'draft'")
    for part in PARTS:
        yield from sqlite_part(part, frozen[part.name])


def sqlite_part(part: Part, columns: Sequence[str]) -> Iterator[str]:
    def published(parents: str) -> str:
        return f"EXISTS (SELECT 1 FROM ({part.versions(parents)}) WHERE status <> 'draft')"

    table, parent = part.table, part.parent
    replaced = published(f"= (SELECT o.{parent} FROM {table} o WHERE o.id = NEW.id)")
    yield sqlite_trigger(table, "INSERT", f"{published(f'= NEW.{parent}')} OR {replaced}")
    either = published(f"IN (OLD.{parent}, NEW.{parent})")
    yield sqlite_trigger(
        table, "UPDATE", f"({changes(columns, 'IS NOT')}) AND ({either} OR (OLD.id <> NEW.id AND {replaced}))"
    )
    yield sqlite_trigger(table, "DELETE", published(f"= OLD.{parent}"))


def sqlite_answers(history: Sequence[str], kept: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, table, event, condition, message in refusals(**kept):
        yield f"""CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{message}'); END"""
    history = history_statement(history)
    yield f"CREATE TRIGGER answer_history_insert AFTER INSERT ON assessment_answer BEGIN {history}; END"
    yield f"""CREATE TRIGGER answer_history_update AFTER UPDATE OF revision ON assessment_answer
        BEGIN {history}; END"""


# --- PostgreSQL -------------------------------------------------------------------------------------------------------
RAISE = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';"


def postgresql_trigger(table: str, when: str, condition: str, function: str = "assessment_frozen") -> str:
    name = f"{table}_frozen_{when.split()[1].lower()}"
    return f"CREATE TRIGGER {name} {when.format(table)} {condition} EXECUTE FUNCTION {function}()"


def postgresql(frozen: Mapping[str, Sequence[str]]) -> Iterator[str]:
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
    forbidden = forbidden_life(frozen["version"], "IS DISTINCT FROM")
    yield postgresql_trigger(version, f"BEFORE UPDATE {row}", f"WHEN ({forbidden})")
    yield postgresql_trigger(version, f"BEFORE DELETE {row}", "WHEN (OLD.status <> 'draft')")
    for part in PARTS:
        yield from postgresql_part(part, frozen[part.name])


def postgresql_part(part: Part, columns: Sequence[str]) -> Iterator[str]:
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


def postgresql_function(name: str, part: Part, parents: str, returned: str) -> str:
    # Lock the versions before looking: a publication under way must see this change, or forbid it.
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE version record; BEGIN
        FOR version IN {part.versions(parents)} FOR SHARE OF v LOOP
            IF version.status <> 'draft' THEN {RAISE} END IF;
        END LOOP;
        RETURN {returned}; END $$"""


def postgresql_answers(history: Sequence[str], kept: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, table, event, condition, message in refusals(**kept):
        row = "OLD" if event == "DELETE" else "NEW"
        yield f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN {row}; END $$"""
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    yield f"""CREATE FUNCTION answer_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {history_statement(history)}; RETURN NULL; END $$"""
    yield """CREATE TRIGGER answer_history AFTER INSERT OR UPDATE OF revision ON assessment_answer
        FOR EACH ROW EXECUTE FUNCTION answer_history()"""


# --- Operations of migrations -----------------------------------------------------------------------------------------
WRITERS = {"sqlite": (sqlite, sqlite_answers), "postgresql": (postgresql, postgresql_answers)}
INSTALLED = {
    "sqlite": "SELECT 'DROP TRIGGER \"' || name || '\"' FROM sqlite_master "
    "WHERE type = 'trigger' AND tbl_name LIKE 'assessment\\_%' ESCAPE '\\'",
    # Dropping a function with CASCADE takes its triggers along.
    "postgresql": "SELECT DISTINCT 'DROP FUNCTION ' || tgfoid::regprocedure || ' CASCADE' FROM pg_trigger "
    "JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relname LIKE 'assessment\\_%' AND relnamespace = current_schema()::regnamespace",
}


class Create(Operation):
    """Put the triggers in place. ``frozen``: columns that no published row may change, by model; ``history``: those of
    an answer that its history keeps; ``kept``: what no update may touch, by model."""

    def __init__(
        self, *, frozen: Mapping[str, Sequence[str]], history: Sequence[str], kept: Mapping[str, Sequence[str]]
    ) -> None:
        self.frozen, self.history, self.kept = frozen, history, kept

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        versions, answers = WRITERS[schema_editor.connection.vendor]
        for statement in [*versions(self.frozen), *answers(self.history, self.kept)]:
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop(schema_editor)

    def describe(self) -> str:
        return "Create the triggers"


class Drop(Create):
    """Take them away; ``Create``'s own columns, so that it can be undone."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        drop(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Drop the triggers"


def drop(schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(INSTALLED[schema_editor.connection.vendor])
        rows = cursor.fetchall()
    for (statement,) in rows:
        schema_editor.execute(statement)
