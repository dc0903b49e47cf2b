"""The picture of a bad Monday: what came, what it took, and how long people waited, over one hour."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.morning import HOUR, WATER_OFF

BLUE, ORANGE, GREY, RED = "#1f5fa8", "#d9781e", "#8a8f98", "#b3261e"
#: when the digests go out, in seconds after eight
DIGESTS: Final = 1800.0
#: seconds of the hour between the labels below
TICKS: Final = 600

Measured = dict[str, Any]
Points = Sequence[dict[str, float]]


def draw(measured: Measured, path: Path) -> None:
    """Five rows over one axis of time, as a PNG."""
    figure = Figure(figsize=(10, 12), layout="constrained", dpi=110)
    rows = figure.subplots(5, 1, sharex=True)
    parts: tuple[Callable[[Axes, Measured], None], ...] = (_traffic, _processor, _latency, _outbox, _memory)
    for axes, part in zip(rows, parts, strict=True):
        part(axes, measured)
        _mark(axes)
    _name_marks(rows[0])
    _hours(rows[-1])
    figure.suptitle(_title(measured), x=0.01, ha="left", fontsize=13)
    figure.savefig(path)


def _title(measured: Measured) -> str:
    about, day = measured["about"], measured["about"]["morning"]
    told = sum(measured["conversations"].values())
    return (
        f"A bad Monday, 8 to 9: {day['estates']} estates of {day['homes']} homes, {told:,} conversations\n"
        f"Steward on {about['face']}, one process, SQLite FULL; {about['speed']:g} times as fast as in life"
    )


def _times(measured: Measured, points: Points, at: str) -> list[float]:
    """When it was, in seconds after eight."""
    return [point[at] * measured["about"]["speed"] for point in points]


def rates(seconds: Points, counter: str) -> list[float]:
    """What happened within each second of the replay, from a counter."""
    return [
        (after[counter] - before[counter]) / (after["t"] - before["t"]) for before, after in pairwise(seconds)
    ]


def _per_second(measured: Measured, counter: str) -> tuple[list[float], list[float]]:
    seconds = measured["seconds"]
    return _times(measured, seconds[1:], "t"), rates(seconds, counter)


def _traffic(axes: Axes, measured: Measured) -> None:
    axes.plot(*_per_second(measured, "calls"), color=ORANGE, label="calls to Telegram")
    axes.plot(*_per_second(measured, "updates"), color=BLUE, label="updates answered")
    _label(axes, "What came", "a second of the replay")


def _processor(axes: Axes, measured: Measured) -> None:
    looks = measured["outbox"]
    cores = [one["cores"] for one in looks]
    axes.plot(_times(measured, looks, "at"), cores, color=GREY, label="the whole machine, driver included")
    axes.plot(*_per_second(measured, "cpu"), color=BLUE, label="the bot")
    axes.set_ylim(0, 2.05)
    _label(axes, "Processor", "cores")


def _latency(axes: Axes, measured: Measured) -> None:
    spoken = [one for one in measured["seconds"] if one["p99"] > 0]
    for figure, color, label in (
        ("p99", ORANGE, "99 of 100, within"),
        ("p50", BLUE, "half, within"),
    ):
        heights = [one[figure] for one in spoken]
        axes.plot(_times(measured, spoken, "t"), heights, color=color, label=label)
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(lambda height, _place: f"{height:g}")
    _label(axes, "From what people say to what they see", "ms")


def _outbox(axes: Axes, measured: Measured) -> None:
    looks = measured["outbox"]
    times = _times(measured, looks, "at")
    axes.plot(times, [one["depth"] for one in looks], color=BLUE, label="mail that waits")
    waiting = [one["waiting"] for one in measured["seconds"]]
    axes.plot(_times(measured, measured["seconds"], "t"), waiting, color=GREY, label="updates in Telegram")
    _label(axes, "Outbox", "pieces")
    age = axes.twinx()
    speed = measured["about"]["speed"]  # the bot counts by its own fast clock
    age.plot(times, [one["age"] / speed for one in looks], color=ORANGE, lw=1)
    age.set_ylim(bottom=0)
    age.set_ylabel("age of the oldest, s", color=ORANGE)
    age.spines["top"].set_visible(False)


def _memory(axes: Axes, measured: Measured) -> None:
    seconds = measured["seconds"]
    axes.plot(_times(measured, seconds, "t"), [one["rss"] / 1e6 for one in seconds], color=BLUE)
    axes.set_ylim(bottom=0)
    _label(axes, "Memory of the process", "MB")


def _label(axes: Axes, title: str, unit: str) -> None:
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold")
    axes.set_ylabel(unit)
    axes.grid(axis="y", color="#e6e8eb")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    if axes.get_yscale() == "linear":
        axes.set_ylim(bottom=0)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9, borderpad=0)


def _mark(axes: Axes) -> None:
    for at in (WATER_OFF, DIGESTS):
        axes.axvline(at, color=RED, lw=0.8, ls=":")


def _name_marks(axes: Axes) -> None:
    for at, words in ((WATER_OFF, " the water is off"), (DIGESTS, " digests")):
        axes.text(at, 0.97, words, color=RED, fontsize=9, va="top", transform=axes.get_xaxis_transform())


def _hours(axes: Axes) -> None:
    axes.set_xlim(0, HOUR)
    ticks = list(range(0, int(HOUR) + 1, TICKS))
    axes.set_xticks(ticks, [f"{8 + at // 3600}:{at % 3600 // 60:02}" for at in ticks])
