"""One simulation: an estate whose residents and workers carry on while the power fails."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from bot.clock import open_clock
from bot.setup import codes
from desk.records import Home
from sandbox.client import Person, Sandbox
from sandbox.running import running
from storage.tables import requests
from tests.simulation.crews import Crews, Worker
from tests.simulation.judgement import judge
from tests.simulation.phones import Hand, Phones
from tests.simulation.plan import Combination, Report, Size
from tests.simulation.power import Power, until
from tests.simulation.residents import Resident, stories
from tests.simulation.weather import weather
from tests.story.nursery import ColdStage, SwiftStage
from tests.story.office import Office, at_work

#: seconds within which everybody has to have come to an end once the power stays on
END = 300.0
#: seconds that a start takes
COLD, SWIFT = 2.0, 0.5
#: after closing (tests.story.stage.ESTATE)
SURVEY_AFTER = timedelta(hours=2)


def simulate(folder: Path, url: str, one: Combination, size: Size, seed: str) -> Report:
    """Everything, from the opening to the judgement."""
    begun = time.monotonic()
    kind = ColdStage if size.cold else SwiftStage
    with running(clock=folder / "clock", floods=one.floods) as base:
        more = {"STEWARD_LIMITS": "telegram"} if one.floods else {}
        stage = kind(Sandbox(base), folder, one.face, url, mode=one.mode, more=more)
        with at_work(stage) as office:
            world = World(office, one, size, seed)
            report = asyncio.run(world.run())
    report.seconds = time.monotonic() - begun
    return report


class World:
    """The people of one estate, and what happens to them."""

    def __init__(self, office: Office, one: Combination, size: Size, seed: str) -> None:
        self._office = office
        self._size = size
        self._chance = Random(f"{seed} {one.name}")
        self._clock = open_clock(office.stage.folder / "clock")
        self._calm, self._surveys = asyncio.Event(), asyncio.Event()
        self._stories = stories(size.conversations, self._chance)
        self._report = Report(name=one.name, seed=seed, conversations=size.conversations)

    async def run(self) -> Report:
        """Two stretches of bad times, with an hour moved on between them, and then the end."""
        stage = self._office.stage
        async with Phones(stage.sandbox.base, stage.bot.id) as self._phones:
            self._power = self._new_power()
            crews = Crews(self._hire())
            residents = self._move_in(crews)
            working = asyncio.create_task(crews.work())
            async with asyncio.TaskGroup() as living:
                await self._requests(living, residents)
                await self._later(until=self._first_survey())
                await self._surveys_come(residents)
                await self._later(until=self._clock.now() + timedelta(minutes=20))
                self._calm.set()
                await self._all(residents)
            await self._quiet()
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
        if (code := await asyncio.to_thread(stage.stop)) != 0:
            self._report.wrong.append(f"the bot ended with {code}")
        judge(self._report, self._office, self._stories, crews, self._power.failures)
        return self._report

    # ── people ───────────────────────────────────────────────────────────────────────────────────

    def _new_power(self) -> Power:
        return Power(
            stage=self._office.stage,
            phones=self._phones,
            chance=Random(self._chance.random()),
            clock=self._clock,
            start=COLD if self._size.cold else SWIFT,
        )

    def _hand(self, person: Person, chat: int = 0) -> Hand:
        return Hand(phones=self._phones, id=person.id, chance=Random(self._chance.random()), chat=chat)

    def _hire(self) -> list[tuple[Worker, Worker]]:
        cast = self._office.cast
        hired = [
            self._office.worker(f"Worker{badge}", f"{badge}") for badge in range(11, 9 + 2 * self._size.crews)
        ]
        group = cast.group.id
        workers = [
            Worker(one.name, self._hand(one, group), self._hand(one))
            for one in (cast.worker, cast.other, *hired)
        ]
        return list(zip(workers[::2], workers[1::2], strict=True))

    def _move_in(self, crews: Crews) -> list[Resident]:
        """Everybody gets a slip with a code; nobody has used it yet."""
        office = self._office
        with office.database.write() as work:
            estate, now = codes.find_estate(work, ""), self._clock.now()
            doors = [f"{2 + number}-1-101" for number, _ in enumerate(self._stories)]
            for door in doors:  # a building each: nobody's leak is their neighbour's, too
                work.estates.save_home(Home(estate_id=estate.id, code=door))
            slips = [codes.home_code(work, estate, door, now) for door in doors]
        residents = []
        for story, slip in zip(self._stories, slips, strict=True):
            person = office.sandbox.person(f"Resident {story.token}", language_code="en")
            story.resident = person.id
            residents.append(
                Resident(
                    story=story,
                    hand=replace(self._hand(person), one_talk=True),
                    code=slip,
                    crews=crews,
                    calm=self._calm,
                    surveys=self._surveys,
                )
            )
        return residents

    # ── times ────────────────────────────────────────────────────────────────────────────────────

    async def _requests(self, living: asyncio.TaskGroup, residents: list[Resident]) -> None:
        """Requests come in, as many between any two power cuts."""
        each = self._size.conversations / self._size.early
        width = self._size.width
        failing = self._bad_times(
            self._size.early, lambda cut: sum(one.waits for one in residents) >= cut * each - width
        )
        for number, resident in enumerate(residents):
            while number - width > len(self._power.failures) * each:
                if failing.done():
                    break
                await asyncio.sleep(0.02)
            living.create_task(resident.live())
        await failing
        await self._all(residents)

    async def _surveys_come(self, residents: list[Resident]) -> None:
        """Each about when its request was closed, hours ago."""
        self._surveys.set()
        late = self._size.kills - self._size.early
        expected = sum(one.story.finished and not one.story.stuck for one in residents)
        await self._bad_times(
            late, lambda cut: sum(one.story.rated for one in residents) >= expected * cut / (late + 1)
        )

    def _bad_times(self, cuts: int, may: Callable[[int], bool]) -> "asyncio.Task[None]":
        """Bad weather and power cuts; `may` is asked with the number of the cut within these times."""
        before = len(self._power.failures)
        storm = asyncio.create_task(weather(self._phones, Random(self._chance.random())))

        async def times() -> None:
            try:
                await self._power.fail(cuts, lambda so_far: may(so_far - before))
            finally:
                storm.cancel()
                with suppress(asyncio.CancelledError):
                    await storm

        return asyncio.create_task(times())

    def _first_survey(self) -> datetime:
        """When the first of those who were closed is asked."""
        with self._office.database.read() as work:
            closed = work.connection.execute(select(func.min(requests.c.closed_at))).scalar_one()
        return closed + SURVEY_AFTER if closed else self._clock.now()

    async def _later(self, until: datetime) -> None:
        """Moves the clock while nothing is under way: a tap keeps for 150 seconds only."""
        await self._quiet()
        by = max((until - self._clock.now()).total_seconds(), 0)
        await self._phones.control("clock", {"by": by})

    async def _all(self, residents: list[Resident]) -> None:
        async def all_wait() -> bool:
            return all(one.waits for one in residents)

        await until(all_wait, END)

    async def _quiet(self) -> None:
        """Nothing waits, in Telegram or in the bot."""
        stage, calm = self._office.stage, 0

        async def quiet() -> bool:
            nonlocal calm
            idle = await asyncio.to_thread(lambda: stage.idle() and stage.sandbox.waiting(stage.bot) == 0)
            calm = calm + 1 if idle else 0
            return calm >= 3

        await until(quiet, END)
