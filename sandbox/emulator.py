"""The parts of the sandbox put together, and the one way in which a message comes into the world."""

import asyncio
from dataclasses import replace
from typing import Any

from sandbox import richtext
from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.delivery.line import Line
from sandbox.delivery.mailbox import Lane
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.limits import Floods
from sandbox.records import Json, Message, Place, PrivateChat
from sandbox.views import Views
from sandbox.wire import Wire
from sandbox.world import World


class Emulator:
    """Holds the world and everybody who must hear of a change in it."""

    def __init__(self, clock: Clock, floods: bool = False) -> None:
        self.clock = clock
        self.events = Events()
        self._begin(floods)

    def _begin(self, floods: bool) -> None:
        self.world = World()
        self.wire = Wire(self.world)
        self.views = Views(self.world)
        self.faults = Faults()
        self.floods = Floods(self.clock.now, floods)
        self.calls = Calls()
        self.lines: dict[int, Line] = {}

    async def reset(self) -> None:
        """An empty world; the clock keeps its time, and event numbers go on."""
        await self.close()
        self._begin(self.floods.on)
        self.events.publish("reset", {"chat": None})

    async def close(self) -> None:
        """Stop all webhooks and long polls."""
        await asyncio.gather(*(line.close() for line in self.lines.values()))

    def line(self, bot: int) -> Line:
        """A bot's line, made when first asked for."""
        if bot not in self.lines:
            self.lines[bot] = Line(self.clock, self.events.touch)
        return self.lines[bot]

    def post(self, place: Place, sender: int, **fields: Any) -> Message:
        """A new message: it gets its id, is stored, shown, and told to the bots that may see it."""
        message_id = self.world.message_id(place)
        message = Message(place=place, id=message_id, sender=sender, date=self.clock.date(), **fields)
        if place.private:
            chat = self.world.private.setdefault(place, PrivateChat())
            chat.keyboard = chat.keyboard if message.keyboard is None else message.keyboard
        self.world.put(message)
        self.events.publish("message", self.views.message(message))
        self._tell(message, "message")
        return message

    def change(self, message: Message, **fields: Any) -> Message:
        """A message as it is from now on, for those who look; bots hear only of people's edits."""
        changed = self.world.put(replace(message, **fields))
        self.events.publish("edited", self.views.message(changed))
        return changed

    def edit_by_person(self, message: Message, **fields: Any) -> Message:
        """A person's edit, which bots get as `edited_message`."""
        changed = self.change(message, **fields, edited=self.clock.date())
        self._tell(changed, "edited_message")
        return changed

    def remove(self, message: Message) -> None:
        """Delete a message; Telegram tells bots nothing of it."""
        self.world.forget(message)
        self.events.publish("deleted", self.views.message(message, deleted=True))

    def tell(self, bot: int, kind: str, body: Json, chat: int, lane: Lane) -> None:
        """Put an update into a bot's mailbox, twice over or late if a fault asks for that."""
        mailbox = self.line(bot).mailbox
        if mailbox.wants(kind):
            mailbox.add(kind, body, lane, copies=self.faults.copies(chat), late=self.faults.late(chat))

    def _tell(self, message: Message, kind: str) -> None:
        place = message.place
        lane = ("chat", place.chat, message.thread)
        for bot in self._listeners(message):
            self.tell(bot, kind, self.wire.message(message), place.chat, lane)

    def _listeners(self, message: Message) -> list[int]:
        """The bots that get a message: never another bot's words, its own only as service messages."""
        by_bot = message.sender in self.world.bots
        if by_bot and not message.service:
            return []
        if message.place.private:
            return [] if by_bot else [message.place.bot]
        bots = self.world.bots_in(self.world.groups[message.place.chat])
        return [bot.id for bot in bots if self._may_see(bot.id, message)]

    def _may_see(self, bot: int, message: Message) -> bool:
        """Privacy mode: a bot without administrator's rights gets only what is meant for it."""
        known, group = self.world.bots[bot], self.world.groups[message.place.chat]
        member = self.world.member(group, bot)
        if not known.privacy or message.service or member.status == "administrator":
            return True
        quoted = self.world.message(message.place, message.reply_to)
        if quoted and quoted.sender == bot:
            return True
        return _addresses(known.username, message)


def _addresses(username: str, message: Message) -> bool:
    """Whether a message mentions the bot or holds a command that is not another bot's."""
    me = f"@{username.lower()}"
    for entity in message.entities:
        words = richtext.piece(message.text, entity).lower()
        if entity["type"] == "mention" and words == me:
            return True
        if entity["type"] == "bot_command" and ("@" not in words or words.endswith(me)):
            return True
    return False
