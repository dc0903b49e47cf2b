"""A bot at Telegram's limit, in real time: python -m benchmarks.flood [--notices 10000] [--chats 2000].

A broadcast, residents in conversation, and a staff group whose cards change once a second, on the sandbox
with its flood limits on (a process of its own, over HTTP). The bot's parts are put together as `bot.wiring`
does, so that the broadcast and the cards can be written by the process that sends. With 10,000 notices it
takes seven minutes. Exit code 1 if anything that is promised does not hold.
"""

import argparse
import asyncio
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from random import Random
from socket import socket
from typing import Any, Final

import structlog

from benchmarks import town
from benchmarks.town import RESIDENTS
from bot.clock import SystemClock
from bot.faces.aiogram import AiogramFace
from bot.faces.base import Face, Me
from bot.measures import Measures
from bot.polling import poll
from bot.reception import Reception
from bot.sender import Sender
from bot.session import Session
from bot.writer import Writer
from desk.mail import Lane, Outgoing, Verb
from sandbox.client import Group, Person, Sandbox, SandboxError
from storage.work import Database

TOKEN: Final = "42:flood-flood-flood-flood-flood-flood"
ALLOWED: Final = 30.0
CARDS: Final = 12
#: seconds between two acts of all the talkers together, and between two changes of cards
ACT, CHANGE = 0.25, 1.0
#: what a call counts as an answer for
ANSWERS: Final = ("sendMessage", "editMessageText")


@contextmanager
def telegram() -> Iterator[Sandbox]:
    """The sandbox as a process of its own, its limits off for the moment."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    words = [sys.executable, "-m", "sandbox", "--listen", address]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    sandbox = Sandbox(f"http://{address}", timeout=60)
    try:
        for _ in range(200):
            with suppress(OSError):
                sandbox.world()
                break
            time.sleep(0.1)
        yield sandbox
    finally:
        process.kill()
        process.wait()


@dataclass
class Crowd:
    """Who is there, and what they were promised."""

    sandbox: Sandbox
    people: list[Person]
    group: Group
    #: when somebody said or tapped something, by person
    acts: dict[int, list[float]] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(1))

    def act(self, person: Person) -> None:
        """The person goes on with their conversation: one of four steps of a repair, never sent."""
        times = self.acts.setdefault(person.id, [])
        step = len(times) % 4
        times.append(time.time())
        try:
            if step == 0:
                person.say("The kitchen tap is leaking")
            elif step == 3:
                person.say("/cancel")
            else:
                person.tap("Change" if step == 1 else "")
        except (SandboxError, LookupError):
            person.say("/help")


@dataclass
class Desk:
    """The bot, in this process."""

    me: Me
    writer: Writer
    sender: Sender
    face: Face
    reception: Reception

    async def broadcast(self, people: list[Person], notices: int) -> None:
        """Each of them gets the notices in their order."""
        words = [(people[n % len(people)].id, f"notice {n // len(people)}") for n in range(notices)]
        for start in range(0, len(words), 500):
            mail = [self.mail(chat, html) for chat, html in words[start : start + 500]]
            await self.writer.run(partial(put, mail=mail))

    async def change_cards(self, group: Group, over: asyncio.Event) -> None:
        """One card of the staff group after another, once a second; the group may have 20 a minute."""
        for number in count():
            if over.is_set():
                return
            card = self.mail(group.id, f"card {number % CARDS}: {number}")
            card = replace(card, key=f"card/{number % CARDS}", verb=Verb.SHOW, lane=Lane.CARD)
            await self.writer.run(partial(put, mail=[card]))
            await asyncio.sleep(CHANGE)

    async def left(self, lane: Lane) -> int:
        """How much of a lane waits."""
        now = datetime.now(UTC)
        backlog = await self.writer.run(lambda session: session.outbox.backlog(self.me.id, now))
        return sum(one.depth for one in backlog if one.lane is lane)

    def mail(self, chat: int, html: str) -> Outgoing:
        """A notice."""
        return Outgoing(bot_id=self.me.id, chat_id=chat, lane=Lane.BROADCAST, payload={"html": html})


def put(session: Session, mail: list[Outgoing]) -> None:
    """Into the outbox."""
    for one in mail:
        session.outbox.put(one)


def settle_in(sandbox: Sandbox, chats: int) -> Crowd:
    """Everybody has opened the bot."""
    bot = sandbox.bot(TOKEN, "steward_bot", "Steward")
    people = [sandbox.person(f"N{n}", id=RESIDENTS + n, language_code="en") for n in range(chats)]
    for person in people:
        person.open(bot)
    group = sandbox.group("Staff", owner=people[0])
    group.add(bot)
    return Crowd(sandbox, people, group)


async def forget_the_past(face: Face) -> None:
    """What they said before it begins."""
    offset = 0
    while batch := await face.updates(offset, 0):
        offset = batch[-1].update_id + 1


async def play(crowd: Crowd, desk: Desk, notices: int, talkers: int) -> tuple[float, float]:
    """From when to when the broadcast took."""
    over = asyncio.Event()
    begun = time.time()
    parts = [
        asyncio.create_task(desk.sender.run(over)),
        asyncio.create_task(poll(desk.face, desk.reception.take_all, over)),
        asyncio.create_task(desk.change_cards(crowd.group, over)),
    ]
    await desk.broadcast(crowd.people, notices)
    talking = asyncio.create_task(talk(crowd, talkers, over))
    while await desk.left(Lane.BROADCAST):  # noqa: ASYNC110 - an hourglass, not a signal
        await asyncio.sleep(1)
    ended = time.time()
    over.set()
    await asyncio.gather(*parts, talking)
    return begun, ended


async def talk(crowd: Crowd, talkers: int, over: asyncio.Event) -> None:
    """One resident after another takes a step."""
    for number in count():
        if over.is_set():
            return
        await asyncio.to_thread(crowd.act, crowd.people[number % talkers])
        await asyncio.sleep(ACT)


async def measure(crowd: Crowd, database: Database, notices: int, talkers: int) -> tuple[float, float, float]:
    """When it began, when it ended, and the processor's seconds."""
    face = AiogramFace(TOKEN, crowd.sandbox.base)
    me = await face.start()
    await forget_the_past(face)
    writer, clock, measures = Writer(database), SystemClock(), Measures()
    sender = Sender(face, me.id, writer.run, clock, no_picture, measures=measures, alone=True)
    writer.collect = sender.collect
    writer.start()
    desk = Desk(me, writer, sender, face, Reception(me, writer, sender, clock, measures))
    crowd.sandbox.flood(True)
    spent = time.process_time()
    begun, ended = await play(crowd, desk, notices, talkers)
    spent = time.process_time() - spent
    await writer.close()
    await face.close()
    return begun, ended, spent


