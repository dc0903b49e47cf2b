"""The log: one form for our lines and the libraries', and no line with a secret in it."""

import logging
import re
import sys
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.doings import with_ids

#: These tell every request, addresses with the token in them; what matters of it we log ourselves.
CHATTY: Final = (
    "aiogram", "aiohttp.access", "alembic", "apscheduler", "asyncio", "httpcore", "httpx", "matplotlib",
    "sqlalchemy", "telegram",
)  # fmt: skip

HIDDEN: Final = "***"
#: what is shorter protects nothing, and hiding it would garble every line
SHORTEST: Final = 6
TOKEN: Final = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
#: the password in `scheme://user:password@host`
PASSWORD: Final = re.compile(r"(://[^\s:/@]*:)[^\s/@]+(?=@)")
#: a number with its country, a Chinese mobile, or a landline with its area code
PHONE: Final = re.compile(
    r"(?<![\w+])(?:\+\d[\d ()-]{6,18}\d|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]\d{7,8})(?![\w:.-])"
)
#: keys whose value is nobody's business, whatever it looks like
PRIVATE: Final = re.compile(r"phone|password|secret|token", re.IGNORECASE)


class Redact:
    """A processor that takes secrets and phone numbers out of a line, wherever they stand in it."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        known = sorted((secret for secret in secrets if len(secret) >= SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: self._clean(key, value) for key, value in event.items()}

    def text(self, text: str) -> str:
        """The words without what must not be told."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        return PHONE.sub(HIDDEN, PASSWORD.sub(rf"\1{HIDDEN}", TOKEN.sub(HIDDEN, text)))

    def _clean(self, key: object, value: Any) -> Any:
        if isinstance(key, str) and PRIVATE.search(key):
            return HIDDEN
        match value:
            case str():
                return self.text(value)
            case None | bool() | int() | float():
                return value
            case Mapping():
                return {name: self._clean(name, inner) for name, inner in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._clean("", inner) for inner in value]
            case _:
                return self.text(str(value))


def set_up_logs(form: str, secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Sends every log line to stderr, as `json` or `text`. Called once, before anything is logged."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        with_ids,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    target = stream or sys.stderr
    _hang_up(
        target, [ProcessorFormatter.remove_processors_meta, Redact(secrets), _renderer(form, target)], shared
    )
    _catch_the_uncaught()


def _renderer(form: str, stream: TextIO) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)


def _hang_up(stream: TextIO, last: Sequence[Processor], shared: Sequence[Processor]) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ProcessorFormatter(processors=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)


def _catch_the_uncaught() -> None:
    """A crash goes through the log, too: Python's own traceback would show what the error's words hold."""
    log = structlog.get_logger("crash")

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            log.critical("crashed", exc_info=(kind, error, trace))

    def in_thread(crash: threading.ExceptHookArgs) -> None:
        name = crash.thread.name if crash.thread else ""
        log.critical("thread.crashed", thread=name, exc_info=crash.exc_value)

    sys.excepthook = in_main
    threading.excepthook = in_thread
