"""Everybody's phone: what each of them sees in Telegram, followed as it happens, and what they do there."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")
Seen = dict[str, Any]

#: seconds after which a person gives up. A webhook that failed often enough is called again after a minute.
PATIENCE = 150.0


class NeverCame(Exception):
    """Somebody waited for something that did not come."""


class Phones:
    """All chats of one sandbox as they read now. `follow` has to run for as long as anybody looks."""

    def __init__(self, base: str, bot: int) -> None:
        self.bot = bot
        self._base = f"{base}/sandbox"
        self._chats: dict[int, dict[int, Seen]] = defaultdict(dict)
        self._taps: dict[str, Seen] = {}
        self._news: dict[object, asyncio.Event] = defaultdict(asyncio.Event)

    async def __aenter__(self) -> "Phones":
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None, sock_connect=10))
        self._follower = asyncio.create_task(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._follower.cancel()
        with suppress(asyncio.CancelledError):
            await self._follower
        await self._http.close()

    async def act(self, path: str, **body: object) -> Seen:
        """Somebody does something."""
        told = await self.control(path, body)
        self._ring("act")
        return told

    async def control(self, path: str, body: object) -> Seen:
        """Asks the sandbox for something that nobody does with a phone."""
        async with self._http.post(f"{self._base}/{path}", json=body) as answer:
            told: Seen = await answer.json()
        assert answer.status == 200, f"{path}: {told}"
        return told

    def chat(self, chat: int) -> list[Seen]:
        """The messages of a chat, oldest first."""
        return list(self._chats[chat].values())

    def tap(self, number: str) -> Seen | None:
        """The answer to a tap, once there is one."""
        return self._taps.get(number)

    async def next(self, what: str) -> None:
        """Until the next thing of its kind happens: "act" by a person, "sent" by a bot, "tap" answered."""
        await self._news[what].wait()

    async def until(self, chat: int, find: Callable[[], T | None], words: str, patience: float) -> T:
        """Looks at a chat after every change until there is what one looks for."""
        try:
            async with asyncio.timeout(patience):
                while not (found := find()):
                    await self._news[chat].wait()
                return found
        except TimeoutError:
            shown = [f"{_words(one)!r} {labels(one)}" for one in self.chat(chat)[-4:]]
            raise NeverCame(f"waited {patience:.0f} s for {words}, and saw " + " | ".join(shown)) from None

    async def _follow(self) -> None:
        async with self._http.get(f"{self._base}/events", params={"after": 0}) as events:
            name = ""
            async for line in events.content:
                kind, _, rest = line.decode().rstrip("\n").partition(": ")
                if kind == "event":
                    name = rest
                elif kind == "data":
                    self._happened(name, json.loads(rest))

    def _happened(self, name: str, data: Seen) -> None:
        if name in {"message", "edited"}:
            self._chats[data["chat"]][data["message_id"]] = data
            self._ring(data["chat"])
            if data["from"]["is_bot"]:
                self._ring("sent")
        elif name == "deleted":
            self._chats[data["chat"]].pop(data["message_id"], None)
            self._ring(data["chat"])
        elif name == "tap":
            self._taps[data["tap"]] = data
            self._ring(data["chat"])
            self._ring("tap")

    def _ring(self, what: object) -> None:
        self._news.pop(what, asyncio.Event()).set()


def _words(seen: Seen) -> str:
    return str(seen.get("text") or seen.get("caption") or "")


def labels(seen: Seen) -> list[str]:
    """The buttons under a message."""
    return [button["label"] for row in seen["buttons"] for button in row]


def _asks(seen: Seen) -> bool:
    """Whether it is a question of a conversation: its buttons name their run first, others a letter."""
    data = [button.get("data", "") for row in seen["buttons"] for button in row]
    return any(len(one.partition(":")[0]) > 1 for one in data)


@dataclass(kw_only=True)
class Hand:
    """One person with a phone, who now and then taps twice."""

    phones: Phones
    id: int
    chance: Random
    #: how often a tap is made twice
    nervous: float = 0.15
    patience: float = PATIENCE
    #: whether there is one conversation, so that an older question is a copy that was sent when power failed
    one_talk: bool = False
    #: the chat that is looked at; one's own with the bot if not set
    chat: int = field(default=0)

    async def open(self, start: str) -> None:
        """Opens a link with a start parameter."""
        await self.phones.act("open", **{"from": self.id}, bot=self.phones.bot, start=start)

    async def say(self, *texts: str) -> None:
        """Writes, one message right after the other."""
        for text in texts:
            await self.phones.act("say", **self._here(), text=text)

    async def photo(self) -> None:
        """Sends a picture."""
        await self.phones.act("send", **self._here(), kind="photo")

    async def sees(self, *words: str, button: str = "", no: str = "", after: int = 0) -> Seen:
        """The newest message of the bot with all these words, without those, with a button whose label has
        this part, and younger than that message."""
        return await self.phones.until(
            self._chat(),
            lambda: self.newest(*words, button=button, no=no, after=after),
            f"{words} [{button}]",
            self.patience,
        )

    def newest(self, *words: str, button: str = "", no: str = "", after: int = 0) -> Seen | None:
        """The same without waiting."""
        for seen in self._looked_at(button):
            text = _words(seen)
            if not all(word in text for word in words):
                continue
            if (no and no in text) or seen["message_id"] <= after:
                continue
            if not button or any(button in label for label in labels(seen)):
                return seen
        return None

    def _looked_at(self, button: str) -> list[Seen]:
        """The bot's messages, newest first; whoever is in one talk taps only where it stands now."""
        said = [seen for seen in reversed(self.phones.chat(self._chat())) if seen["from"]["is_bot"]]
        if not (button and self.one_talk):
            return said
        questions = [seen for seen in said if _asks(seen)]
        return [seen for seen in said if seen not in questions[1:]]

    def question(self) -> Seen | None:
        """The newest question of a conversation."""
        return next((seen for seen in reversed(self.phones.chat(self._chat())) if _asks(seen)), None)

    def last(self) -> int:
        """The number of the newest message."""
        return max((int(seen["message_id"]) for seen in self.phones.chat(self._chat())), default=0)

    async def tap(self, button: str, *words: str) -> list[str]:
        """Taps a button of the newest message with these words; the numbers of the taps, if tapped twice."""
        seen = await self.sees(*words, button=button)
        data = next(one["data"] for row in seen["buttons"] for one in row if button in one["label"])
        times = 2 if self.chance.random() < self.nervous else 1
        made = await asyncio.gather(*(self.touch(seen["message_id"], data) for _ in range(times)))
        return list(made)

    async def touch(self, message: int, data: str) -> str:
        """Taps what may not be shown there any more; the number of the tap."""
        told = await self.phones.act("tap", **self._here(), message_id=message, data=data, forged=True)
        return str(told["tap"])

    async def told(self, tap: str, patience: float) -> str:
        """What the bot answered to a tap; nothing if it never did."""
        find = self.phones.tap
        with suppress(NeverCame):
            return str(
                (await self.phones.until(self._chat(), lambda: find(tap), "an answer", patience))["text"]
            )
        return ""

    def _chat(self) -> int:
        return self.chat or self.id

    def _here(self) -> dict[str, int]:
        place = {"chat": self.chat} if self.chat else {"bot": self.phones.bot}
        return {"from": self.id, **place}
