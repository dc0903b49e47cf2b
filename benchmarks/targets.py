"""What is to be reached, and whether it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.results import Results

#: what the memory of a process can tell of one conversation: it grows by pages, and by what happens meanwhile
NOTICEABLE = 64.0
FULL_AIOGRAM, FULL_PTB = "steward-aiogram-full", "steward-ptb-full"
FEWEST = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target; `reached` is None where it was not measured."""

    what: str
    wanted: str
    seen: str
    reached: bool | None


def verdicts(results: Results) -> Iterator[Verdict]:
    """All of them, in the order of the issue."""
    yield _share(results, FULL_AIOGRAM, "aiogram-memory", 0.6)
    yield _share(results, FULL_PTB, "ptb-memory", 0.8)
    yield _quicker(results, FULL_AIOGRAM, "aiogram-memory")
    yield _quicker(results, FULL_PTB, "ptb-memory")
    for bot in (FULL_AIOGRAM, FULL_PTB):
        what = f"p50 at 90 updates/s, {bot}"
        yield _most(what, results.of("open", bot, "p50_ms"), 2.0, "ms")
    for bot in (FULL_AIOGRAM, FULL_PTB):
        what = f"updates/s at 40 ms of Telegram and 10 residents, {bot}"
        yield _least(what, results.of("slow", bot, "updates_per_s"), 500)
    yield from _core(results)
    for bot in (FULL_AIOGRAM, FULL_PTB):
        what = f"memory of an open conversation, {bot} (told from nothing above {NOTICEABLE:.0f})"
        yield _most(what, results.of("memory", bot, "bytes_each"), NOTICEABLE, "B", wanted="0 B")
    for bot in (FULL_AIOGRAM, FULL_PTB):
        yield _most(f"first update answered, {bot}", results.of("start", bot, "start_s"), 2.0, "s")


def _core(results: Results) -> Iterator[Verdict]:
    few = results.core.get(FEWEST)
    cost = few.together.processor if few else None
    yield _most("core: Said → committed → outbox row", cost, 0.3, "ms")
    many = max(results.core, default=0)
    if few is None or many == FEWEST:
        yield Verdict("cost of an update as requests pile up", "± 10 %", "not measured", None)
        return
    grown = results.core[many].together.processor / few.together.processor - 1
    what = f"cost of an update, {many:,} stored requests against {FEWEST:,}"
    yield Verdict(what, "± 10 %", f"{grown:+.0%}", abs(grown) <= 0.1)


def _share(results: Results, own: str, peer: str, most: float) -> Verdict:
    ours, theirs = (results.of("closed", bot, "cpu_s_per_1000_updates") for bot in (own, peer))
    share = ours / theirs if ours and theirs else None
    return _most(f"processor, {own} against {peer}", share, most, "×")


def _quicker(results: Results, own: str, peer: str) -> Verdict:
    ours, theirs = (results.of("closed", bot, "p99_ms") for bot in (own, peer))
    what = f"p99 under more load than it can take, {own} against {peer}"
    if ours is None or theirs is None:
        return Verdict(what, "below theirs", "not measured", None)
    return Verdict(what, f"< {theirs:.0f} ms", f"{ours:.0f} ms", ours < theirs)


def _most(what: str, seen: float | None, most: float, unit: str, *, wanted: str = "") -> Verdict:
    wanted = wanted or f"≤ {most:g} {unit}"
    if seen is None:
        return Verdict(what, wanted, "not measured", None)
    return Verdict(what, wanted, f"{seen:.2f} {unit}", seen <= most)


def _least(what: str, seen: float | None, least: float) -> Verdict:
    if seen is None:
        return Verdict(what, f"≥ {least:g}", "not measured", None)
    return Verdict(what, f"≥ {least:g}", f"{seen:.0f}", seen >= least)
