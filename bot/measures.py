"""What is counted while the bot works, for /metrics."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Measures:
    """The counters of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter(
            "steward_updates", "Updates taken in, by outcome", ["outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "steward_update_seconds", "From update to commit, in seconds", registry=self.registry
        )
        self._timers = Counter("steward_timers", "Timers fired, by kind", ["kind"], registry=self.registry)
        self._late = Gauge(
            "steward_timer_late_seconds", "How late the last timer was", registry=self.registry
        )
        self.outbox = Gauge("steward_outbox_depth", "Mail that waits", registry=self.registry)
        self.outbox_age = Gauge(
            "steward_outbox_age_seconds", "For how long the oldest mail in hand waits", registry=self.registry
        )

    @contextmanager
    def update(self) -> Iterator[None]:
        """Times an update; one that raises was not kept."""
        with self._seconds.time():
            try:
                yield
            except Exception:
                self._updates.labels("not_kept").inc()
                raise
        self._updates.labels("kept").inc()

    def failed(self) -> None:
        """One try at an update failed and was undone."""
        self._updates.labels("failed").inc()

    def timer(self, kind: str, late: float) -> None:
        """A timer fired, so many seconds after it was due."""
        self._timers.labels(kind).inc()
        self._late.set(late)
