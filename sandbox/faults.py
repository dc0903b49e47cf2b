"""Faults on order: errors, broken connections, floods and double deliveries, where and as often as asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.errors import Problem

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "do": str,
    "method": lambda name: str(name).lower(),
    "chat": str,
    "times": int,
    "skip": int,
    "retry_after": int,
    "seconds": float,
}

#: what happens to a call, and what to an update
CALLS, UPDATES = ("500", "hang", "drop", "lose", "429", "401"), ("duplicate", "late")
KINDS = (*CALLS, *UPDATES)


@dataclass(kw_only=True)
class Fault:
    """One order. Without a method it hits any call but getUpdates, which would eat it at once."""

    do: str
    method: str = ""
    chat: str = ""
    times: int = 1
    skip: int = 0
    retry_after: int = 1
    #: How long `hang` holds the connection before it breaks, and by how much an update is `late`.
    seconds: float = 3600.0

    def hits(self, method: str, chat: str) -> bool:
        """Whether this call is meant, and it is time; counts down as it answers."""
        meant = method == self.method if self.method else method != "getupdates"
        if self.times <= 0 or not meant or (self.chat and self.chat != chat):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


class Faults:
    """The orders in force, in the order given."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def set(self, orders: Iterable[Mapping[str, Any]]) -> None:
        """Replace all orders."""
        self._orders = [_read(order) for order in orders]

    def take(self, method: str, chat: str) -> Fault | None:
        """The fault for this call, if there is one."""
        calls = [fault for fault in self._orders if fault.do in CALLS]
        return next((fault for fault in calls if fault.hits(method.lower(), chat)), None)

    def copies(self, chat: int) -> int:
        """How often an update from that chat is to be delivered."""
        return 2 if self._hit("duplicate", chat) else 1

    def late(self, chat: int) -> float:
        """By how many seconds an update from that chat is to be late."""
        found = self._hit("late", chat)
        return found.seconds if found else 0.0

    def _hit(self, do: str, chat: int) -> Fault | None:
        meant = (fault for fault in self._orders if fault.do == do)
        return next((fault for fault in meant if fault.hits("", str(chat))), None)


def _read(order: Mapping[str, Any]) -> Fault:
    unknown = set(order) - set(_READERS)
    if unknown or str(order.get("do")) not in KINDS:
        allowed = ", ".join(_READERS)
        raise Problem(f"A fault has the fields {allowed}, and `do` is one of {', '.join(KINDS)}.")
    given = {key: _READERS[key](value) for key, value in order.items() if value is not None}
    return Fault(**given)
