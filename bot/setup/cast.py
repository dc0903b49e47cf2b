"""The people of the demo: who they are, and how each of them comes in by a real link."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.setup.control import Control, Refused
from desk.records import Role

BOT_NAME: Final = "管家 Steward"
BOT_USERNAME: Final = "sunny_court_bot"
GROUP: Final = "Sunny Court · 员工群"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Somebody who plays: a resident of a home, or staff in a role."""

    name: str
    #: what they choose to be spoken to in
    language: str
    role: Role
    home: str = ""
    badge: str = ""
    queue: str = ""

    @property
    def phone_language(self) -> str:
        """What their Telegram says of it."""
        return "zh-hans" if self.language == "zh_CN" else self.language

    @property
    def staff(self) -> bool:
        """Whether they are in the staff group."""
        return self.role is not Role.RESIDENT


PARTS: Final = (
    Part(name="林晓", language="zh_CN", role=Role.RESIDENT, home="1-1-101"),
    Part(name="Emma Clark", language="en", role=Role.RESIDENT, home="2-1-502"),
    Part(name="王建国", language="zh_CN", role=Role.WORKER, badge="1027", queue="plumbing"),
    Part(name="Diego Ruiz", language="en", role=Role.WORKER, badge="1031"),
    Part(name="李娜", language="zh_CN", role=Role.DISPATCHER, badge="0203"),
    Part(name="赵刚", language="zh_CN", role=Role.GUARD, badge="0301"),
    Part(name="Maria Silva", language="en", role=Role.FEES, badge="0401"),
    Part(name="Grace Chen", language="en", role=Role.MANAGER, badge="0101"),
)


class Cast:
    """Everybody in a sandbox's world, each with a phone."""

    def __init__(self, control: Control, token: str) -> None:
        self._control = control
        self._bot = int(control.post("bots", token=token, username=BOT_USERNAME, name=BOT_NAME)["id"])
        self._people = {part: self._person(part) for part in PARTS}
        self._group = self._staff_group()

    @property
    def accounts(self) -> dict[Part, int]:
        """The Telegram account of everybody."""
        return dict(self._people)

    def come_in(self, codes: dict[Part, str], topics: int) -> None:
        """All open their links, choose their own language, and the manager binds the group."""
        for part, code in codes.items():
            self._control.post("open", **{"from": self._people[part], "bot": self._bot, "start": code})
        for part in codes:
            self._choose_language(part)
        self._control.until("the bot to hear everybody", self._settled)
        self._bind(topics)

    def _person(self, part: Part) -> int:
        first, _, last = part.name.partition(" ")
        given = {"first_name": first, "last_name": last, "language_code": part.phone_language}
        return int(self._control.post("people", role=part.role.value, **given)["id"])

    def _staff_group(self) -> int:
        """The bot is in it before anybody is staff, so that it is the manager's /setup that binds it."""
        staff = [person for part, person in self._people.items() if part.staff]
        manager = self._manager
        made = self._control.post("groups", title=GROUP, forum=True, members=staff, owner=manager)
        rights = {"can_manage_topics": True, "can_pin_messages": True}
        member = {"user": self._bot, "status": "administrator", "rights": rights, "by": manager}
        self._control.post(f"groups/{made['id']}/members", **member)
        return int(made["id"])

    def _choose_language(self, part: Part) -> None:
        """Taps the person's own language; whoever looks on may have done that for them already."""
        person = self._people[part]
        greeted = self._control.until(f"the bot to greet {part.name}", lambda: self._heard(person))
        wanted = f":language:{part.language}"
        for message in greeted:
            found = next((data for data in _data(message) if data.endswith(wanted)), None)
            if found:
                tap = {"from": person, "bot": self._bot, "message_id": message["message_id"], "data": found}
                with suppress(Refused):
                    self._control.post("tap", **tap)

    def _heard(self, person: int) -> list[dict[str, Any]]:
        """What the bot has said to a person."""
        messages = self._control.get(f"chat?as={person}&bot={self._bot}")["messages"]
        return [message for message in messages if message["from"]["is_bot"]]

    def _bind(self, topics: int) -> None:
        self._control.post("say", **{"from": self._manager, "chat": self._group, "text": "/setup"})
        self._control.until("the bot to make the topics", lambda: self._topics() >= topics)
        self._control.until("the bot to finish", self._settled)

    def _topics(self) -> int:
        groups = self._control.get("world")["groups"]
        return next(len(group["topics"]) for group in groups if group["id"] == self._group)

    def _settled(self) -> bool:
        return not self._control.get("settled")["waiting"]

    @property
    def _manager(self) -> int:
        return next(person for part, person in self._people.items() if part.role is Role.MANAGER)


def _data(message: dict[str, Any]) -> list[str]:
    return [button.get("data", "") for row in message["buttons"] for button in row]
