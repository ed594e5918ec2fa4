"""What actions refuse: every error has its family, and one place says what happens in many pages."""

import importlib
import pkgutil

from assessment import actions
from assessment.actions.errors import RefusalError
from assessment.views.refusals import page_of


def errors_of_actions():
    for module in pkgutil.iter_modules(actions.__path__):
        names = vars(importlib.import_module(f"assessment.actions.{module.name}"))
        errors = [value for value in names.values() if isinstance(value, type) and issubclass(value, Exception)]
        yield from (error for error in errors if error.__module__.startswith("assessment.actions."))


def test_every_error_of_an_action_is_of_one_family():
    families = RefusalError.__subclasses__()

    alone = {error.__name__ for error in errors_of_actions() if sum(issubclass(error, kind) for kind in families) != 1}

    assert alone == {"RefusalError"}


def test_an_error_that_is_no_refusal_has_no_page(rf):
    assert page_of(rf.get("/"), KeyError("code")) is None
