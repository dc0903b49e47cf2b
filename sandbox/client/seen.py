"""What is seen: messages, answers to taps, and refusals."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class SandboxError(Exception):
    """The sandbox refused a call; its words say what to do."""


@dataclass(frozen=True)
class Answer:
    """What a bot answered to a tap."""

    text: str
    show_alert: bool
    url: str
    #: what a copy button put into the clipboard
    copied: str = ""


@dataclass(frozen=True)
class Message:
    """A message as a person sees it; `raw` is all that README.md lists."""

    raw: Json = field(repr=False)
    id: int
    text: str
    author: str

    @property
    def html(self) -> str:
        """The words with their entities."""
        return str(self.raw["html"])

    @property
    def thread(self) -> int:
        """The topic, 0 for none."""
        return int(self.raw["thread"] or 0)

    @property
    def labels(self) -> list[str]:
        """The labels of the buttons under it, in reading order."""
        return [button["label"] for row in self.raw["buttons"] for button in row]

    @property
    def rows(self) -> list[list[str]]:
        """The labels, row by row."""
        return [[button["label"] for button in row] for row in self.raw["buttons"]]

    @property
    def kinds(self) -> list[str]:
        """What hangs on it: photo, contact …"""
        return [item["kind"] for item in self.raw["media"]]

    @property
    def by_bot(self) -> bool:
        """Whether a bot wrote it."""
        return bool(self.raw["from"]["is_bot"])


def read_message(raw: Json) -> Message:
    """A message from its JSON."""
    words = raw.get("text") or raw.get("caption") or raw.get("service") or ""
    return Message(raw=raw, id=raw["message_id"], text=words, author=raw["from"]["name"])
