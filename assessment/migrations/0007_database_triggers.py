"""Refusals and histories kept by the database itself: published versions, submitted answers, results, histories."""

from django.db import migrations

from assessment.models import triggers

# Everything of a result but the person who submitted it: erasing an account empties that column alone.
RESULT = [
    "id", "assessment_id", "number", "company_id", "version_id", "checksum", "engine", "profile", "sub_sector", "size",
    "region", "answers", "answers_sha256", "trace", "summary", "score", "low", "high", "level", "submitted_at",
]  # fmt: skip
VALUE = ["assessment_id", "question", "state", "value", "comment", "evidence", "revision", "request", "saved_at"]
COLUMNS = {
    # Every column but those of texts, which may be corrected, and those in which a version's own life is written
    "frozen": {
        "version": [
            "id", "questionnaire_id", "number", "languages", "unknown_policy", "aggregation", "profile", "frames",
            "checksum", "published_at", "format", "targets",
        ],
        "level": ["id", "version_id", "number", "start", "every_dimension_at_least"],
        "dimension": ["id", "position", "code", "version_id", "weight", "aggregation"],
        "capability": ["id", "position", "code", "dimension_id", "weight", "aggregation", "reads_as"],
        "question": [
            "id", "position", "code", "capability_id", "kind", "weight", "express", "required", "allow_not_applicable",
            "allow_unknown", "applies_when", "cap", "unit", "unit_fr", "unit_en", "minimum", "maximum", "obligation",
            "obligation_fr", "obligation_en",
        ],
        "choice": ["id", "position", "code", "question_id", "points", "exclusive", "effort"],
        "band": ["id", "question_id", "start", "points", "effort"],
    },
    "history": [*VALUE, "saved_by_id"],
    "kept": {
        "result": RESULT,
        "node_score": ["id", "result_id", "kind", "code", "score", "low", "high", "level"],
        "answer_change": ["id", *VALUE],
    },
}  # fmt: skip


class Migration(migrations.Migration):
    replaces = [("assessment", "0005_triggers"), ("assessment", "0017_introductions")]
    dependencies = [("assessment", "0021_plans")]
    operations = [triggers.Create(**COLUMNS)]
