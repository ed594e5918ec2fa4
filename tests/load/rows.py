"""How long the largest questionnaire takes from file to rows, and back: 2,000 questions of 200 choices.

    ENVIRONMENT=test SECRET_KEY=… DATABASE_URL=… python -m tests.load.rows

On the migrated database of that address, where nothing stays. Prints seconds; asserts nothing about them.
"""

import os
from time import perf_counter

import django

from tests.load.engine import questionnaire_text


def timed(label, action, **arguments):
    started = perf_counter()
    result = action(**arguments)
    print(f"{label:45} {perf_counter() - started:6.1f} s")
    return result


def main():
    from django.db import connection, transaction

    from assessment.actions.questionnaire import import_questionnaire, publish
    from assessment.maturity.file.format import load
    from assessment.models.compiled import compiled

    print(f"{connection.vendor}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    definition = timed("read and check the file", load, text=questionnaire_text(2000, 200))
    with transaction.atomic():
        version = timed("import it as a draft", import_questionnaire, definition=definition)
        version = timed("check and publish the draft", publish, version=version)
        assert timed("compile the published version", compiled, version=version) == definition
        timed("compile it again in the same process", compiled, version=version)
        transaction.set_rollback(True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
