"""A small Telegram for the tests of all that speaks to it: a bot, a resident, a manager, their group."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.faces.aiogram import AiogramFace
from bot.faces.base import Button, Face, Incoming, Invoice, SendInvoice, SendText
from bot.faces.ptb import PtbFace
from sandbox.client import Bot, Group, Person, Sandbox
from sandbox.running import running

TOKEN = "42:AAHsecret-secret-secret-secret-secre"
FACES: dict[str, Callable[..., Face]] = {"aiogram": AiogramFace, "ptb": PtbFace}


@dataclass
class Telegram:
    """The world; `ada` has opened her chat with the bot, and the bot is in no group yet."""

    sandbox: Sandbox
    steward: Bot = field(init=False)
    ada: Person = field(init=False)
    bob: Person = field(init=False)

    def __post_init__(self) -> None:
        self.sandbox.reset()
        self.steward = self.sandbox.bot(TOKEN, "steward_bot", "Steward")
        self.ada = self.sandbox.person("Ada", last_name="Lee", language_code="zh-hans")
        self.bob = self.sandbox.person("Bob")
        self.ada.open(self.steward)

    def group(self, *, forum: bool = True, kind: str = "supergroup", **rights: bool) -> Group:
        """A group of Bob's that the bot is in, as an administrator if any rights are named."""
        group = self.sandbox.group("Staff", owner=self.bob, members=[self.ada], forum=forum, kind=kind)
        group.add(self.steward)
        if rights:
            group.promote(self.steward, by=self.bob, **rights)
        return group

    def faults(self, do: str, **more: Any) -> None:
        """Orders one fault."""
        self.sandbox.faults({"do": do, **more})

    def sent(self, method: str) -> list[dict[str, Any]]:
        """The parameters of the bot's calls of a method."""
        return [call["params"] for call in self.sandbox.calls(method)]


@contextmanager
def serving() -> Iterator[Sandbox]:
    """A sandbox in its own thread."""
    with running() as base:
        yield Sandbox(base, timeout=5)


@asynccontextmanager
async def speaking(
    name: str, base: str, *, token: str = TOKEN, patience: float = 15.0, payment_token: str = ""
) -> AsyncIterator[Face]:
    """A face that has been started, and is closed again."""
    face = FACES[name](token, base, patience, payment_token=payment_token)
    try:
        await face.start()
        yield face
    finally:
        await face.close()


async def drain(face: Face) -> list[Incoming]:
    """Everything that waits, confirmed."""
    found: list[Incoming] = []
    while batch := await face.updates(found[-1].update_id + 1 if found else 0, 0):
        found += batch
    return found


def offer(chat: int, *, thread: int | None = None) -> SendText:
    """A question with two buttons."""
    rows = ((Button("Yes", "r1:ok:yes"), Button("No", "r1:ok:no")),)
    return SendText(chat=chat, html="<b>Right?</b>", rows=rows, thread=thread)


def bill(chat: int) -> SendInvoice:
    """What is to be paid in May."""
    invoice = Invoice("May", "Fees of 1-1-101", "fees:17", "CNY", (("Area", 17900), ("Credit", -900)))
    return SendInvoice(chat=chat, invoice=invoice)
