"""Texts folded, and in French order, in PostgreSQL: what language/folding.py does."""

from django.db import migrations

# No other function of ours is called within, and nothing is found by the search path: an index may rest on them.
FOLDED = r"""
replace(replace(replace(replace(translate(
  lower(regexp_replace(normalize(words, NFKD),
    '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff]',
    '', 'g') COLLATE "und-x-icu"),
  'øłđıς’‘ʼ‐–—«»“”', 'oldiσ''''''---' || repeat('"', 4)), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'þ', 'th')
"""
CREATE = "CREATE FUNCTION {name}(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {body}"


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(CREATE.format(name="folded", body=FOLDED))
    schema_editor.execute(CREATE.format(name="alphabetical", body=f"{FOLDED} || chr(1) || words"))


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ["alphabetical", "folded"]:
            schema_editor.execute(f"DROP FUNCTION {name}(text)")


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create, drop)]
