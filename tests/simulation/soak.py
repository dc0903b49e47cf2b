"""`make soak`: every combination is killed again and again in the middle of its work; a table at the end.

The seed decides what everybody does, what goes wrong and when the power fails; but the machine decides how
far things have come by then, so that two runs of one seed are alike and not the same.
"""

import argparse
import sys
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from random import randrange

from tests.postgres import Cluster, find_programs
from tests.simulation.plan import ALL, Combination, Report, Size
from tests.simulation.world import simulate

#: 20 cards a minute is all that a group takes, so there are fewer of them where that is heeded
FLOODS = Combination(face="ptb", mode="polling", database="sqlite", floods=True)
FLOODED = 40

COLUMNS = (
    "combination",
    "conversations",
    "updates",
    "kills",
    "confirmed",
    "lost",
    "doubled",
    "repeated in flight",
    "repeated, answer lost",
    "stuck",
    "claims",
    "surveys",
    "seconds",
)


def row(one: Report) -> tuple[object, ...]:
    """A report as the table shows it."""
    stuck = len(one.stuck) + len(one.wrong)
    counted = (one.conversations, one.updates, one.kills, one.confirmed, len(one.lost), len(one.doubled))
    repeated = (one.repeated, one.resent)
    return (one.name, *counted, *repeated, stuck, one.claimed, one.surveys, round(one.seconds))


def table(reports: Iterable[Report]) -> str:
    """All of them, and their sum."""
    rows = [row(one) for one in reports]
    total = ("all", *(sum(int(str(cell)) for cell in column) for column in list(zip(*rows, strict=True))[1:]))
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows, total]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def run(one: Combination, size: Size, seed: str, url: str) -> Report:
    """One combination, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="steward-soak-") as name:
        folder = Path(name)
        try:
            return simulate(folder, url or f"sqlite:///{folder / 'steward.db'}", one, size, seed)
        except Exception:
            report = Report(name=one.name, seed=seed, conversations=size.conversations)
            log = folder / "bot.log"
            tail = log.read_text()[-3000:] if log.exists() else ""
            report.wrong.append(f"{traceback.format_exc()[-2000:]}\n{tail}")
            return report


def main(given: Sequence[str] | None = None) -> int:
    """What `make soak` runs; 1 if anything was lost, doubled or stuck."""
    options = _options().parse_args(given)
    seed = options.seed or f"{randrange(10**6)}"
    print(f"seed {seed}", flush=True)  # noqa: T201
    size = Size(
        conversations=-(-options.conversations // len(ALL)), kills=options.kills, cold=not options.warm
    )
    chosen = [one for one in (*ALL, FLOODS) if options.only in one.name]
    reports: list[Report] = []
    with ExitStack() as stack:
        cluster = stack.enter_context(Cluster(find_programs()))
        pool = stack.enter_context(ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")))
        running = []
        for one in sorted(chosen, key=lambda one: not one.floods):  # the slowest first
            url = cluster.create() if one.database == "postgres" else ""
            smaller = replace(size, conversations=min(FLOODED, size.conversations)) if one.floods else size
            running.append(pool.submit(run, one, smaller, seed, url))
        for done in as_completed(running):
            reports.append(done.result())
            print(reports[-1].explain(), reports[-1].moments, *row(reports[-1])[1:], flush=True)  # noqa: T201
    reports.sort(key=lambda one: one.name)
    print(table(reports))  # noqa: T201
    return 0 if all(one.good for one in reports) else 1


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.soak", description=__doc__)
    parser.add_argument("--seed", default="", help="do it again as it was printed")
    parser.add_argument("--conversations", type=int, default=500, help="over all combinations")
    parser.add_argument("--kills", type=int, default=25, help="for each combination")
    parser.add_argument("--jobs", type=int, default=3, help="combinations at the same time")
    parser.add_argument(
        "--warm", action="store_true", help="fork each bot from one that has loaded everything"
    )
    parser.add_argument("--only", default="", help="a part of the combination's name")
    return parser


if __name__ == "__main__":
    sys.exit(main())
