"""Which update or timer a log line belongs to, and one line for what it changed."""

from contextvars import ContextVar, Token
from types import TracebackType
from typing import Final, Self

import structlog
from structlog.typing import EventDict, WrappedLogger

log = structlog.get_logger()

_NOW: "Final[ContextVar[Doing | None]]" = ContextVar("doing", default=None)


class Doing:
    """One update or timer at work: what is logged inside carries its id. What it changed is told at its end,
    and only if all of it went well; should the commit itself fail, it is played and told once more."""

    __slots__ = ("_before", "_changes", "ids")

    def __init__(self, **ids: object) -> None:
        self.ids = ids
        self._changes: list[tuple[str, dict[str, object]]] = []

    def __enter__(self) -> Self:
        self._before: Token[Doing | None] = _NOW.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            for event, values in self._changes:
                log.info(event, **values)
        _NOW.reset(self._before)

    def add(self, event: str, values: dict[str, object]) -> None:
        """Something changed."""
        self._changes.append((event, values))


def changed(event: str, **values: object) -> None:
    """Notes a change, to be logged at the end of what is going on."""
    doing = _NOW.get()
    if doing is not None:
        doing.add(event, values)


def with_ids(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A processor that adds the ids of what is going on."""
    doing = _NOW.get()
    if doing is not None:
        for name, value in doing.ids.items():
            event.setdefault(name, value)
    return event
