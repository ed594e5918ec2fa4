"""The constraints of a row as messages on its form's fields, whatever else of the row they rest on."""

from django.core.exceptions import ValidationError
from django.db.models.sql.query import get_children_from_q
from django.forms.models import InlineForeignKeyField


def columns(constraint):
    """The names of the fields that the constraint speaks of."""
    expressions = [name for each in getattr(constraint, "expressions", []) for name in names_in(each)]
    condition = getattr(constraint, "condition", None)
    conditions = [path.partition("__")[0] for path in get_children_from_q(condition)] if condition else []
    return {*getattr(constraint, "fields", []), *expressions, *conditions}


def names_in(expression):
    if hasattr(expression, "name"):
        yield expression.name
    for part in expression.get_source_expressions():
        yield from names_in(part)


class ConstrainedForm:
    """First among the bases of a form of a model.

    Django leaves a constraint to the database as soon as one of its columns isn't in the form: a code that is taken
    below the same row above, which the form doesn't show, would be an error page.
    """

    def validate_constraints(self):
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                self.validate_constraint(model, constraint)

    def validate_constraint(self, model, constraint):
        names = columns(constraint)
        told = [name for name in self.told() if name in names]
        if not told or names & self.errors.keys():
            return
        try:
            constraint.validate(model, self.instance)
        except ValidationError as error:
            self.add_error(told[-1], ValidationError(error.messages, code=error.error_list[0].code))

    def told(self):
        """The fields that a message can stand at, in the order of the form."""
        for name, field in self.fields.items():
            if not isinstance(field, InlineForeignKeyField) and not field.widget.is_hidden:
                yield name
