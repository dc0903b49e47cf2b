"""What is counted while the bot works, for /metrics. What an update's way touches is looked up beforehand."""

import platform
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Final, Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.snapshot import Snapshot
from desk.mail import Lane, Outgoing
from desk.records import State

#: seconds; a commit takes about a millisecond, a call to Telegram 40
TO_COMMIT: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
TO_SENT: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30, 60, 300)
#: timers are looked for twice a second
LATE: Final = (0.5, 1, 2.5, 5, 10, 30, 60, 300)
#: how an update may end: in a transaction; as a dead letter; not at all, so that Telegram brings it again;
#: as one that was taken in before; or as one that means nothing to us
OUTCOMES: Final = ("kept", "set_aside", "not_kept", "repeated", "ignored")


@cache
def release() -> str:
    """Which version of Steward this is: as installed, or of the checkout that it runs from."""
    try:
        return version("steward-desk")
    except PackageNotFoundError:
        project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
        return str(project["project"]["version"])


class Taking:
    """One update under way; one that raises was not kept."""

    __slots__ = ("_began", "_measures", "outcome")

    def __init__(self, measures: "Measures") -> None:
        self._measures = measures
        self.outcome = "kept"

    def __enter__(self) -> Self:
        self._began = perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._measures.ended("not_kept" if kind else self.outcome, perf_counter() - self._began)


class Measures:
    """The counters of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        updates = Counter("steward_updates", "Updates, by how they ended", ["outcome"], registry=registry)
        self._updates = {outcome: updates.labels(outcome) for outcome in OUTCOMES}
        self._failures = Counter("steward_update_failures", "Tries at updates that failed", registry=registry)
        self._seconds = Histogram(
            "steward_update_seconds", "From an update to its commit", buckets=TO_COMMIT, registry=registry
        )
        sending = Histogram(
            "steward_sending_seconds",
            "From the transaction that wrote mail to Telegram's answer",
            ["lane"],
            buckets=TO_SENT,
            registry=registry,
        )
        self._sending = {lane: sending.labels(lane.name.lower()) for lane in Lane}
        self._calls = Counter(
            "steward_telegram_calls", "Calls, by method and outcome", ["method", "outcome"], registry=registry
        )
        self._known_calls: dict[tuple[str, str], Counter] = {}
        self._floods = Counter("steward_telegram_floods", "Calls answered with 429", registry=registry)
        self._timers = Counter("steward_timers", "Timers fired, by kind", ["kind"], registry=registry)
        self._late = Histogram(
            "steward_timer_late_seconds", "How late timers fired", buckets=LATE, registry=registry
        )
        self._leading = Gauge(
            "steward_sender_leading", "1 while this process sends for the bot", registry=registry
        )
        #: what the database says, as of the last look
        self.shown = Shown()
        registry.register(self.shown)

    @property
    def leading(self) -> bool:
        """Whether this process sends for the bot."""
        return bool(self._is_leading)

    @leading.setter
    def leading(self, is_so: bool) -> None:
        self._is_leading = is_so
        self._leading.set(is_so)

    _is_leading = False

    def describe(self, **facts: str) -> None:
        """What this process is: told once, when it starts."""
        build = Gauge("steward_build_info", "What runs here", ["version", "python", *facts])
        self.registry.register(build)
        build.labels(release(), platform.python_version(), *facts.values()).set(1)

    def update(self) -> Taking:
        """Times an update."""
        return Taking(self)

    def ended(self, outcome: str, seconds: float) -> None:
        """An update came to this end."""
        self._updates[outcome].inc()
        self._seconds.observe(seconds)

    def ignored(self) -> None:
        """An update meant nothing to us."""
        self._updates["ignored"].inc()

    def failed(self) -> None:
        """One try at an update failed and was undone."""
        self._failures.inc()

    def called(self, method: str, outcome: str) -> None:
        """A call to Telegram came to this end."""
        key = (method, outcome)
        counter = self._known_calls.get(key)
        if counter is None:
            counter = self._known_calls[key] = self._calls.labels(method, outcome)
        counter.inc()
        if outcome == "Flood":
            self._floods.inc()

    def sent(self, mail: Outgoing, seconds: float) -> None:
        """Mail is in its chat, so many seconds after it was written."""
        self._sending[mail.lane].observe(seconds)

    def timer(self, kind: str, late: float) -> None:
        """A timer fired, so many seconds after it was due."""
        self._timers.labels(kind).inc()
        self._late.observe(late)


class Shown(Collector):
    """What the database says; nothing while it does not answer, for old figures would look like new ones."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None

    def describe(self) -> list[Metric]:
        """Not needed to be registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures of the last look."""
        seen = self.snapshot
        yield GaugeMetricFamily("steward_database_up", "1 if it answered", value=float(seen is not None))
        if seen is not None:
            yield from _figures(seen)


def _figures(seen: Snapshot) -> Iterator[Metric]:
    yield _by(
        "steward_outbox_depth", "Mail that waits", "lane",
        {one.lane.name.lower(): float(one.depth) for one in seen.backlog},
    )  # fmt: skip
    yield _by(
        "steward_outbox_age_seconds", "For how long the oldest mail that may go waits", "lane",
        {one.lane.name.lower(): seen.age(one.lane) for one in seen.backlog},
    )  # fmt: skip
    yield GaugeMetricFamily("steward_timers_overdue", "Timers that are due", value=float(seen.overdue))
    yield GaugeMetricFamily("steward_timers_late_seconds", "How late the earliest is", value=seen.late)
    yield _by(
        "steward_open_requests", "Open requests of all estates", "state",
        {state.value: float(seen.open.get(state, 0)) for state in State if state.open},
    )  # fmt: skip
    dead = {"update": float(seen.updates_set_aside), "mail": float(seen.mail_refused)}
    yield _by("steward_dead_letters", "What failed for good and waits for an operator", "kind", dead)


def _by(name: str, help: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, help, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
