"""A resident's conversation: comes in, reports a repair, perhaps leaves it open, confirms, and rates."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from tests.simulation.crews import Crews, Job
from tests.simulation.phones import Hand, NeverCame, labels

#: how a resident is asked at each point where a conversation may be left open
Shown = tuple[str, list[str]]


@dataclass(kw_only=True)
class Story:
    """What a resident is going to do, and what came of it."""

    token: str
    resident: int
    #: the number of the step after which the conversation is left open; -1 for never
    left_at: int = -1
    claimed: bool = False
    finished: bool = False
    score: int = 5
    explains: bool = False
    sent: bool = False
    number: int = 0
    rated: bool = False
    #: what had not come for somebody who waited for it
    stuck: str = ""
    #: how an open conversation stood otherwise than it was left
    moved: str = ""


def stories(count: int, chance: Random) -> list[Story]:
    """What so many residents are going to do."""
    return [_story(number, chance) for number in range(1, count + 1)]


def _story(number: int, chance: Random) -> Story:
    claimed = chance.random() < 0.7
    leaves = chance.random() < 0.15
    return Story(
        token=f"cid-{number:04}",
        resident=0,
        left_at=chance.randrange(1, len(Resident.STEPS) - 1) if leaves else -1,
        claimed=claimed and not leaves,
        finished=claimed and not leaves and chance.random() < 0.6,
        score=chance.randint(1, 5),
        explains=chance.random() < 0.5,
    )


@dataclass(kw_only=True)
class Resident:
    """Lives a story."""

    story: Story
    hand: Hand
    code: str
    crews: Crews
    #: set when the power fails no more; who left a conversation open comes back then
    calm: asyncio.Event
    #: set when the time for surveys has come
    surveys: asyncio.Event
    #: whether it is for others now to go on
    waits: bool = False
    _photo: bool = field(init=False)
    _second_thoughts: bool = field(init=False)

    def __post_init__(self) -> None:
        self._photo = self.hand.chance.random() < 0.2
        self._second_thoughts = self.hand.chance.random() < 0.25

    async def live(self) -> None:
        """All of it; whoever waits in vain is stuck."""
        try:
            await self._report()
            await self._follow_up()
        except NeverCame as error:
            self.story.stuck = str(error)
        self.waits = True

    async def _wait(self, event: asyncio.Event) -> None:
        self.waits = True
        await event.wait()
        self.waits = False

    async def _report(self) -> None:
        for number, step in enumerate(self.STEPS):
            await asyncio.sleep(self.hand.chance.expovariate(1 / 0.05))
            await step(self)
            if number == self.story.left_at:
                await self._leave_open()

    async def _comes_in(self) -> None:
        await self.hand.open(self.code)
        await self.hand.sees("Which language", button="English")

    async def _speaks(self) -> None:
        await self.hand.tap("English", "Which language")
        await self.hand.sees("Welcome to Sunny Court", button="Report")

    async def _writes(self) -> None:
        words = f"Kitchen tap is leaking {self.story.token}", "It gets worse"
        await self.hand.say("/repair")
        await self.hand.sees("What is wrong?")
        await self.hand.say(*words)
        await self.hand.sees("What is wrong?", *words, button="Done")

    async def _shows(self) -> None:
        if self._photo:
            await self.hand.photo()
            await self.hand.sees("What is wrong?", "1 file", button="Done")

    async def _is_done(self) -> None:
        await self.hand.tap("Done", "What is wrong?")
        await self.hand.sees("What kind of problem", button="Leak")

    async def _picks_kind(self) -> None:
        await self.hand.tap("Leak", "What kind of problem")
        await self.hand.sees("When may we come", button="As soon")

    async def _picks_time(self) -> None:
        await self.hand.tap("As soon", "When may we come")
        await self.hand.sees("may our staff go in", button="Yes")

    async def _says_entry(self) -> None:
        await self.hand.tap("Yes", "may our staff go in")
        await self.hand.sees("Please check", self.story.token, button="Send")

    async def _changes(self) -> None:
        if self._second_thoughts:
            await self.hand.tap("Change", "Please check")
            await self.hand.sees("Which line", button="If nobody")
            await self.hand.tap("If nobody", "Which line")
            await self.hand.sees("may our staff go in", button="No,")
            await self.hand.tap("No,", "may our staff go in")
            await self.hand.sees("Please check", "No, only", button="Send")

    async def _sends(self) -> None:
        self.story.sent = True
        await self.hand.tap("Send", "Please check")
        filed = await self.hand.sees("Your request is filed", button="My requests")
        self.story.number = number_in(filed["text"])

    #: in the order of the conversation
    STEPS: tuple[Callable[["Resident"], Awaitable[None]], ...] = (
        _comes_in,
        _speaks,
        _writes,
        _shows,
        _is_done,
        _picks_kind,
        _picks_time,
        _says_entry,
        _changes,
        _sends,
    )

    async def _leave_open(self) -> None:
        before = self._shown()
        await self._wait(self.calm)
        if self._shown() != before:
            self.story.moved = f"left at {before}, found at {self._shown()}"

    def _shown(self) -> Shown:
        """The question that is open, or what was said last if nothing is asked."""
        newest = self.hand.question() or self.hand.newest()
        return (str(newest["text"]), labels(newest)) if newest else ("", [])

    async def _follow_up(self) -> None:
        story = self.story
        if story.claimed:
            self.crews.jobs.put_nowait(Job(token=story.token, number=story.number, finished=story.finished))
        if not story.finished:
            return
        number = f"R-{story.number}"
        await self.hand.tap("👍", f"reports {number} as done")
        await self.hand.sees(f"{number} is closed")
        await self._wait(self.surveys)
        await self._rate(number)

    async def _rate(self, number: str) -> None:
        story = self.story
        await self.hand.tap(f"{story.score}", f"How did we do with {number},")
        await self.hand.sees(f"Thank you: {story.score} of 5 for {number}.")
        story.rated = True
        asked = await self.hand.sees("Why this score", button="Skip")
        if story.explains:
            await self.hand.tap(labels(asked)[0], "Why this score")
            await self.hand.sees("Why this score", button="✓")
            await self.hand.tap("Done", "Why this score")
            await self.hand.tap("Skip", "a few words")
            await self.hand.sees("Thank you, that helps us")


def number_in(text: str) -> int:
    """The request's number in a message."""
    found = re.search(r"R-(\d+)", text)
    assert found, text
    return int(found[1])
