"""What one update costs between Telegram's two ends: Said → its turn → committed → the outbox row.

    python -m benchmarks.core [--stored 1000] [--rounds 5]

64 residents play whole repairs (scenarios/repair.txt) in this process, with the real turn, writer and SQLite
file (synchronous=FULL) and no HTTP. All of a step are handed in at once and share a commit, as they do under
load; then one resident plays alone, whose every update pays for a commit of its own. The mail is taken away
between the steps, outside of what is measured.
"""

import argparse
import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.bots import ROOT, Step, read_scenario
from benchmarks.history import NOW, fill
from benchmarks.town import RESIDENTS, STAFF_CHAT, WORKERS, Town, settle
from bot.faces.base import Me
from bot.mail import Letter, letter
from bot.said import Chat, Said, Speaker, Tap
from bot.session import Session
from bot.turns import handle
from bot.writer import Writer
from desk.mail import Delivery, Fate
from dialogs.engine.heard import Words
from storage.migrate import migrate
from storage.work import Database

ME: Final = Me(id=1, username="bench_bot", name="Bench")
TOGETHER, PEOPLE = 64, 500
#: conversations before anything is measured
WARM: Final = 2
REPAIR: Final = tuple(read_scenario("repair"))


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one update, in milliseconds: the processor's, and the time that passed."""

    processor: float
    passed: float


@dataclass
class Meter:
    """Adds up what some updates cost."""

    updates: int = 0
    processor: float = 0.0
    passed: float = 0.0

    @contextmanager
    def run(self, updates: int) -> Iterator[None]:
        """Measures the body."""
        processor, passed = time.process_time(), time.perf_counter()
        yield
        self.processor += time.process_time() - processor
        self.passed += time.perf_counter() - passed
        self.updates += updates

    @property
    def cost(self) -> Cost:
        """Of one of them."""
        return Cost(self.processor / self.updates * 1e3, self.passed / self.updates * 1e3)


@dataclass
class Desk:
    """A desk in this process, and what lies in its chats."""

    database: Database
    writer: Writer = field(init=False)
    #: what each resident was shown last
    shown: dict[int, Letter] = field(default_factory=dict)
    #: the newest card with a conversation's name
    cards: dict[str, Letter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.writer = Writer(self.database)
        self._updates = itertools.count(1)
        self._messages = itertools.count(1)

    async def play(self, residents: Sequence[int], name: str, meter: Meter | None = None) -> None:
        """One whole repair of each resident, in step; `name` is in their words."""
        for step in REPAIR:
            said = [self._says(step, resident, f"{name}-{resident}.") for resident in residents]
            with (meter or Meter()).run(len(said)):
                await asyncio.gather(*(self._take(one) for one in said))
            await self.writer.run(self._deliver)
            for resident in residents:
                self._check(step, resident, f"{name}-{resident}.")

    def _check(self, step: Step, resident: int, name: str) -> None:
        """A figure of something else than the whole conversation would tell nothing."""
        seen = self.cards[name] if step.kind == "staff" else self.shown[resident]
        if step.expects not in seen.html:
            raise RuntimeError(f"instead of “{step.expects}” there came “{seen.html}”")

    async def _take(self, said: Said) -> None:
        await self.writer.run(lambda session: handle(session, ME, said, NOW), said.chat.id)

    def _says(self, step: Step, resident: int, name: str) -> Said:
        if step.kind == "staff":
            return self._tap(WORKERS + resident % 50, STAFF_CHAT, self.cards[name], step)
        if step.kind == "press":
            return self._tap(RESIDENTS + resident, RESIDENTS + resident, self.shown[resident], step)
        account = RESIDENTS + resident
        return Said(
            update_id=next(self._updates),
            speaker=Speaker(id=account, name=f"Resident N{resident}", language="en"),
            chat=Chat(id=account, private=True),
            act=Words(step.sends.replace("{cid}", name)),
            message_id=next(self._messages),
        )

    def _tap(self, account: int, chat: int, message: Letter, step: Step) -> Said:
        number = next(self._updates)
        data = next(button.data for row in message.rows for button in row if step.sends in button.label)
        name = f"Staff N{account - WORKERS}" if account >= WORKERS else f"Resident N{account - RESIDENTS}"
        return Said(
            update_id=number,
            speaker=Speaker(id=account, name=name, language="en"),
            chat=Chat(id=chat, private=chat > 0),
            act=Tap(id=str(number), data=data, message_id=1),
        )

    def _deliver(self, session: Session) -> None:
        """Takes the mail away, and remembers what it showed."""
        mail = session.outbox.waiting(ME.id, NOW, limit=10_000)
        for one in mail:
            read = letter(one.payload)
            if one.chat_id == STAFF_CHAT:
                self.cards[read.html.partition("cid=")[2].partition(";")[0]] = read
            else:
                self.shown[one.chat_id - RESIDENTS] = read
        taken = [Delivery(outgoing=one, fate=Fate.SENT, message_id=next(self._messages)) for one in mail]
        session.outbox.settle(taken, NOW)


@contextmanager
def desk(folder: Path, stored: int) -> Iterator[Desk]:
    """A desk with so many requests of the past."""
    url = f"sqlite:///{folder / f'core-{stored}.db'}"
    migrate(url)
    with Database(url) as database:
        with database.write() as work:
            settle(work, Town(residents=PEOPLE), NOW)
        fill(database, stored, people=PEOPLE, homes=PEOPLE)
        yield Desk(database)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one desk: updates that share a commit, and updates that come alone."""

    together: Cost
    alone: Cost


async def measure(desks: Sequence[Desk], rounds: int) -> list[Figures]:
    """The median of the rounds, in which the desks take turns."""
    for one in desks:
        one.writer.start()
        for warm in range(WARM):
            await one.play(range(TOGETHER), f"warm-{warm}")
    seen = [[await _round(one, number) for one in desks] for number in range(rounds)]
    for one in desks:
        await one.writer.close()
    return [
        Figures(_median([row[place].together for row in seen]), _median([row[place].alone for row in seen]))
        for place in range(len(desks))
    ]


async def _round(one: Desk, number: int) -> Figures:
    together, alone = Meter(), Meter()
    for batch in range(4):
        first = (number * 4 + batch) * TOGETHER % (PEOPLE - TOGETHER)
        await one.play(range(first, first + TOGETHER), f"{number}-{batch}", together)
    for batch in range(TOGETHER // 4):
        await one.play([batch], f"{number}-{batch}-alone", alone)
    return Figures(together.cost, alone.cost)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.processor for cost in costs), statistics.median(cost.passed for cost in costs)
    )


def compare(stored: Sequence[int], rounds: int) -> list[Figures]:
    """Desks with so many stored requests each, side by side."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder, _all(Path(folder), stored) as desks:
        return asyncio.run(measure(desks, rounds))


@contextmanager
def _all(folder: Path, stored: Sequence[int]) -> Iterator[list[Desk]]:
    if not stored:
        yield []
        return
    with desk(folder, stored[0]) as first, _all(folder, stored[1:]) as others:
        yield [first, *others]


def main() -> None:
    """Measures and tells."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stored", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    stored = chosen.stored or [1000]
    for number, figures in zip(stored, compare(stored, chosen.rounds), strict=True):
        together, alone = figures.together, figures.alone
        sys.stdout.write(
            f"{number} stored: {together.processor:.3f} ms processor, {together.passed:.3f} ms an update;"
            f" alone {alone.processor:.3f} ms processor, {alone.passed:.3f} ms\n"
        )


if __name__ == "__main__":
    main()
