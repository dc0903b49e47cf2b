"""The state of the world: who there is, which chats, which messages. It holds and finds; it tells nobody."""

from itertools import count

from sandbox.errors import missing
from sandbox.files import Files
from sandbox.records import Bot, Checkout, Group, Invoice, Member, Message, Person, Place, PrivateChat, Tap

_FIRST_PERSON, _FIRST_GROUP, _FIRST_SUPERGROUP = 1001, -4001, -1001000000001


class World:
    """Ids are counted, never drawn: a fresh world gives the same ones in the same order."""

    def __init__(self) -> None:
        self.bots: dict[int, Bot] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.private: dict[Place, PrivateChat] = {}
        self.messages: dict[Place, dict[int, Message]] = {}
        self.taps: dict[str, Tap] = {}
        self.invoices: dict[tuple[Place, int], Invoice] = {}
        self.checkouts: dict[str, Checkout] = {}
        self.files = Files()
        self._message_ids: dict[int, int] = {}
        self._numbers: dict[str, count[int]] = {}

    def number(self, kind: str) -> int:
        """The next of a series: albums, taps."""
        return next(self._numbers.setdefault(kind, count(1)))

    def message_id(self, place: Place) -> int:
        """The next message id where this place is counted, taken."""
        self._message_ids[place.scope] = self.coming_id(place)
        return self._message_ids[place.scope]

    def coming_id(self, place: Place) -> int:
        """The id that the next message there will get."""
        return self._message_ids.get(place.scope, 0) + 1

    def person_id(self) -> int:
        """A free id for a person."""
        return next(i for i in count(_FIRST_PERSON) if i not in self.people and i not in self.bots)

    def group_id(self, kind: str) -> int:
        """A free id for a group: supergroups begin with -100."""
        first = _FIRST_SUPERGROUP if kind == "supergroup" else _FIRST_GROUP
        return next(i for i in count(first, -1) if i not in self.groups)

    def person(self, user: int) -> Person:
        """A person by id, or a refusal that lists whom there is."""
        if user not in self.people:
            raise missing(f"There is no person {user}; there are {sorted(self.people) or 'none yet'}.")
        return self.people[user]

    def bot(self, which: int | str) -> Bot:
        """A bot by id or username."""
        name = str(which).removeprefix("@").lower()
        for bot in self.bots.values():
            if name in (str(bot.id), bot.username.lower()):
                return bot
        names = ", ".join(f"@{bot.username}" for bot in self.bots.values())
        raise missing(f"There is no bot {which}; there are {names or 'none yet'}.")

    def bot_of(self, token: str) -> Bot | None:
        """The bot that a token opens."""
        return next((bot for bot in self.bots.values() if bot.token == token), None)

    def group(self, chat: int) -> Group:
        """A group by id."""
        if chat not in self.groups:
            raise missing(f"There is no group {chat}; there are {sorted(self.groups) or 'none yet'}.")
        return self.groups[chat]

    def known(self, user: int) -> bool:
        """Whether the id is somebody's: a person's or a bot's."""
        return user in self.people or user in self.bots

    def member(self, group: Group, user: int) -> Member:
        """Somebody's standing; who was never there has left, as Telegram puts it."""
        return group.members.get(user, Member(user=user, status="left"))

    def message(self, place: Place, message_id: int) -> Message | None:
        """A message that still exists."""
        return self.messages.get(place, {}).get(message_id)

    def put(self, message: Message) -> Message:
        """Store a message, or what became of it."""
        self.messages.setdefault(message.place, {})[message.id] = message
        return message

    def forget(self, message: Message) -> None:
        """Take a message away."""
        self.messages[message.place].pop(message.id, None)

    def history(self, place: Place) -> list[Message]:
        """What is in a place, oldest first."""
        return list(self.messages.get(place, {}).values())

    def bots_in(self, group: Group) -> list[Bot]:
        """The bots that are in a group now."""
        return [self.bots[m.user] for m in group.members.values() if m.present and m.user in self.bots]

    def meets(self, bot: int, user: int) -> bool:
        """Whether they share a group: then the bot knows the person, but may still not write first."""
        return any(
            self.member(group, bot).present and self.member(group, user).present
            for group in self.groups.values()
        )

    def name(self, user: int) -> str:
        """What somebody is called."""
        if user in self.bots:
            return self.bots[user].name
        return self.people[user].name if user in self.people else str(user)
