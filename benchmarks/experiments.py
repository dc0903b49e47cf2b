"""What is measured of each bot under the driver: one function an experiment, one trial a call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.bots import BOTS, MAIN, NAMED, Bot
from benchmarks.machine import Busy, resident_bytes
from benchmarks.town import Town
from benchmarks.trial import Options, Result, Trial, Workshop

#: updates a second of the open loop
RATE: Final = 90
#: what Telegram takes for a call, in the experiment that asks whether residents wait for each other
TELEGRAM_MS, FEW = 40, 10
#: handles one update after the other, which would take minutes
FEWER: Final = {"ptb-memory": 10}
#: seconds after the start before the load begins, so that start-up is not measured along
SETTLE = 0.7
HOLD_STEP = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything: the full run, or a quick look."""

    rounds: int
    #: of the experiments that need fewer
    repeats: int
    updates: int
    seconds: float
    held: int
    #: requests stored, for the flatness of the core
    stored: int


FULL: Final = Scale(rounds=5, repeats=3, updates=2800, seconds=15, held=10_000, stored=1_000_000)
QUICK: Final = Scale(rounds=1, repeats=1, updates=1400, seconds=5, held=2_000, stored=100_000)


def closed_loop(workshop: Workshop, bot: Bot, scale: Scale) -> Result:
    """50 residents, each as quick as the bot: processor time, and latency where there is more than enough."""
    return _load(workshop, bot, {"residents": 50, **_conversations(bot, scale.updates)})


def open_loop(workshop: Workshop, bot: Bot, scale: Scale) -> Result:
    """90 updates a second whoever answers or not: the latency that people see."""
    options = {"residents": 500, "rate": RATE / bot.steps}
    return _load(workshop, bot, {**options, **_conversations(bot, int(RATE * scale.seconds))})


def slow_telegram(workshop: Workshop, bot: Bot, scale: Scale) -> Result:
    """10 residents while each call takes Telegram 40 ms: whoever waits for a call holds up the others."""
    updates = scale.updates // FEWER.get(bot.name, 1)
    options = {"residents": FEW, "api-delay-ms": TELEGRAM_MS}
    return _load(workshop, bot, {**options, **_conversations(bot, updates)})


def _conversations(bot: Bot, updates: int) -> Options:
    """So many updates in whole conversations, after a fifth as many to warm up."""
    conversations = max(updates // bot.steps, 10)
    return {"convs": conversations, "warmup": max(conversations // 5, 10)}


def _load(workshop: Workshop, bot: Bot, options: Options) -> Result:
    with Trial(workshop, bot, {"settle": SETTLE, "max-seconds": 240, **options}) as trial:
        busy = Busy.now()
        result = trial.result()
        others = Busy.now().cores_since(busy) - result["bot_core_share"] - result["mock_core_share"]
    return result | {"others_cores": others}


def start(workshop: Workshop, bot: Bot, _scale: Scale) -> Result:
    """From the process's start to its first answer, with an update waiting from the first moment on."""
    options = {"residents": 1, "convs": 1, "warmup": 0, "settle": 0, "max-seconds": 30}
    with Trial(workshop, bot, options) as trial:
        seconds, processor = trial.answered()
        memory = resident_bytes(trial.pid)
        trial.result()
    return {"start_s": seconds, "start_cpu_s": processor, "start_rss": memory}


def memory(workshop: Workshop, bot: Bot, scale: Scale) -> Result:
    """So many people leave a conversation open halfway: what the process, and Redis, hold for each.

    Told from the second half of them, since the first fills caches of a fixed size (`bytes_each_at_first`).
    """
    people = Town(passers_by=scale.held)
    options = {"residents": 50, "warmup": 300, "hold": scale.held, "hold-step": HOLD_STEP, "max-seconds": 400}
    with Trial(workshop, bot, {"settle": SETTLE, "step-timeout": 20, **options}, people) as trial:
        trial.answered()
        before = trial.redis.used() if trial.redis else 0
        result = trial.result()
        after = trial.redis.used() if trial.redis else 0
    held, half = max(result["held"], 2), max(result["held_half"], 1)
    return result | {
        "bytes_each_at_first": (result["rss_half"] - result["rss0"]) / half,
        "bytes_each": (result["rss1"] - result["rss_half"]) / max(held - half, 1),
        "redis_bytes_each": (after - before) / held,
    }


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is done, how often, and with which bots."""

    measure: Callable[[Workshop, Bot, Scale], Result]
    rounds: Callable[[Scale], int]
    bots: tuple[Bot, ...]


_MAIN = tuple(NAMED[name] for name in MAIN)
EXPERIMENTS: Final[Mapping[str, Experiment]] = {
    "closed": Experiment(closed_loop, lambda scale: scale.rounds, BOTS),
    "open": Experiment(open_loop, lambda scale: scale.repeats, _MAIN),
    "slow": Experiment(slow_telegram, lambda scale: scale.repeats, _MAIN),
    "start": Experiment(start, lambda scale: scale.rounds, _MAIN),
    "memory": Experiment(memory, lambda scale: 1, BOTS),
}
