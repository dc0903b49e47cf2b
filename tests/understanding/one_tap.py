"""How many messages and taps from the first word to the number: `python -m tests.understanding.one_tap`.

Every first message of the set is said by a resident with one home, at a desk with all kinds. Whoever then
taps knows what was meant, as residents do: the right kind where it is offered, Send where the order is
right. Of what was understood wrongly it counts what putting it right would take.
"""

import argparse
import json
import statistics
import sys
from collections import Counter as Count
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desk.records import Queue, Request
from desk.taxonomy import groups
from storage.memory import MemoryDatabase
from tests.bot.counter import Counter, Guest

HERE: Final = Path(__file__).parent
#: who has not got there by then gives up, and begins again with a command
PATIENCE: Final = 9
#: a wrong kind in the order: Change, Kind, and the right one
PUT_RIGHT: Final = 3
#: what is tapped where nothing speaks for anything else, in this order
USUAL: Final = (
    "~send",
    "~done",
    "once",
    "different",
    "no",
    "soon",
    "none",
    "family",
    "any",
    "~skip",
    "0",
    "1",
    "2",
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """How one sentence went."""

    row: Row
    actions: int
    #: whether it came to what was meant
    well: bool


def rows(part: str) -> list[Row]:
    """The sentences of a part."""
    return [json.loads(line) for line in (HERE / f"one_tap.{part}.jsonl").read_text("utf-8").splitlines()]


def walk(row: Row) -> Way:
    """Says one sentence to a new desk, and taps on until it has a number or an answer."""
    desk = Counter(MemoryDatabase())
    with desk.store.write() as work:
        work.estates.save_queue(_everything(desk))
    lin = desk.resident(language=_LANGUAGES.get(row["lang"], row["lang"]))
    if row["intent"] == "status":
        lin.files()
        lin.news()
    lin.says(row["text"])
    return _taps_on(desk, lin, row)


def _everything(desk: Counter) -> Queue:
    """A queue for all that the other two are not for."""
    codes = tuple(group.code for group in groups() if group.code not in ("plumbing", "electrical"))
    return Queue(estate_id=desk.estate.id, code="all", title={"en": "All"}, kinds=codes)


_LANGUAGES: Final = {"zh": "zh_CN", "zh-TW": "zh_TW", "pt": "pt_BR"}


def _taps_on(desk: Counter, lin: Guest, row: Row) -> Way:
    actions = 1
    while actions <= PATIENCE:
        filed = _filed(desk, lin)
        if filed is not None:
            return _of(row, actions, filed)
        if (row["intent"] == "visitor" and _visits(desk, lin)) or _answered(lin, row):
            return Way(row, actions, well=True)
        key = _next(lin, row)
        if key is None:
            break
        lin.sends(key)
        actions += 1
    return Way(row, PATIENCE + 1, well=False)


def _of(row: Row, actions: int, filed: Request) -> Way:
    wanted = row.get("kinds") or []
    well = (
        filed.kind in wanted if wanted else filed.kind.startswith(row["intent"][:6]) or row["intent"] in _ANY
    )
    return Way(row, actions if well else actions + PUT_RIGHT, well)


#: a request about it is right, whatever its kind
_ANY: Final = frozenset({"emergency", "question", "fee"})


def _filed(desk: Counter, lin: Guest) -> Request | None:
    """The request that the words led to; the one of a status was there before."""
    found = desk.read(lambda work: work.requests.of_resident(lin.id))
    fresh = [one for one in found if one.problem != "The tap is leaking"]
    return fresh[0] if fresh else None


def _visits(desk: Counter, lin: Guest) -> bool:
    return bool(desk.read(lambda work: work.visitors.of_host(lin.id, limit=1)))


def _answered(lin: Guest, row: Row) -> bool:
    """Whether a page answers what is only asked."""
    shown = lin.last()
    keys = [data for line in shown.rows for _label, data in line]
    if row["intent"] == "status":
        return any(data.startswith(("p:request", "r:")) for data in keys)
    if row["intent"] == "fee":
        return "fee" in {*row.get("intent_alt", ()), row["intent"]} and not _asks(lin)
    return False


def _asks(lin: Guest) -> bool:
    return any(data.endswith(":~cancel") for line in lin.last().rows for _label, data in line)


def _next(lin: Guest, row: Row) -> str | None:
    """The button that somebody taps who knows what they want."""
    data = [data for line in lin.last().rows for _label, data in line]
    by_key = {one.rpartition(":")[2]: one for one in data}
    for kind in row.get("kinds") or ():
        for key in (kind, f"kind/{kind}"):
            if key in by_key:
                return by_key[key]
    group = next(
        (one.code for one in groups() for kind in one.kinds if kind.code in (row.get("kinds") or ())), ""
    )
    for key in (group, "else", row["intent"], *USUAL):
        if key in by_key:
            return by_key[key]
    moments = [key for key in by_key if not key.startswith("~")]
    return by_key[moments[0]] if moments else None


def table(ways: Sequence[Way]) -> Iterator[str]:
    """What came of it, in all, by language and by what was wanted."""
    yield _line("all", ways)
    for name in ("lang", "intent"):
        for value in sorted({way.row[name] for way in ways}):
            yield _line(value, [way for way in ways if way.row[name] == value])


def _line(name: str, ways: Sequence[Way]) -> str:
    counts = [way.actions for way in ways]
    few = Count(min(one, PATIENCE + 1) for one in counts)
    within = sum(one <= 4 for one in counts) / len(counts)
    well = sum(way.well for way in ways) / len(ways)
    shown = "  ".join(f"{number}: {few[number]}" for number in sorted(few))
    return (
        f"{name:11}{len(ways):5}   median {statistics.median(counts):.0f}   "
        f"within 4 {within:.1%}   right {well:.1%}   {shown}"
    )


def main() -> None:
    """Prints the table; of the part for developing, what went wrong too."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--part", default="test", choices=["dev", "test"])
    asked = words.parse_args()
    ways = [walk(row) for row in rows(asked.part)]
    for line in table(ways):
        sys.stdout.write(f"{line}\n")
    for way in ways if asked.part == "dev" else ():
        if way.actions > 4 or not way.well:
            row = way.row
            told = (way.actions, row["lang"], row["intent"], row.get("kinds"), row["text"])
            sys.stdout.write(f"{' '.join(map(str, told))}\n")


if __name__ == "__main__":
    main()
