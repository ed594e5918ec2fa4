"""The constraints of a row as messages on its form's fields, whatever else of the row they rest on."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models.sql.query import get_children_from_q, get_paths_from_expression
from django.forms.models import InlineForeignKeyField


def columns(constraint):
    expressions = [path for each in getattr(constraint, "expressions", []) for path in get_paths_from_expression(each)]
    conditions = get_children_from_q(constraint.condition) if constraint.condition else []
    paths = [*getattr(constraint, "fields", []), *expressions, *conditions]
    return {path.partition("__")[0] for path in paths}


class ConstrainedForm:
    """First among the bases of a form of a model.

    Django leaves a constraint to the database as soon as one of its columns isn't in the form: a code that is taken
    below the same row above, which the form doesn't show, would be an error page.
    """

    def _post_clean(self):
        super()._post_clean()
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
            self.move_error(getattr(self, "told_at", {}).get(constraint.name, told[-1]), error)

    def move_error(self, name, error):
        # To the field, from the form as a whole, where Django may have put it already.
        whole = self._errors.get(NON_FIELD_ERRORS)
        if whole:
            whole.data = [each for each in whole.data if each.messages != error.messages]
            if not whole.data:
                del self._errors[NON_FIELD_ERRORS]
        self.add_error(name, ValidationError(error.messages))

    def told(self):
        # The fields that a message can stand at, in the order of the form.
        for name, field in self.fields.items():
            if not isinstance(field, InlineForeignKeyField) and not field.widget.is_hidden:
                yield name
