"""What everybody saw, scene by scene, as text that a manager could read."""

import re
from collections.abc import Iterator
from html import unescape

from sandbox.client import Message, Person
from tests.story.repair import Cast, Scene

#: moments differ from run to run
MOMENT = re.compile(r"\w{3}, \w{3} \d{1,2}( \d\d:\d\d)?(–\d\d:\d\d)?")
#: and so does how many of them the digest counts, on a slow machine
MINUTES = re.compile(r"\d+ minutes?")
CODE = re.compile(r"(?<=/start )\S+")
TAG = re.compile(r"<[^>]+>")


class Transcript:
    """Notes after each scene what has changed in every chat."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._seen: dict[tuple[str, int], str] = {}
        self.lines: list[str] = []

    def scene(self, scene: Scene) -> None:
        """Notes one scene and what everybody sees after it."""
        told = " ".join((scene.__doc__ or "").split())
        self.lines += ["", f"## {scene.__name__.replace('_', ' ')}: {told}"]
        for chat, message in self._messages():
            shown = show(message)
            key = (chat, message.id)
            if self._seen.get(key) == shown:
                continue
            edited = " (edited)" if key in self._seen else ""
            self._seen[key] = shown
            who = "Steward" if message.by_bot else str(message.raw["from"]["name"])
            self.lines.append(f"[{chat}] {who}{edited}: {shown}")

    def _messages(self) -> Iterator[tuple[str, Message]]:
        cast = self._cast
        people = (cast.owner, cast.resident, cast.worker, cast.other, cast.dispatcher)
        for person in people:
            yield from ((person.name, one) for one in _private(person, cast))
        yield from (("group", one) for one in cast.owner.chat(cast.group) if not one.raw["service"])


def _private(person: Person, cast: Cast) -> list[Message]:
    return [one for one in person.chat(cast.stage.bot) if not one.raw["service"]]


def show(message: Message) -> str:
    """A message as plain text with its buttons."""
    words = unescape(TAG.sub("", message.html.replace("<br>", "\n")))
    kinds = "".join(f"⟨{kind}⟩" for kind in message.kinds)
    rows = ["  " + " ".join(f"[{label}]" for label in row) for row in message.rows]
    words = MINUTES.sub("⟨minutes⟩", MOMENT.sub("⟨time⟩", words))
    text = CODE.sub("⟨code⟩", f"{kinds} {words}".strip())
    rest = [MOMENT.sub("⟨time⟩", row) for row in rows]
    return "\n".join([text.replace("\n", "\n    "), *rest])
