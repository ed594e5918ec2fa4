"""History by trigger, and what was submitted stays as it was: no path through code or SQL goes round it."""

from django.db import migrations

VALUE_COLUMNS = "assessment_id, question, state, value, comment, evidence, revision, request, saved_at, saved_by_id"
# Everything of a result but the person who submitted it: erasing an account empties that column alone.
RESULT_COLUMNS = (
    "id, assessment_id, number, company_id, version_id, checksum, engine, profile, sub_sector, size, region, answers, "
    "answers_sha256, trace, summary, score, low, high, level, submitted_at"
)
NODESCORE_COLUMNS = "id, result_id, kind, code, score, low, high, level"
CHANGE_COLUMNS = "id, assessment_id, question, state, value, comment, evidence, revision, request, saved_at"

FINAL_ANSWERS = "Answers of a submitted assessment cannot be changed."
ONE_REVISION = "An answer changes together with its revision."
FINAL_RESULT = "A stored result cannot be changed."
FINAL_CHANGE = "The history of an answer cannot be changed."

ERASED = "EXISTS (SELECT 1 FROM assessment_erasure e WHERE e.company_id = {company})"
COMPANY_OF_ASSESSMENT = "(SELECT a.company_id FROM assessment_assessment a WHERE a.id = {row}.assessment_id)"
COMPANY_OF_RESULT = "(SELECT r.company_id FROM assessment_result r WHERE r.id = {row}.result_id)"
SUBMITTED = "EXISTS (SELECT 1 FROM assessment_assessment a WHERE a.id = {row}.assessment_id AND a.status = 'submitted')"


def rules():
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
    yield "answerchange_update", "assessment_answerchange", f"UPDATE OF {CHANGE_COLUMNS}", "TRUE", FINAL_CHANGE
    yield "answerchange_delete", "assessment_answerchange", "DELETE", f"NOT {erased_answer}", FINAL_CHANGE
    yield "result_update", "assessment_result", f"UPDATE OF {RESULT_COLUMNS}", "TRUE", FINAL_RESULT
    yield "result_delete", "assessment_result", "DELETE", f"NOT {erased_result}", FINAL_RESULT
    yield "nodescore_update", "assessment_nodescore", f"UPDATE OF {NODESCORE_COLUMNS}", "TRUE", FINAL_RESULT
    yield "nodescore_delete", "assessment_nodescore", "DELETE", f"NOT {erased_node}", FINAL_RESULT


def history_statement():
    new = ", ".join(f"NEW.{column.strip()}" for column in VALUE_COLUMNS.split(","))
    return f"INSERT INTO assessment_answerchange ({VALUE_COLUMNS}) VALUES ({new})"  # noqa: S608 - constants above


def sqlite_statements():
    for name, table, event, condition, message in rules():
        yield f"""CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
            BEGIN SELECT RAISE(ABORT, '{message}'); END"""
    history = history_statement()
    yield f"CREATE TRIGGER answer_history_insert AFTER INSERT ON assessment_answer BEGIN {history}; END"
    yield f"""CREATE TRIGGER answer_history_update AFTER UPDATE OF revision ON assessment_answer
        BEGIN {history}; END"""


def postgresql_statements():
    for name, table, event, condition, message in rules():
        row = "OLD" if event == "DELETE" else "NEW"
        yield f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN {row}; END $$"""
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    yield f"""CREATE FUNCTION answer_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {history_statement()}; RETURN NULL; END $$"""
    yield """CREATE TRIGGER answer_history AFTER INSERT OR UPDATE OF revision ON assessment_answer
        FOR EACH ROW EXECUTE FUNCTION answer_history()"""


def create(apps, schema_editor):
    statements = sqlite_statements() if schema_editor.connection.vendor == "sqlite" else postgresql_statements()
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    names = [name for name, *_ in rules()]
    if schema_editor.connection.vendor == "sqlite":
        for name in [*names, "answer_history_insert", "answer_history_update"]:
            schema_editor.execute(f"DROP TRIGGER {name}")
        return
    for name in [*names, "answer_history"]:
        schema_editor.execute(f"DROP FUNCTION {name}() CASCADE")  # its triggers go with it


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_questionnaire_triggers")]
    operations = [migrations.RunPython(create, drop)]
