"""Workers in crews of two: both tap Claim on the same card, one gets the job and does it."""

import asyncio
from dataclasses import dataclass, field

from tests.simulation.phones import Hand, NeverCame

YOURS, TAKEN = "It is yours", "has it already"
#: seconds in which Telegram takes the answer to a tap
TAP_LIFE = 16.0
#: how often somebody taps again who was told nothing
TRIES = 8


@dataclass(frozen=True, kw_only=True)
class Job:
    """A request for a crew: to be claimed, and perhaps to be done."""

    token: str
    number: int
    finished: bool


@dataclass(frozen=True)
class Worker:
    """A worker: the same person in the staff group and in the private chat."""

    name: str
    group: Hand
    private: Hand


@dataclass
class Claim:
    """How a claim went."""

    job: Job
    #: who was told what, as often as it was told
    told: dict[str, set[str]] = field(default_factory=dict)
    #: taps that were answered with nothing: the bot had died between the commit and the answer
    silent: int = 0

    def winners(self) -> list[str]:
        """Who was told that it is theirs."""
        return [name for name, words in self.told.items() if any(YOURS in one for one in words)]

    def losers(self) -> list[str]:
        """Who was told who has it."""
        return [name for name, words in self.told.items() if any(TAKEN in one for one in words)]


@dataclass
class Crews:
    """All workers, and the jobs that wait for them."""

    pairs: list[tuple[Worker, Worker]]
    jobs: "asyncio.Queue[Job]" = field(default_factory=asyncio.Queue)
    claims: list[Claim] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    async def work(self) -> None:
        """All crews, until cancelled."""
        async with asyncio.TaskGroup() as crews:
            for pair in self.pairs:
                crews.create_task(self._work(pair))

    async def _work(self, pair: tuple[Worker, Worker]) -> None:
        while True:
            job = await self.jobs.get()
            try:
                await self._do(pair, job)
            except NeverCame as error:
                self.stuck.append(f"R-{job.number}: {error}")
            finally:
                self.jobs.task_done()

    async def _do(self, pair: tuple[Worker, Worker], job: Job) -> None:
        claim = Claim(job)
        self.claims.append(claim)
        card = await pair[0].group.sees(job.token, button="Claim")
        data = next(one["data"] for row in card["buttons"] for one in row if "Claim" in one["label"])
        await asyncio.gather(*(_claim(claim, worker, card["message_id"], data) for worker in pair))
        winner = next((worker for worker in pair if worker.name in claim.winners()), None)
        if winner is not None:
            await _finish(winner.private, job)


async def _claim(claim: Claim, worker: Worker, message: int, data: str) -> None:
    """Taps until told who has it: who is told nothing taps again."""
    hand = worker.group
    for _ in range(TRIES):
        taps = [hand.touch(message, data) for _ in range(2 if hand.chance.random() < hand.nervous else 1)]
        words = {await hand.told(tap, TAP_LIFE) for tap in await asyncio.gather(*taps)} - {""}
        if words:
            claim.told.setdefault(worker.name, set()).update(words)
            return
        claim.silent += 1


async def _finish(hand: Hand, job: Job) -> None:
    """Starts on the job, and if it is to be, reports it as done."""
    number = f"R-{job.number} "
    await hand.sees(number, job.token, button="Start")
    if not job.finished:
        return
    await hand.tap("Start", number, job.token)
    await hand.sees(number, job.token, "In progress", button="Done")
    seen = hand.last()  # a question about an earlier job may still stand there, repeated when power failed
    await hand.tap("Done", number, job.token)
    await hand.sees("What was done?", button="Cancel", after=seen)
    await hand.say(f"New seal fitted {job.token}")
    await hand.tap("Done", "What was done?", job.token)
    await hand.sees(number, job.token, no="In progress")
