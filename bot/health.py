"""How the process is, part by part, each with what to do next. The limits are stated here alone."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import structlog

from bot.measures import Measures
from bot.snapshot import Snapshot
from desk.mail import Lane

log = structlog.get_logger()

#: seconds the database has to answer
PATIENCE: Final = 5.0
#: seconds of silence after which Telegram counts as away
SILENCE: Final = 60.0
#: seconds mail may wait before it is worth a look, and before the sender counts as stuck. Broadcasts may take
#: as long as they are long
WAITS: Final = {Lane.ANSWER: (10.0, 120.0), Lane.CARD: (60.0, 600.0)}
#: the same for timers
LATE: Final = (10.0, 120.0)


class State(StrEnum):
    """How one part is. Only what is failing makes /healthz say 503."""

    OK = "ok"
    LOOK = "look"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the process, and what an operator should do."""

    state: State = State.OK
    says: str
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All parts; what the database said is missing where it did not answer."""

    parts: dict[str, Part]
    snapshot: Snapshot | None

    @property
    def well(self) -> bool:
        """Whether nothing is failing."""
        return all(part.state is not State.FAILING for part in self.parts.values())


@dataclass(slots=True)
class Health:
    """Looks when it is asked; looks that come at once share one, so that a database that hangs costs one
    thread."""

    read: Callable[[], Snapshot]
    #: for how many seconds Telegram has been silent
    silent: Callable[[], float]
    measures: Measures
    _looking: "asyncio.Task[Snapshot] | None" = field(default=None, init=False)

    async def report(self) -> Report:
        """How everything is now."""
        snapshot = await self.look()
        parts = {"database": _database(snapshot), "telegram": telegram(self.silent())}
        if snapshot is not None:
            parts["sender"] = sender(snapshot, leading=self.measures.leading)
            parts["timers"] = timers(snapshot)
            parts["dead_letters"] = dead_letters(snapshot)
        return Report(parts=parts, snapshot=snapshot)

    async def look(self) -> Snapshot | None:
        """What the database says; None if it says nothing in time. The measures show it, too."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self.read))
            self._looking.add_done_callback(_heard)
        found = None
        try:
            found = await asyncio.wait_for(asyncio.shield(self._looking), PATIENCE)
        except Exception as error:
            log.warning("health.database_away", why=type(error).__name__)
        self.measures.shown.snapshot = found
        return found


def _heard(look: "asyncio.Task[Snapshot]") -> None:
    """One that nobody waited for any more may fail in silence."""
    if not look.cancelled():
        look.exception()


def _database(snapshot: Snapshot | None) -> Part:
    if snapshot is not None:
        return Part(says="answers")
    return Part(
        state=State.FAILING,
        says=f"does not answer within {PATIENCE:.0f} s",
        next_step="run `python -m bot doctor`; look at the database's server, disk and locks",
    )


def telegram(silent: float) -> Part:
    """Whether Telegram answers."""
    if not silent:
        return Part(says="answers")
    return Part(
        state=State.FAILING if silent > SILENCE else State.LOOK,
        says=f"silent for {silent:.0f} s; failing after {SILENCE:.0f} s",
        next_step="check the network and STEWARD_TELEGRAM_API; updates and mail are kept meanwhile",
    )


def sender(seen: Snapshot, *, leading: bool) -> Part:
    """Whether mail goes out in time; only the process that sends can be at fault."""
    state = max((_worse(seen.age(lane), limits) for lane, limits in WAITS.items()), key=list(State).index)
    waits = ", ".join(_waits(seen))
    if not leading:
        return Part(says=f"another process sends; {waits}")
    if state is State.OK:
        return Part(says=f"leading; {waits}")
    step = "look for mail.* and telegram.flood in the log, and at steward_telegram_calls in /metrics"
    return Part(state=state, says=f"leading; {waits}", next_step=step)


def timers(seen: Snapshot) -> Part:
    """Whether timers fire in time."""
    says = f"{seen.overdue} due, the earliest {seen.late:.0f} s late; failing after {LATE[1]:.0f} s"
    state = _worse(seen.late, LATE)
    step = "" if state is State.OK else "look for timers.failed and timer.failed in the log"
    return Part(state=state, says=says, next_step=step)


def dead_letters(seen: Snapshot) -> Part:
    """What waits for an operator, and fails nobody else."""
    says = f"{seen.updates_set_aside} updates set aside, {seen.mail_refused} pieces of mail refused"
    if not seen.updates_set_aside + seen.mail_refused:
        return Part(says=says)
    return Part(state=State.LOOK, says=says, next_step="run `python -m bot dead-letters list`")


def _worse(seconds: float, limits: tuple[float, float]) -> State:
    look, failing = limits
    if seconds > failing:
        return State.FAILING
    return State.LOOK if seconds > look else State.OK


def _waits(seen: Snapshot) -> Iterator[str]:
    for one in seen.backlog:
        limit = f" of {WAITS[one.lane][1]:.0f}" if one.lane in WAITS else ""
        yield f"{one.depth} {one.lane.name.lower()}s wait, the oldest {seen.age(one.lane):.0f}{limit} s"
