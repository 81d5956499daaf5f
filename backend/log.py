"""Structured logs: one JSON line an event in production, readable in development. No secret ever.

Fields that could hold what a person typed are dropped by name, and no request body is logged anywhere.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_NAMES = ("password", "secret", "token", "digits", "cookie", "authorization", "proof", "body")


def _without_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in list(event):
        if any(word in name.lower() for word in SECRET_NAMES):
            event[name] = "[not logged]"
    return event


def set_up_logging(*, level: str, json: bool) -> None:
    """Send every log line of the process, the libraries' too, to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_secrets,
    ]
    # The console's own tracebacks would print local variables, and with them what a person typed.
    console = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    renderer: Any = structlog.processors.JSONRenderer() if json else console
    tracebacks: list[Any] = [structlog.processors.format_exc_info] if json else []
    structlog.configure(
        processors=[*shared, *tracebacks, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tracebacks, renderer],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in ("httpx", "asyncio", "aiosmtpd", "mail.log", "granian.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It would print every refusal and every mistake in a document, with the values that were sent; surprises are logged
    # where they are masked.
    logging.getLogger("strawberry.execution").disabled = True


def get_log(name: str) -> Any:
    """The logger of a module."""
    return structlog.get_logger(name)
