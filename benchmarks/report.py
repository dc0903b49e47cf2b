"""The tables that are told, in Markdown, and their place in benchmarks/README.md."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.bots import NAMED, Bot
from benchmarks.results import Results
from benchmarks.targets import verdicts

BEGIN: Final = "<!-- written by make bench ARGS=--write -->"
END: Final = "<!-- end of what make bench writes -->"
NOTHING: Final = "–"


def report(results: Results, about: str) -> str:
    """Everything that was measured."""
    parts = (
        about,
        _table("Targets", ("target", "wanted", "measured", ""), _targets(results)),
        _table(
            "50 residents, each as quick as the bot",
            (
                "bot",
                "CPU-s / 1,000 updates",
                "least–most",
                "against its stock peer",
                "updates/s",
                "p50 ms",
                "p99 ms",
                "calls an update",
            ),
            _closed(results),
        ),
        _table("Each alone", ("bot", *(title for title, _, _ in FIGURES)), _alone(results)),
        _core(results),
        "\n".join(f"- **In doubt**: {doubt}" for doubt in results.doubts),
    )
    return "\n\n".join(part for part in parts if part)


def write_into(path: Path, text: str) -> None:
    """Puts the tables in the place of those that were there."""
    whole = path.read_text("utf-8")
    before, _, rest = whole.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join((f"### {title}", "", f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines))


def _targets(results: Results) -> Iterator[Sequence[str]]:
    for one in verdicts(results):
        if one.reached is not None:
            yield one.what, one.wanted, one.seen, "reached" if one.reached else "**not reached**"


def _closed(results: Results) -> Iterator[Sequence[str]]:
    for bot in results.bots("closed"):
        yield bot.title, *_processor(results, bot), *_traffic(results, bot)


def _processor(results: Results, bot: Bot) -> Iterator[str]:
    figure = "cpu_s_per_1000_updates"
    cost, peer = results.of("closed", bot.name, figure), results.of("closed", bot.peer, figure)
    least, most = results.span("closed", bot.name, figure) or (0.0, 0.0)
    yield _told(cost, 2)
    yield f"{least:.2f}–{most:.2f}"
    yield _told(cost / peer if cost and peer else None, 2)


def _traffic(results: Results, bot: Bot) -> Iterator[str]:
    for figure, digits in (("updates_per_s", 0), ("p50_ms", 1), ("p99_ms", 0), ("api_per_update", 2)):
        yield _told(results.of("closed", bot.name, figure), digits)


#: what is told of the other experiments: title, (experiment, figure, digits), and by how much it is divided
FIGURES: Final = (
    ("p50 ms at 90/s", ("open", "p50_ms", 1), 1),
    ("p99 ms at 90/s", ("open", "p99_ms", 1), 1),
    ("CPU-s / 1,000 at 90/s", ("open", "cpu_s_per_1000_updates", 2), 1),
    ("updates/s, Telegram 40 ms", ("slow", "updates_per_s", 0), 1),
    ("start s", ("start", "start_s", 2), 1),
    ("start CPU-s", ("start", "start_cpu_s", 2), 1),
    ("MB at start", ("start", "start_rss", 0), 1e6),
    ("bytes for each of the first 5,000 open conversations", ("memory", "bytes_each_at_first", 0), 1),
    ("of the next 5,000", ("memory", "bytes_each", 0), 1),
    ("in Redis", ("memory", "redis_bytes_each", 0), 1),
)


def _alone(results: Results) -> Iterator[Sequence[str]]:
    for bot in NAMED.values():
        cells = [_figure(results, bot, *figure, scale) for _, figure, scale in FIGURES]
        if any(cell != NOTHING for cell in cells):
            yield bot.title, *cells


def _figure(results: Results, bot: Bot, experiment: str, figure: str, digits: int, scale: float) -> str:
    seen = results.of(experiment, bot.name, figure)
    return _told(None if seen is None else seen / scale, digits)


def _core(results: Results) -> str:
    heads = ("stored requests", "CPU ms an update", "ms an update", "alone: CPU ms", "alone: ms")
    rows = (
        (
            f"{stored:,}",
            _told(one.together.processor, 3),
            _told(one.together.passed, 3),
            _told(one.alone.processor, 3),
            _told(one.alone.passed, 3),
        )
        for stored, one in sorted(results.core.items())
    )
    return _table("The core: Said → committed → outbox row, no HTTP", heads, rows)


def _told(figure: float | None, digits: int) -> str:
    return NOTHING if figure is None else f"{figure:,.{digits}f}"
