"""How many messages and taps from the first word to the number: `python -m tests.understanding.one_tap`.

Every first message of the set is said by a resident with one home, at a desk with all kinds. Whoever then
taps knows what was meant, as residents do: the right kind where it is offered, Send where the order is
right, another way out of the review where it is not. Who finds none has failed, and counts as having taken
more than anybody's patience.
"""

import argparse
import statistics
import sys
from collections import Counter as Count
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desk.records import Priority, Queue, Request, Type
from desk.taxonomy import Group, groups, kinds, type_of
from locales.text import Text
from locales.words import words
from storage.memory import MemoryDatabase
from tests.bot.counter import Counter, Guest
from tests.understanding.sets import PARTS, Sentence, sentences

#: who has not got there by then gives up, and begins again with a command
PATIENCE: Final = 9
#: what is tapped where nothing speaks for anything else, in this order
USUAL: Final = ("~done", "once", "different", "no", "soon", "none", "family", "any", "~skip", "1", "2")


@dataclass(frozen=True, slots=True)
class Way:
    """How one sentence went."""

    row: Sentence
    actions: int
    #: whether it came to what was meant
    well: bool


def walk(row: Sentence) -> Way:
    """Says one sentence to a new desk, and taps on until it has a number or an answer."""
    desk = Counter(MemoryDatabase())
    with desk.store.write() as work:
        work.estates.save_queue(_everything(desk))
    lin = desk.resident(language=_LANGUAGES.get(row.lang, row.lang))
    if row.intent == "status":
        lin.files()
        lin.news()
    lin.says(row.text)
    return _taps_on(desk, lin, row)


def _everything(desk: Counter) -> Queue:
    """A queue for all that the other two are not for."""
    codes = tuple(group.code for group in groups() if group.code not in ("plumbing", "electrical"))
    return Queue(estate_id=desk.estate.id, code="all", title={"en": "All"}, kinds=codes)


_LANGUAGES: Final[Mapping[str, str]] = {"zh": "zh_CN", "zh-TW": "zh_TW", "pt": "pt_BR"}


def _taps_on(desk: Counter, lin: Guest, row: Sentence) -> Way:
    actions = 1
    while actions <= PATIENCE:
        filed = _filed(desk, lin)
        if filed is not None:
            return _end(row, actions, well=_fits(row, filed.kind, filed.type, filed.priority))
        if _visits(desk, lin):
            return _end(row, actions, well="visitor" in row.intents)
        run = desk.read(lambda work: work.runs.open(lin.id))
        if run is None:
            return _end(row, actions, well=_answered(lin, row))
        key = _next(lin, row, run.script)
        if key is None:
            break
        lin.sends(key)
        actions += 1
    return _end(row, actions, well=False)


def _end(row: Sentence, actions: int, *, well: bool) -> Way:
    return Way(row, actions if well else PATIENCE + 1, well)


def _fits(row: Sentence, kind: str, type: Type, priority: Priority) -> bool:
    """Whether what was filed is what was meant."""
    if kind in row.kinds:
        return True
    if priority is Priority.EMERGENCY and "emergency" in row.intents:
        return True
    meant = row.intents - ({"repair", "complaint"} if row.kinds else set())
    return _TYPES.get(type, type.value) in meant


#: what people want whose requests are of these types
_TYPES: Final = {Type.FEES: "fee"}


def _filed(desk: Counter, lin: Guest) -> Request | None:
    """The request that the words led to; the one of a status was there before."""
    found = desk.read(lambda work: work.requests.of_resident(lin.id))
    fresh = [one for one in found if one.problem != "The tap is leaking"]
    return fresh[0] if fresh else None


def _visits(desk: Counter, lin: Guest) -> bool:
    return bool(desk.read(lambda work: work.visitors.of_host(lin.id, limit=1)))


def _answered(lin: Guest, row: Sentence) -> bool:
    """Whether a page answers what is only asked."""
    keys = _keys(lin)
    shows_requests = any(data.startswith(("p:request", "r:")) for data in keys)
    shows_fees = any(data.startswith(("p:fee", "p:tariffs", "f:")) for data in keys)
    accepted = row.intents
    return ("status" in accepted and shows_requests) or ("fee" in accepted and shows_fees)


def _keys(lin: Guest) -> list[str]:
    return [data for line in lin.last().rows for _label, data in line]


def _next(lin: Guest, row: Sentence, script: str) -> str | None:
    """The button that somebody taps who knows what they want; None where there is none."""
    by_key = {data.rpartition(":")[2]: data for data in _keys(lin)}
    if "~send" in by_key and _right(lin, row, script):
        return by_key["~send"]
    for key in (*_wished(row), "=instead=else", "else"):
        if key in by_key:
            return by_key[key]
    return _usual(lin, by_key)


def _right(lin: Guest, row: Sentence, script: str) -> bool:
    """Whether the order that is read back is what was meant."""
    if row.kinds and script in ("repair", "complaint"):
        return any(_shows(lin, kind) for kind in row.kinds)
    if script == "repair" and "fee" in row.intents:
        return any(_shows(lin, code) for code, kind in kinds().items() if type_of(kind) is Type.FEES)
    return script in row.intents


def _shows(lin: Guest, kind: str) -> bool:
    """Whether the review names the kind, in the reader's language."""
    person = lin.counter.read(lambda work: work.people.get(lin.id))
    title = words(person.language or "en", "UTC").plain(Text(kinds()[kind].title))
    return any(line.endswith(title) for line in lin.last().text.splitlines()[1:])


def _wished(row: Sentence) -> Iterator[str]:
    """The keys of what was meant, the most exact first."""
    for kind in row.kinds:
        yield from (kind, f"kind/{kind}", f"=instead={kind}")
    around = [one.code for one in groups() for kind in row.kinds if kind in _codes(one)]
    for group in (*around, *(["billing"] if "fee" in row.intents else [])):
        yield from (group, f"group/{group}", f"=instead=group/{group}")
    for intent in (row.intent, *row.intent_alt):
        yield from (intent, f"=instead={intent}")


def _codes(group: Group) -> frozenset[str]:
    return frozenset(kind.code for kind in group.kinds)


def _usual(lin: Guest, by_key: Mapping[str, str]) -> str | None:
    """What nobody has to know anything for: a day and an hour are as good as any others."""
    if lin.last().asks("kind") or lin.last().asks("what") or "~send" in by_key:
        return None
    for key in USUAL:
        if key in by_key:
            return by_key[key]
    moments = [key for key in by_key if not key.startswith("~") and key != "now"]
    return by_key[moments[-1]] if moments else None


def table(ways: Sequence[Way]) -> Iterator[str]:
    """What came of it, in all, by language and by what was wanted."""
    yield _line("all", ways)
    for name in ("lang", "intent"):
        for value in sorted({getattr(way.row, name) for way in ways}):
            yield _line(value, [way for way in ways if getattr(way.row, name) == value])


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
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", default="test", choices=PARTS)
    asked = options.parse_args()
    ways = [walk(row) for row in sentences("one_tap", asked.part)]
    for line in table(ways):
        sys.stdout.write(f"{line}\n")
    for way in ways if asked.part == "dev" else ():
        if way.actions > 4 or not way.well:
            row = way.row
            told = (way.actions, row.lang, row.intent, row.kinds, row.text)
            sys.stdout.write(f"{' '.join(map(str, told))}\n")


if __name__ == "__main__":
    main()
