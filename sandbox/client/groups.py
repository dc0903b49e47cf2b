"""Bots and groups, by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.client.seen import Json

if TYPE_CHECKING:
    from sandbox.client.calling import Sandbox
    from sandbox.client.people import Person


@dataclass(frozen=True)
class Bot:
    """A bot by its id."""

    sandbox: "Sandbox" = field(repr=False)
    id: int
    username: str


@dataclass(frozen=True)
class Group:
    """A group by its id."""

    sandbox: "Sandbox" = field(repr=False)
    id: int

    def add(self, who: "Person | Bot", *, by: "Person | None" = None) -> None:
        """Somebody joins."""
        self._set(who, "member", None, by)

    def promote(self, who: "Person | Bot", *, by: "Person | None" = None, **rights: bool) -> None:
        """Somebody becomes an administrator, with the usual rights or just those named."""
        self._set(who, "administrator", rights or None, by)

    def remove(self, who: "Person | Bot", *, by: "Person | None" = None) -> None:
        """Somebody goes."""
        self._set(who, "left", None, by)

    def change(self, **fields: Any) -> None:
        """A new `title`, or `forum` on or off."""
        self.sandbox.post(f"groups/{self.id}", **fields)

    def migrate(self) -> "Group":
        """Make it a supergroup."""
        return Group(self.sandbox, self.sandbox.post(f"groups/{self.id}/migrate")["id"])

    def topics(self) -> list[Json]:
        """The topics: thread, name, closed."""
        groups = self.sandbox.world()["groups"]
        return next(list(group["topics"]) for group in groups if group["id"] == self.id)

    def topic(self, name: str) -> int:
        """The thread of the topic with that name."""
        found = [int(topic["thread"]) for topic in self.topics() if topic["name"] == name]
        if not found:
            raise LookupError(f"There is no topic {name!r} in group {self.id}.")
        return found[0]

    def delete_topic(self, thread: int) -> None:
        """A topic goes with all its messages."""
        self.sandbox.post("topics/delete", chat=self.id, thread=thread)

    def _set(self, who: "Person | Bot", status: str, rights: Mapping[str, bool] | None,
             by: "Person | None") -> None:  # fmt: skip
        path = f"groups/{self.id}/members"
        self.sandbox.post(path, user=who.id, status=status, rights=rights, by=by and by.id)
