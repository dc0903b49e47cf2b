"""Somebody with a phone: what they do, and what they see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.client.groups import Bot, Group
from sandbox.client.seen import Answer, Json, Message, SandboxError, read_message

if TYPE_CHECKING:
    from sandbox.client.calling import Sandbox


@dataclass(frozen=True)
class Tapped:
    """A tap that was made."""

    sandbox: "Sandbox" = field(repr=False)
    id: str

    def answer(self, timeout: float | None = None) -> Answer:
        """What the bot answers; waits for it."""
        told = self.sandbox.wait(self._answered, timeout)
        return Answer(told["text"], told["show_alert"], told["url"], told["copied"])

    def _answered(self) -> Json | None:
        told = self.sandbox.get(f"taps/{self.id}")
        return told if told["answered"] else None


@dataclass(frozen=True)
class Payment:
    """A payment that was begun."""

    sandbox: "Sandbox" = field(repr=False)
    id: str

    def outcome(self, timeout: float | None = None) -> Json:
        """`{paid, error, charge, refunded …}` once the bot has answered, or its ten seconds are over."""
        return self.sandbox.wait(self._over, timeout)

    def refund(self) -> None:
        """The provider gives it back."""
        self.sandbox.post("refund", charge=self.outcome()["charge"])

    def _over(self) -> Json | None:
        told = self.sandbox.get(f"payments/{self.id}")
        return told if told["answered"] or told["error"] else None


@dataclass
class Person:
    """Somebody with a phone. Without `chat` they act where they last were: with a bot, or in a group."""

    sandbox: "Sandbox" = field(repr=False)
    id: int
    name: str
    here: "Bot | Group | None" = None

    def open(self, bot: Bot, start: str = "") -> int:
        """Tap Start, or a link with a start parameter."""
        self.here = bot
        return int(self._post("open", bot=bot.id, start=start)["message_id"])

    def say(self, text: str, *, chat: "Bot | Group | None" = None, thread: int = 0, reply_to: int = 0,
            entities: Iterable[Json] = ()) -> int:  # fmt: skip
        """Write words."""
        around = {**self._where(chat), "thread": thread, "reply_to": reply_to, "entities": list(entities)}
        return int(self._post("say", text=text, **around)["message_id"])

    def send(self, kind: str, *, chat: "Bot | Group | None" = None, **fields: Any) -> list[int]:
        """Send a photo, video, document, voice, sticker, audio, animation, video_note, contact, location,
        poll or dice."""
        return list(self._post("send", kind=kind, **self._where(chat), **fields)["message_ids"])

    def photo(self, caption: str = "", *, chat: "Bot | Group | None" = None) -> int:
        """Send one picture."""
        return self.send("photo", chat=chat, caption=caption)[0]

    def album(self, count: int, caption: str = "", *, chat: "Bot | Group | None" = None) -> list[int]:
        """Send pictures as an album."""
        return self.send("photo", chat=chat, count=count, caption=caption)

    def contact(self, *, chat: "Bot | Group | None" = None, **fields: Any) -> int:
        """Share a contact: one's own, unless `user_id` says otherwise."""
        return self.send("contact", chat=chat, **fields)[0]

    def location(self, latitude: float, longitude: float, *, chat: "Bot | Group | None" = None) -> int:
        """Share a place."""
        return self.send("location", chat=chat, latitude=latitude, longitude=longitude)[0]

    def forward(self, text: str, author: "Person", *, hidden: bool = False,
                chat: "Bot | Group | None" = None) -> int:  # fmt: skip
        """Forward words that somebody wrote elsewhere; of a hidden author only the name is told."""
        where = self._where(chat)
        return int(self._post("forward", text=text, author=author.id, hidden=hidden, **where)["message_id"])

    def upload(self, files: Mapping[str, tuple[str, bytes]], caption: str = "",
               *, chat: "Bot | Group | None" = None) -> list[int]:  # fmt: skip
        """Send files: name to type and bytes."""
        query = {"from": self.id, "caption": caption, **self._where(chat)}
        return list(self.sandbox.post_files("upload", query, files)["message_ids"])

    def tap(self, label: str = "", *, message: int = 0, chat: "Bot | Group | None" = None, thread: int = 0,
            data: str = "", forged: bool = False) -> Tapped:  # fmt: skip
        """Tap a button by its label, or by its data: on that message, else on the newest that has it."""
        found = message or self._holder(label, data, chat, thread).id
        which: Json = {"data": data, "forged": forged} if data else {"label": label}
        return Tapped(self.sandbox, self._post("tap", message_id=found, **self._where(chat), **which)["tap"])

    def pay(self, message: int = 0, *, chat: "Bot | Group | None" = None) -> "Payment":
        """Pay an invoice: that message, else the newest invoice."""
        invoices = [one.id for one in self.chat(chat) if "invoice" in one.kinds] if not message else [message]
        if not invoices:
            raise LookupError(f"{self.name} sees no invoice there.")
        begun = self._post("pay", message_id=invoices[-1], **self._where(chat))
        return Payment(self.sandbox, begun["payment"])

    def react(self, message: int, emoji: str, *, chat: "Bot | Group | None" = None) -> None:
        """Put an emoji on a message."""
        self._post("react", message_id=message, emoji=emoji, **self._where(chat))

    def block(self, bot: Bot, blocked: bool = True) -> None:
        """Block a bot, or unblock it."""
        self._post("block", bot=bot.id, blocked=blocked)

    def edit(self, message: int, text: str, *, chat: "Bot | Group | None" = None) -> None:
        """Edit one's own message."""
        self._post("edit", message_id=message, text=text, **self._where(chat))

    def delete(self, message: int, *, chat: "Bot | Group | None" = None) -> None:
        """Delete a message."""
        self._post("delete", message_id=message, **self._where(chat))

    def chat(self, chat: "Bot | Group | None" = None, *, thread: int = 0) -> list[Message]:
        """What this person sees, oldest first."""
        view = self.view(chat, thread=thread)
        return [read_message(raw) for raw in view["messages"]]

    def view(self, chat: "Bot | Group | None" = None, *, thread: int = 0) -> Json:
        """The chat with its keyboard and commands."""
        return self.sandbox.get("chat", **{"as": self.id, **self._where(chat), "thread": thread})

    def last(self, chat: "Bot | Group | None" = None, *, thread: int = 0, by_bot: bool = False) -> Message:
        """The newest message, or the newest by a bot."""
        found = [one for one in self.chat(chat, thread=thread) if one.by_bot or not by_bot]
        if not found:
            raise LookupError(f"{self.name} sees no message there.")
        return found[-1]

    def keyboard(self, chat: "Bot | None" = None) -> list[list[str]]:
        """The labels of the keyboard under the input field."""
        rows = self.view(chat)["keyboard"] or []
        return [[button["label"] for button in row] for row in rows]

    def _holder(self, label: str, data: str, chat: "Bot | Group | None", thread: int) -> Message:
        """The newest message with that button; the equal label wins over a part of one."""
        seen = self.chat(chat, thread=thread)[::-1]
        if data:
            for one in seen:
                if any(button.get("data") == data for row in one.raw["buttons"] for button in row):
                    return one
        wanted = label.lower()
        for fits in (wanted.__eq__, lambda text: wanted in text):
            for one in seen if not data else ():
                if any(fits(text.lower()) for text in one.labels):
                    return one
        offered = [one.labels for one in seen if one.labels][:3]
        raise LookupError(f"No message there has a button {label or data!r}; the newest offer {offered}.")

    def _where(self, chat: "Bot | Group | None") -> Json:
        self.here = chat or self.here
        if self.here is None:
            raise SandboxError(f"{self.name} has not opened a chat yet: say which one.")
        return {"bot": self.here.id} if isinstance(self.here, Bot) else {"chat": self.here.id}

    def _post(self, path: str, **body: Any) -> Json:
        return self.sandbox.post(path, **{"from": self.id, **body})