async def no_picture(_wanted: Any) -> bytes | None:
    """None is drawn."""
    return None


def report(crowd: Crowd, begun: float, ended: float, spent: float) -> bool:
    """Tells, and says whether all that is promised holds."""
    calls = [call for call in crowd.sandbox.calls() if call["method"] in ANSWERS and call["at"] >= begun]
    within = [call for call in calls if call["at"] <= ended]
    used = len(within) / (ended - begun) / ALLOWED
    floods = sum(call["status"] == 429 for call in calls)
    waits = sorted(answered(crowd, calls))
    middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    order, outdated = out_of_order(calls), cards_outdated(crowd, calls)
    sys.stdout.write(
        f"{len(within)} calls in {ended - begun:.1f} s: {used:.1%} of the allowed rate, {floods} times 429\n"
        f"{len(waits)} answers: p50 {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms, "
        f"most {waits[-1]:.2f} s\n"
        f"{order} notices out of order; {outdated} calls for cards that changed back\n"
        f"{spent / len(within) * 1000:.2f} ms of processor a call, all of the bot and the driver\n"
    )
    return used >= 0.95 and not floods and late <= 1.5 and not order and not outdated


def answered(crowd: Crowd, calls: list[Any]) -> Iterator[float]:
    """How long each act waited for the first call to that person's chat which is no notice."""
    by_chat: dict[int, list[float]] = {}
    for call in calls:
        if not call["params"]["text"].startswith("notice"):
            by_chat.setdefault(int(call["params"]["chat_id"]), []).append(call["at"])
    for person, acts in crowd.acts.items():
        for at in acts[:-1]:  # the last may have been cut off by the end
            after = [one for one in by_chat.get(person, []) if one >= at]
            yield min(after, default=float("inf")) - at


def out_of_order(calls: list[Any]) -> int:
    """How many notices came before an earlier one, or twice, or not at all."""
    by_chat: dict[int, list[int]] = {}
    for call in calls:
        word, _, number = call["params"]["text"].partition(" ")
        if word == "notice" and call["status"] == 200:
            by_chat.setdefault(int(call["params"]["chat_id"]), []).append(int(number))
    return sum(
        later != earlier + 1 for numbers in by_chat.values() for earlier, later in pairwise([-1, *numbers])
    )


def cards_outdated(crowd: Crowd, calls: list[Any]) -> int:
    """How many calls showed a card as it was before."""
    texts = [call["params"]["text"] for call in calls if int(call["params"]["chat_id"]) == crowd.group.id]
    states: dict[str, list[int]] = {}
    for text in texts:
        card, _, state = text.partition(": ")
        states.setdefault(card, []).append(int(state))
    return sum(later <= earlier for found in states.values() for earlier, later in pairwise(found))


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--chats", type=int, default=2_000)
    parser.add_argument("--talkers", type=int, default=200)
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with telegram() as sandbox, tempfile.TemporaryDirectory() as folder:
        crowd = settle_in(sandbox, chosen.chats)
        path = Path(folder) / "steward.db"
        town.build(path, town.Town(residents=chosen.chats))
        with Database(f"sqlite:///{path}") as database:
            found = asyncio.run(measure(crowd, database, chosen.notices, chosen.talkers))
        sys.exit(0 if report(crowd, *found) else 1)


if __name__ == "__main__":
    main()
