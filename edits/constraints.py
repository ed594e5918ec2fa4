"""The constraints of a row as messages on its form's fields, whatever else of the row they rest on."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.db.models.constraints import BaseConstraint
from django.db.models.sql.query import (  # type: ignore[attr-defined]  # in no stub
    get_children_from_q,
    get_paths_from_expression,
)
from django.forms.models import BaseModelForm, InlineForeignKeyField


def columns(constraint: Any) -> set[str]:
    expressions = [path for each in getattr(constraint, "expressions", []) for path in get_paths_from_expression(each)]
    conditions = get_children_from_q(constraint.condition) if constraint.condition else []
    paths = [*getattr(constraint, "fields", []), *expressions, *conditions]
    return {path.partition("__")[0] for path in paths}


class ConstrainedForm(BaseModelForm):
    """First among the bases of a form of a model.

    Django leaves a constraint to the database as soon as one of its columns isn't in the form: a code that is taken
    below the same row above, which the form doesn't show, would be an error page.
    """

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # in no stub
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                self.validate_constraint(model, constraint)

    def validate_constraint(self, model: type[Model], constraint: BaseConstraint) -> None:
        names = columns(constraint)
        told = [name for name in self.told() if name in names]
        if not told or names & self.errors.keys():
            return
        try:
            constraint.validate(model, self.instance)
        except ValidationError as error:
            self.move_error(getattr(self, "told_at", {}).get(constraint.name, told[-1]), error)

    def move_error(self, name: str, error: ValidationError) -> None:
        # To the field, from the form as a whole, where Django may have put it already.
        whole = self.errors.get(NON_FIELD_ERRORS)
        if whole:
            told: list[Any] = whole.data
            whole.data = [each for each in told if each.messages != error.messages]
            if not whole.data:
                del self.errors[NON_FIELD_ERRORS]
        self.add_error(name, ValidationError(error.messages))

    def told(self) -> Iterator[str]:
        # The fields that a message can stand at, in the order of the form.
        for name, field in self.fields.items():
            if not isinstance(field, InlineForeignKeyField) and not field.widget.is_hidden:
                yield name
