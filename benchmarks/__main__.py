"""Compares Steward with other people's bots: make bench, or python -m benchmarks.

make bench                              everything, some 25 minutes on a quiet machine with two cores
make bench ARGS=--quick                 a look: one round of everything, some 4 minutes
make bench ARGS="--only closed,core"    some of: closed, open, slow, start, memory, core
make bench ARGS="--bots steward-aiogram-full,aiogram-memory"
make bench ARGS=--write                 and puts the tables into benchmarks/README.md
"""

import argparse
import datetime
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import core
from benchmarks.bots import HERE, NAMED, ROOT, Bot
from benchmarks.experiments import EXPERIMENTS, FULL, QUICK, Experiment, Scale
from benchmarks.report import report, write_into
from benchmarks.results import Results
from benchmarks.targets import FEWEST
from benchmarks.trial import Result, TrialFailed, Workshop

RESULTS = ROOT / "build" / "bench.json"


def main() -> int:
    """Measures and tells; whether all that was measured could be."""
    chosen = _arguments()
    scale, parts = QUICK if chosen.quick else FULL, chosen.only.split(",")
    results = Results()
    bots = [NAMED[name] for name in chosen.bots.split(",")] if chosen.bots else list(NAMED.values())
    with Workshop(mode=chosen.mode) as workshop:
        for name in parts:
            if name != "core":
                _carry_out(workshop, name, bots, scale, results)
        workshop.keep = bool(results.doubts)
    if "core" in parts:
        _tell("core")
        stored = (FEWEST, scale.stored)
        results.core = dict(zip(stored, core.compare(stored, max(scale.rounds, 2)), strict=True))
    text = report(results, _about(results, scale))
    sys.stdout.write(f"\n{text}\n")
    results.write(chosen.out, {"machine": _machine(), "quick": chosen.quick})
    if chosen.write:
        write_into(HERE / "README.md", text)
    return int(bool(results.doubts))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default=",".join((*EXPERIMENTS, "core")))
    parser.add_argument("--bots", default="")
    parser.add_argument("--mode", default="webhook", choices=("webhook", "polling"))
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _carry_out(workshop: Workshop, name: str, bots: list[Bot], scale: Scale, results: Results) -> None:
    """The bots take turns in every round, so that a noisy minute falls on all of them."""
    experiment = EXPERIMENTS[name]
    for number in range(experiment.rounds(scale)):
        for bot in _able(experiment, bots):
            try:
                result = experiment.measure(workshop, bot, scale)
            except TrialFailed as failed:
                results.doubts.append(f"{name}, {failed}")
                _tell(f"{name} {number + 1} {failed}")
                continue
            results.add(name, bot, result)
            _tell(f"{name} {number + 1} {bot.name}: {_gist(result)}")


def _able(experiment: Experiment, bots: list[Bot]) -> Iterator[Bot]:
    for bot in experiment.bots:
        if bot in bots:
            if not bot.redis or shutil.which("redis-server"):
                yield bot
            else:
                _tell(f"{bot.name}: not run, redis-server is missing (Debian: apt-get install redis-server)")


def _gist(result: Result) -> str:
    told = (
        "cpu_s_per_1000_updates",
        "updates_per_s",
        "p50_ms",
        "p99_ms",
        "start_s",
        "bytes_each",
        "others_cores",
    )
    warnings = [
        f"{name} {result[name]}" for name in ("stuck", "hook_non200", "redelivered") if result.get(name)
    ]
    end = [f"ended by {result['end']}"] if result.get("end", "done") != "done" else []
    return ", ".join([f"{name} {result[name]:.2f}" for name in told if name in result] + warnings + end)


def _about(results: Results, scale: Scale) -> str:
    """On what it was measured, and how quiet it was there."""
    noise = [
        trial["others_cores"] for trials in results.trials.get("closed", {}).values() for trial in trials
    ]
    heard = f"; all else on the machine used {statistics.median(noise):.2f} of a core" if noise else ""
    return (
        f"Measured {datetime.datetime.now(datetime.UTC).date()} on {_machine()}; "
        f"median of {scale.rounds} alternating rounds, {scale.repeats} of open loop and slow Telegram{heard}."
    )


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
