"""The phones of everybody in one estate: what is done on them, and what they show after it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sandbox import acts as telegram, payments
from sandbox.emulator import Emulator
from sandbox.events import Event
from sandbox.files import named
from sandbox.records import Json, Place
from tests.walker.acts import BLOCKS, GROUP, OLD, OPENS, TWICE, Act
from tests.walker.world import BOT, NAME, World

#: what Telegram takes in one message; its apps send longer words in parts
PART: Final = 4096
#: what the number of a world stands for in words, so that a code is good in one world only
NUMBER: Final = "⟨number⟩"
_MANY: Final = re.compile(r"(\d+) (photo|video|document)s(?:: (.+))?")
_ONE: Final = re.compile(r"(photo|video|document|voice)(?: of (\d+) MB)?(?:: (.+))?")
_FILE: Final = re.compile(r"file (\S+)")
#: what pays the newest invoice
PAYS: Final = "pays"
FILES: Final = Path(__file__).parent / "files"
_LONG: Final = re.compile(r"(\d+) characters")
_WORDLESS: Final = re.compile("(⟨[a-z]+⟩)+")
_ESTATE: Final = re.compile(rf"{NAME} \d+")


@dataclass(frozen=True)
class Bubble:
    """Something that somebody sees: a message, new or changed, or the short answer to a tap."""

    #: whose private chat, or the topic of the staff group
    where: str
    how: str
    lines: tuple[str, ...]


@dataclass
class Phones:
    """Everybody's chats in one world, as far as they have been looked at."""

    home: Emulator
    world: World
    #: what differs from run to run: pattern → what is read instead
    hidden: Mapping[str, str] = field(default_factory=dict)
    #: chat → message id → as it was last seen
    _chats: dict[int, dict[int, Json]] = field(default_factory=lambda: defaultdict(dict))
    #: chat → label → the data that a button of that label had last
    _labels: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def fork(self, home: Emulator) -> "Phones":
        """The same, in a copy of the town."""
        twin = Phones(home, self.world, self.hidden)
        twin._chats.update({chat: dict(messages) for chat, messages in self._chats.items()})
        twin._labels.update({chat: dict(labels) for chat, labels in self._labels.items()})
        return twin

    # ── what is done ──

    def perform(self, act: Act) -> None:
        """Somebody does something; the bot gets to know."""
        person = self.world.people[act.who]
        if act.what in (BLOCKS, OPENS):
            return self._stop_or_go(person, act.what)
        if act.label:
            for _ in range(2 if act.how == TWICE else 1):
                self._tap(act, person)
            return None
        place = Place(person, BOT.id)
        return self._send(place, person, act.thing) if act.thing else self._say(place, person, act.what)

    def _stop_or_go(self, person: int, what: str) -> None:
        if what == BLOCKS:
            telegram.block(self.home, person, BOT.id, blocked=True)
        else:
            telegram.open_chat(self.home, person, BOT.id)

    def _say(self, place: Place, person: int, words: str) -> None:
        words = words.replace(NUMBER, str(self.world.number))
        for start in range(0, len(words), PART):
            telegram.say(self.home, place, person, words[start : start + PART])

    def _send(self, place: Place, person: int, thing: str) -> None:
        if thing == PAYS:
            payments.pay(self.home, place, person, self._invoice(person))
            return None
        if found := _FILE.fullmatch(thing):
            file = named(found[1], None, (FILES / found[1]).read_bytes())
            telegram.send(self.home, place, person, telegram.upload(self.home, [file]))
            return None
        if found := _LONG.fullmatch(thing):
            return self._say(place, person, "long words " * (int(found[1]) // 11))
        kind, given, caption = _parcel(thing)
        parts = telegram.make_parts(self.home, person, kind, given)
        telegram.send(self.home, place, person, parts, caption)
        return None

    def _invoice(self, chat: int) -> int:
        """The newest invoice."""
        return max(
            number
            for number, message in self._chats[chat].items()
            if any(one["kind"] == "invoice" for one in message["media"])
        )

    def _tap(self, act: Act, person: int) -> None:
        place = Place(self.world.group) if act.how == GROUP else Place(person, BOT.id)
        if act.how == OLD:
            newest = max(number for number, one in self._chats[place.chat].items() if one["from"]["is_bot"])
            telegram.tap(self.home, place, person, newest, self._labels[place.chat][act.label])
            return
        message, button = self._button(place.chat, act.label)
        if "data" in button:
            telegram.tap(self.home, place, person, message, button["data"])

    def _button(self, chat: int, label: str) -> tuple[int, Json]:
        for number, message in sorted(self._chats[chat].items(), reverse=True):
            for row in message["buttons"]:
                for button in row:
                    if _fits(self.plain(button["label"]), label):
                        return number, button
        offered = [row for message in self.shown(chat)[-4:] for row in self._bubble(message, "").lines]
        raise AssertionError(f"no button [{label}] below\n" + "\n".join(offered))

    def stale(self, chat: int, belongs: Callable[[str], bool]) -> str:
        """The newest label whose data belong there and that is not to be seen any more; "" if none."""
        visible = {
            self.plain(one["label"])
            for message in self.shown(chat)
            for row in message["buttons"]
            for one in row
        }
        found = [
            label for label, data in self._labels[chat].items() if belongs(data) and label not in visible
        ]
        return found[-1] if found else ""

    def ever(self, chat: int) -> list[str]:
        """The data of all buttons that were ever shown there."""
        return list(self._labels[chat].values())

    # ── what is seen ──

    def shown(self, chat: int) -> list[Json]:
        """The messages of a chat, oldest first."""
        return [message for _, message in sorted(self._chats[chat].items())]

    def look(self, events: Iterable[Event], first: str = "") -> list[Bubble]:
        """What has changed in this world's chats since the last look; `first` is whose comes first."""
        touched: dict[tuple[int, int], Json | None] = {}
        toasts: list[Bubble] = []
        for event in events:
            data = event.data
            if event.name in ("message", "edited", "deleted"):
                key = data["chat"], data["message_id"]
                touched.setdefault(key, self._chats[key[0]].get(key[1]))
                self._note(event.name, data)
            elif event.name == "tap" and data["text"]:
                toasts.append(Bubble(self._name(data["from"]), "in passing", (self.plain(data["text"]),)))
        return [*toasts, *self._changes(touched, first)]

    def _note(self, kind: str, message: Json) -> None:
        chat, number = message["chat"], message["message_id"]
        if kind == "deleted":
            self._chats[chat].pop(number, None)
            return
        self._chats[chat][number] = message
        for row in message["buttons"]:
            for button in row:
                if "data" in button:
                    self._labels[chat][self.plain(button["label"])] = button["data"]

    def _changes(self, touched: Mapping[tuple[int, int], Json | None], first: str) -> list[Bubble]:
        order = [self.world.people.get(first, 0), *self.world.people.values(), self.world.group]
        found: list[Bubble] = []
        for chat, number in sorted(touched, key=lambda key: (order.index(key[0]), key[1])):
            before, now = touched[chat, number], self._chats[chat].get(number)
            if now is None or now["service"] or not now["from"]["is_bot"]:
                continue
            bubble = self._bubble(now, "" if before is None else "changes it")
            if before is None or self._bubble(before, "changes it") != bubble:
                found.append(bubble)
        return _albums(found)

    def _bubble(self, message: Json, how: str) -> Bubble:
        words = message.get("text") or message.get("caption") or ""
        kinds = "".join(f"⟨{one['kind']}⟩" for one in message["media"])
        rows = [" ".join(f"[{one['label']}]" for one in row) for row in message["buttons"]]
        text = self.plain("\n".join(filter(None, [f"{kinds} {words}".strip(), *rows])))
        return Bubble(self._where(message), how, tuple(text.split("\n")))

    def _where(self, message: Json) -> str:
        if message["chat"] != self.world.group:
            return self._name(message["chat"])
        topics = self.home.world.groups[self.world.group].topics
        topic = topics.get(message["thread"] or 0)
        return f"staff group, {topic.name}" if topic else "staff group"

    def _name(self, chat: int) -> str:
        return next(name for name, number in self.world.people.items() if number == chat)

    def plain(self, words: str) -> str:
        """Words without what differs from run to run."""
        words = _ESTATE.sub(NAME, words)
        for pattern, instead in self.hidden.items():
            words = re.sub(pattern, instead, words)
        return words


def _fits(shown: str, wanted: str) -> bool:
    """Whether a button is meant: by its label, marked or not, or by a beginning that ends in "…"."""
    shown, wanted = shown.removeprefix("✓ "), wanted.removeprefix("✓ ")
    return shown == wanted or (wanted.endswith("…") and shown.startswith(wanted[:-1]))


def _albums(bubbles: Iterable[Bubble]) -> list[Bubble]:
    """Pictures without a word, one after the other, as one."""
    found: list[Bubble] = []
    for bubble in bubbles:
        last = found[-1] if found else None
        if last and last.where == bubble.where and _WORDLESS.fullmatch(bubble.lines[0] + last.lines[-1]):
            found[-1] = Bubble(last.where, last.how, (last.lines[0] + bubble.lines[0],))
        else:
            found.append(bubble)
    return found


def _parcel(thing: str) -> tuple[str, Json, str]:
    """What is to be sent: its kind, what Telegram has to know of it, and its caption."""
    if found := _MANY.fullmatch(thing):
        return found[2], {"count": int(found[1])}, found[3] or ""
    if found := _ONE.fullmatch(thing):
        size = {"size": int(found[2]) * 2**20} if found[2] else {}
        return found[1], size, found[3] or ""
    if thing == "somebody's contact":
        return "contact", {"user_id": 0, "phone": "+8613900000000"}, ""
    return thing, {}, ""


def by_chat(events: Iterable[Event]) -> dict[int, list[Event]]:
    """What happened, chat by chat."""
    found: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.data.get("chat") is not None:
            found[event.data["chat"]].append(event)
    return found
