"""Looking for texts and putting them in order, the same on both databases."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, Lookup, TextField
from django.db.models.sql.compiler import SQLCompiler


@CharField.register_lookup
@TextField.register_lookup
class Contains(Lookup):
    """In place of Django's, which on SQLite knows no capital letter but those of ASCII, and an accent nowhere.

    PostgreSQL finds three letters and more by an index of trigrams, where there is one; else every row is read.
    """

    lookup_name = "icontains"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, text_params = self.process_lhs(compiler, connection)
        words, words_params = self.process_rhs(compiler, connection)
        pattern = f"replace(replace(replace(folded({words}), '\\', '\\\\'), '%%', '\\%%'), '_', '\\_')"
        return f"folded({text}) LIKE '%%' || {pattern} || '%%'", (*text_params, *words_params)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, text_params = self.process_lhs(compiler, connection)
        words, words_params = self.process_rhs(compiler, connection)
        return f"INSTR(folded({text}), folded({words})) > 0", (*text_params, *words_params)


class Alphabetical(Func):
    """To order by: as ``folding.alphabetical``."""

    function = "alphabetical"
    output_field = TextField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template='%(function)s(%(expressions)s) COLLATE "C"', **context)
