"""A fault at each statement of an action in turn: what is stored is as before, or as after, never between.

No transaction is opened around the action here: its own must be what takes everything back.
"""

import itertools

from django.db import DatabaseError, connection, transaction


def assert_whole(action, stored):
    """Fail the action at its first statement, its second, … until it has no more; return what it then stored.

    ``stored`` is what the action may change, read anew at each call.
    """
    rehearse(action)
    before = stored()
    for failing in itertools.count(1):
        if not faults(action, failing):
            assert failing > 1, "no statement was run"
            return stored()
        assert stored() == before, f"half done after a fault at statement {failing}"


def rehearse(action):
    """Do it and take it back: what it caches is cached from then on, or the last statements would never be reached."""
    with transaction.atomic():
        action()
        transaction.set_rollback(True)


def faults(action, failing):
    """Run the action with a fault at the given statement; return whether it came so far."""
    count = 0

    def fail(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == failing:
            raise DatabaseError("fault")
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(fail):
            action()
    except DatabaseError:
        return True
    return False
