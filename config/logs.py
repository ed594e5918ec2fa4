"""Structured logs: one event a line, as JSON in production, readable in development."""

import logging
import logging.config
from typing import Any, cast

import structlog
from structlog.typing import EventDict, Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


class RefusalFilter(logging.Filter):
    """A request that was refused is no fault of ours, and has its line from web.middleware.

    Django adds one, with the forty of a traceback where a view or the admin refused by an exception. What it takes for
    an attack is named in that same line: "refused", with "why" where a form's token was wrong, as behind a proxy.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not 400 <= getattr(record, "status_code", 0) < 500:
            return True
        if record.name == "django.request":
            return False
        record.exc_info = None
        request: Any = getattr(record, "request", None)
        if not record.name.startswith("django.security.") or not hasattr(request, "refused"):
            return True
        request.refused = {"refused": record.name.removeprefix("django.security.")}
        if request.refused["refused"] == "csrf":
            request.refused["why"] = str(cast(tuple[object, ...], record.args)[0])
        return False


def configure(*, level: str, as_json: bool) -> None:
    # Plain tracebacks: prettier ones print local variables, and answers or tokens with them
    console = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer = structlog.processors.JSONRenderer() if as_json else console
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info if as_json else _unchanged,
                        renderer,
                    ],
                }
            },
            "filters": {"refusals": {"()": RefusalFilter}},
            "handlers": {
                "console": {"class": "logging.StreamHandler", "formatter": "structured", "filters": ["refusals"]}
            },
            "root": {"handlers": ["console"], "level": level},
            "loggers": {
                "django": {"level": level},
                "django.server": {"level": "WARNING"},
                # Unknown hosts are scanners' noise, answered 400 already
                "django.security.DisallowedHost": {"level": "CRITICAL"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _unchanged(logger: Any, name: str, event: EventDict) -> EventDict:
    return event
