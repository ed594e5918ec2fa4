from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from language.folding import alphabetical, folded
from language.french import write_first_days


def add_functions(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    if connection.vendor == "sqlite":
        for function in [folded, alphabetical]:
            connection.connection.create_function(function.__name__, 1, function, deterministic=True)


class LanguageConfig(AppConfig):
    name = "language"

    def ready(self) -> None:
        connection_created.connect(add_functions, dispatch_uid="language")
        write_first_days()
        import language.expressions  # noqa: F401  (its lookup is known from now on)
