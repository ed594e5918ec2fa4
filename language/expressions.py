"""Looking for texts and putting them in order, the same on both databases."""

from django.db.models import CharField, Func, Lookup, TextField


@CharField.register_lookup
@TextField.register_lookup
class Contains(Lookup):
    """In place of Django's, which on SQLite knows no capital letter but those of ASCII, and an accent nowhere.

    It reads every row, as Django's does: no index finds the middle of a text.
    """

    lookup_name = "icontains"

    def as_sql(self, compiler, connection, *, function="STRPOS"):
        text, text_params = self.process_lhs(compiler, connection)
        words, words_params = self.process_rhs(compiler, connection)
        return f"{function}(folded({text}), folded({words})) > 0", (*text_params, *words_params)

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, function="INSTR")


class Alphabetical(Func):
    """To order by: as ``folding.alphabetical``."""

    function = "alphabetical"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='%(function)s(%(expressions)s) COLLATE "C"', **context)
