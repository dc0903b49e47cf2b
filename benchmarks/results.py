"""What was measured: every trial as it came, and the medians that are told."""

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.bots import BOTS, Bot
from benchmarks.core import Cost, Figures
from benchmarks.trial import Result


@dataclass
class Results:
    """All trials of one run, by experiment and bot."""

    trials: dict[str, dict[str, list[Result]]] = field(default_factory=dict)
    #: trials without a result, and those with conversations that got stuck or did not end in time
    doubts: list[str] = field(default_factory=list)
    #: by the number of stored requests
    core: dict[int, Figures] = field(default_factory=dict)

    def add(self, experiment: str, bot: Bot, result: Result) -> None:
        """One more trial."""
        self.trials.setdefault(experiment, {}).setdefault(bot.name, []).append(result)
        stuck, end = result.get("stuck", 0), result.get("end", "done")
        if stuck or end != "done":
            self.doubts.append(f"{experiment}, {bot.name}: {stuck} conversations stuck, ended by {end}")

    def bots(self, experiment: str) -> list[Bot]:
        """Those that were measured in it, in the order they are told."""
        return [bot for bot in BOTS if bot.name in self.trials.get(experiment, {})]

    def of(self, experiment: str, bot: str, figure: str) -> float | None:
        """A figure's median; None where it was not measured."""
        return self._over(statistics.median, experiment, bot, figure)

    def span(self, experiment: str, bot: str, figure: str) -> tuple[float, float] | None:
        """A figure's least and greatest."""
        least = self._over(min, experiment, bot, figure)
        most = self._over(max, experiment, bot, figure)
        return None if least is None or most is None else (least, most)

    def _over(
        self, reduce: Callable[[list[float]], float], experiment: str, bot: str, figure: str
    ) -> float | None:
        trials = self.trials.get(experiment, {}).get(bot)
        return reduce([float(trial[figure]) for trial in trials]) if trials else None

    def write(self, path: Path, about: dict[str, Any]) -> None:
        """Everything as JSON."""
        core = {
            stored: {"together": _cost(one.together), "alone": _cost(one.alone)}
            for stored, one in self.core.items()
        }
        whole = {"about": about, "doubts": self.doubts, "trials": self.trials, "core_ms": core}
        path.write_text(json.dumps(whole, indent=1), "utf-8")


def _cost(cost: Cost) -> dict[str, float]:
    return {"processor": cost.processor, "passed": cost.passed}
