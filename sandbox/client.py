"""A small synchronous client of the control API, for tests and demos. Standard library only.

sandbox = Sandbox("http://127.0.0.1:8081")
bot = sandbox.bot("1:secret", "steward_bot", "Steward")
ada = sandbox.person("Ada")
ada.open(bot)
sandbox.wait(lambda: ada.last().text)
ada.tap("Repair").answer()
"""

import http.client
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote, urlencode, urlsplit

Json = dict[str, Any]
T = TypeVar("T")


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


class Sandbox:
    """One running sandbox."""

    def __init__(self, base: str, timeout: float = 10.0) -> None:
        self.base = base.rstrip("/")
        self.timeout = timeout
        self._host = urlsplit(self.base).netloc

    def bot(self, token: str, username: str, name: str, *, privacy: bool = True) -> "Bot":
        """Register a bot."""
        made = self.post("bots", token=token, username=username, name=name, privacy=privacy)
        return Bot(self, made["id"], username)

    def person(self, first_name: str, **fields: Any) -> "Person":
        """Make a person: `last_name`, `username`, `language_code`, `role`, `id`."""
        made = self.post("people", first_name=first_name, **fields)
        return Person(self, made["id"], first_name)

    def group(self, title: str, *, owner: "Person | None" = None, members: Iterable["Person | Bot"] = (),
              forum: bool = False, kind: str = "supergroup") -> "Group":  # fmt: skip
        """Make a group."""
        people = [member.id for member in members]
        who: Json = {"owner": owner and owner.id, "members": people}
        made = self.post("groups", title=title, forum=forum, kind=kind, **who)
        return Group(self, made["id"])

    def world(self) -> Json:
        """Who and what there is."""
        return self.get("world")

    def now(self) -> float:
        """The world's time."""
        return float(self.world()["now"])

    def move_clock(self, by: float = 0, *, to: str = "", zone: str = "UTC") -> float:
        """Move the world forward by seconds, or to the "next 08:30" of a zone."""
        body: Json = {"to": to, "zone": zone} if to else {"by": by}
        return float(self.post("clock", **body)["now"])

    def faults(self, *orders: Mapping[str, Any]) -> None:
        """Order faults; none clears them."""
        self._call("POST", "faults", list(orders))

    def flood(self, on: bool) -> None:
        """Switch Telegram's flood limits."""
        self.post("flood", on=on)

    def calls(self, method: str = "", *, after: int = 0) -> list[Json]:
        """What bots called, or only one method of it."""
        found = self.get("calls", after=after)["calls"]
        return [call for call in found if not method or call["method"].lower() == method.lower()]

    def reset(self) -> None:
        """An empty world."""
        self.post("reset")

    def waiting(self, bot: "Bot | None" = None) -> int:
        """How many updates are not yet confirmed."""
        return int(self.get("settled", **({"bot": bot.id} if bot else {}))["waiting"])

    def settled(self, bot: "Bot | None" = None, timeout: float | None = None) -> None:
        """Wait until the bots have confirmed all updates."""
        self.wait(lambda: self.waiting(bot) == 0, timeout)

    def wait(self, predicate: Callable[[], T | None], timeout: float | None = None) -> T:
        """Wait until the predicate holds and return what it gave. It is asked again after every change."""
        deadline = time.monotonic() + (self.timeout if timeout is None else timeout)
        while True:
            changes = self.get("settled")["changes"]
            found = _asked(predicate)
            if found and not isinstance(found, LookupError):
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"That did not happen in time; at last there was {found!r}.")
            self.get("wait", after=changes, timeout=min(left, 5.0))

    def get(self, path: str, **query: Any) -> Json:
        """A GET of the control API."""
        return self._call("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, **body: Any) -> Json:
        """A POST of the control API."""
        return self._call("POST", path, {key: value for key, value in body.items() if value is not None})

    def post_files(self, path: str, query: Json, files: Mapping[str, tuple[str, bytes]]) -> Json:
        """A POST of files, by name with their type and bytes."""
        edge = "sandbox-7f3a9c"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="file{i}"; filename="{quote(name)}"\r\n'
            f"Content-Type: {mime}\r\n\r\n".encode()
            + data
            + b"\r\n"
            for i, (name, (mime, data)) in enumerate(files.items())
        ]
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self._send("POST", f"{path}?{urlencode(query)}", body, f"multipart/form-data; boundary={edge}")

    def _call(self, verb: str, path: str, body: Any = None) -> Json:
        data = None if body is None else json.dumps(body).encode()
        return self._send(verb, path, data, "application/json")

    def _send(self, verb: str, path: str, data: bytes | None, kind: str) -> Json:
        connection = http.client.HTTPConnection(self._host, timeout=90)
        try:
            connection.request(verb, f"/sandbox/{path}", data, {"Content-Type": kind})
            response = connection.getresponse()
            answer: Json = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise SandboxError(answer.get("error", answer))
        return answer


def _asked(predicate: Callable[[], T | None]) -> T | LookupError | None:
    """What the predicate gives; what it looks for may not be there yet."""
    try:
        return predicate()
    except LookupError as error:
        return error


@dataclass(frozen=True)
class Bot:
    """A bot by its id."""

    sandbox: Sandbox = field(repr=False)
    id: int
    username: str


@dataclass(frozen=True)
class Group:
    """A group by its id."""

    sandbox: Sandbox = field(repr=False)
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


@dataclass(frozen=True)
class Tapped:
    """A tap that was made."""

    sandbox: Sandbox = field(repr=False)
    id: str

    def answer(self, timeout: float | None = None) -> Answer:
        """What the bot answers; waits for it."""
        told = self.sandbox.wait(self._answered, timeout)
        return Answer(told["text"], told["show_alert"], told["url"], told["copied"])

    def _answered(self) -> Json | None:
        told = self.sandbox.get(f"taps/{self.id}")
        return told if told["answered"] else None


@dataclass
class Person:
    """Somebody with a phone. Without `chat` they act where they last were: with a bot, or in a group."""

    sandbox: Sandbox = field(repr=False)
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
        """Send a photo, video, document, voice, sticker, contact or location."""
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
