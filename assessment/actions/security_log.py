"""Lines of the security log, written once the transaction holds."""

from functools import partial

import structlog
from django.db import transaction

log = structlog.get_logger("security")


def note(event: str, **facts: object) -> None:
    # In the security log, once it is true.
    transaction.on_commit(partial(log.info, event, **facts))
