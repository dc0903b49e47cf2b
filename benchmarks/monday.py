"""One hour of a bad Monday in 50 estates of 500 homes, replayed against the real process over HTTP.

    make load                                 4 minutes and what it takes to build the town
    make load ARGS="--speed 30 --face ptb"
    make load ARGS="--draw build/monday.json"   only draws what was measured

The bot's clock (STEWARD_CLOCK) runs as fast as the replay, so that the digests of half past eight and all
other timers come when they would. The driver plays Telegram, since its answers cost next to nothing. The
limits of Telegram cannot be sped up and are off: this shows the work of the process, not the waiting.
"""

import argparse
import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from benchmarks import morning
from benchmarks.bots import HERE, NAMED, ROOT
from benchmarks.drawing import draw, rates
from benchmarks.machine import Busy
from benchmarks.morning import HOUR, SCENARIOS, Arrival, Morning
from benchmarks.town import Town
from benchmarks.trial import Result, Trial, Workshop

RESULTS, PICTURE = ROOT / "build" / "monday.json", HERE / "pictures" / "monday.png"
#: of the driver, before anybody speaks
SETTLE: Final = 2.0
#: seconds that people think at each question
THINK: Final = 15.0
#: two years of them
PAST: Final = 100_000
#: one for each lane
GAUGE: Final = re.compile(r"^steward_outbox_(depth|age_seconds)(?:{.*})? (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Look:
    """The outbox at one moment of the replay, in seconds since its start; and how many cores were busy."""

    at: float
    depth: float
    age: float
    cores: float


def eight_o_clock() -> datetime:
    """Of the next Monday in the estates."""
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    ahead = timedelta(days=7 - now.weekday())
    return (now + ahead).replace(hour=8, minute=0, second=0, microsecond=0).astimezone(UTC)


class FastClock:
    """The file that tells the bot by how many seconds it is ahead of the machine."""

    def __init__(self, path: Path, start: datetime, speed: float) -> None:
        self.path = path
        self._start, self._speed = start, speed
        self._since = time.monotonic()
        self.set(running=False)

    def begin(self) -> None:
        """From now on it is so many times faster."""
        self._since = time.monotonic()

    def set(self, *, running: bool = True) -> None:
        """Writes what it is now; in one piece, since the bot may look at any moment."""
        passed = (time.monotonic() - self._since) * self._speed if running else 0.0
        ahead = self._start + timedelta(seconds=passed) - datetime.now(UTC)
        draft = self.path.with_suffix(".new")
        draft.write_text(f"{ahead.total_seconds():.3f}", "ascii")
        draft.rename(self.path)


@contextmanager
def repeated(what: Callable[[], None], every: float) -> Iterator[None]:
    """Does something again and again, beside the body."""
    over = Event()

    def again() -> None:
        while not over.wait(every):
            what()

    thread = Thread(target=again, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Outbox:
    """Looks at the outbox once a second, as an operator's monitoring does."""

    def __init__(self, hook: str) -> None:
        self._pages = f"http://{urlsplit(hook).netloc}/metrics"
        self._since, self._busy = time.monotonic(), Busy.now()
        self.looks: list[Look] = []

    def look(self) -> None:
        """One look; a bot that does not answer is looked at again later."""
        try:
            with urllib.request.urlopen(self._pages, timeout=5) as page:
                told = GAUGE.findall(page.read().decode())
        except (urllib.error.URLError, TimeoutError):
            return
        busy, self._busy = self._busy, Busy.now()
        depths = [float(value) for name, value in told if name == "depth"]
        ages = [float(value) for name, value in told if name == "age_seconds"]
        cores = self._busy.cores_since(busy)
        self.looks.append(Look(time.monotonic() - self._since, sum(depths), max(ages, default=0.0), cores))


def replay(workshop: Workshop, day: Morning, speed: float, face: str) -> dict[str, Any]:
    """The whole hour; what was measured, as JSON."""
    start, arrivals = eight_o_clock(), day.arrivals()
    plan, watched = workshop.folder / "arrivals.txt", workshop.folder / "watched.jsonl"
    morning.write(arrivals, plan, speed)
    clock = FastClock(workshop.folder / "clock", start - timedelta(minutes=1), speed)
    bot = NAMED[f"steward-{face}-full"]
    bot = replace(bot, environment={**bot.environment, "STEWARD_CLOCK": str(clock.path)})
    options = {
        "scenario": ",".join(str(HERE / "scenarios" / f"{name}.txt") for name in SCENARIOS),
        "arrivals": plan,
        "watch": watched,
        "estates": day.estates,
        "staff-users": 10,
        "think-ms": THINK / speed * 1000,
        "step-timeout": 60,
        "max-seconds": HOUR / speed + 60,
        "settle": SETTLE,
    }
    town = Town(
        estates=day.estates,
        residents=day.estates * day.homes,
        workers=10,
        managers=1,
        past=PAST,
        today=start,
    )
    _tell(f"{len(arrivals)} conversations; building a town of {town.residents} homes")
    with Trial(workshop, bot, {name: str(value) for name, value in options.items()}, town) as trial:
        result, looks = _watch(trial, clock)
    seconds = [json.loads(line) for line in watched.read_text("utf-8").splitlines()]
    about = {"speed": speed, "face": face, "start": start.isoformat(), "morning": asdict(day)}
    return {
        "about": about,
        "result": result,
        "seconds": seconds,
        "outbox": [asdict(one) for one in looks],
        "conversations": _counted(arrivals),
    }


def _watch(trial: Trial, clock: FastClock) -> tuple[Result, list[Look]]:
    with repeated(lambda: clock.set(running=False), 0.5):
        trial.ready()
        time.sleep(SETTLE)
    clock.begin()
    outbox = Outbox(trial.hook)
    with repeated(clock.set, 0.1), repeated(outbox.look, 1.0):
        return trial.result(), outbox.looks


def _counted(arrivals: list[Arrival]) -> dict[str, int]:
    return {name: sum(one.scenario == number for one in arrivals) for number, name in enumerate(SCENARIOS)}


def _told(measured: dict[str, Any]) -> str:
    """The hour in one paragraph."""
    result, speed = measured["result"], measured["about"]["speed"]
    seconds, outbox = measured["seconds"], measured["outbox"]
    core, most = result["bot_core_share"], max(rates(seconds, "updates"))
    memory = max(one["rss"] for one in seconds)
    depth = max((one["depth"] for one in outbox), default=0)
    return (
        f"{sum(measured['conversations'].values()):,} conversations, {result['updates']:,.0f} updates and"
        f" {result['api_calls']:,} calls in {result['seconds']:.0f} s, {speed:g} times as fast as the hour."
        f" At the most {most:.0f} updates/s. {core:.0%} of a core, so {core / speed:.1%} of one in life."
        f" Memory {seconds[0]['rss'] / 1e6:.0f} MB at eight, {memory / 1e6:.0f} MB at the most."
        f" p50 {result['p50_ms']:.0f} ms, p99 {result['p99_ms']:.0f} ms. The outbox held at the most"
        f" {depth:.0f}. {result['stuck']} conversations stuck, ended by {result['end']}.\n"
    )


def main() -> None:
    """Replays, tells and draws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--speed", type=float, default=15)
    parser.add_argument("--face", default="aiogram", choices=("aiogram", "ptb"))
    parser.add_argument("--estates", type=int, default=50)
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--out", type=Path, default=PICTURE)
    chosen = parser.parse_args()
    if chosen.draw:
        measured = json.loads(chosen.draw.read_text("utf-8"))
    else:
        with Workshop() as workshop:
            measured = replay(workshop, Morning(estates=chosen.estates), chosen.speed, chosen.face)
        RESULTS.write_text(json.dumps(measured), "utf-8")
    sys.stdout.write(_told(measured))
    chosen.out.parent.mkdir(exist_ok=True)
    draw(measured, chosen.out)
    _tell(f"drawn: {chosen.out}")


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
