"""How well free text is understood, by language: `make understand`.

    python -m benchmarks.understanding [--data ../shared/understanding/dev.jsonl] [--part test]

The public data are scored from where they lie, leniently: an answer is right where it is the label or one of
its `_alt`. Rows whose id hashes to an odd number were never looked at by whoever wrote the words; their
scores stand apart. Then follow the sets of `tests/understanding/`, of which `test` is only ever counted.
"""

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from dialogs.understanding.emergencies import recognise
from dialogs.understanding.entities import entities
from dialogs.understanding.hints import hints
from dialogs.understanding.intents import Intent, weigh
from dialogs.understanding.labels import labels
from dialogs.understanding.normalise import fold
from dialogs.understanding.understand import Understood, understand

ROOT: Final = Path(__file__).parents[1]
PUBLIC: Final = ROOT.parent / "shared" / "understanding" / "dev.jsonl"
OWN: Final = ROOT / "tests" / "understanding"
#: what is no request: taken for one, it is a false request
IDLE: Final = frozenset({Intent.CHITCHAT, Intent.OOS})
#: nothing is filed of a question before it is asked again
HARMLESS: Final = IDLE | {Intent.QUESTION}
NOW: Final = datetime.fromisoformat("2026-11-22T10:00")

Row = Mapping[str, Any]


def read(path: Path) -> list[Row]:
    """The rows of a file; none where there is no such file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def right(row: Row, name: str, given: Iterable[str]) -> bool:
    """Whether one of the answers given is the label, or one that is also right."""
    return bool({row[name], *row.get(f"{name}_alt", ())} & set(given))


@dataclass
class Score:
    """What was right of some rows."""

    rows: int = 0
    intent: int = 0
    first: int = 0
    three: int = 0
    idle: int = 0
    false: int = 0
    requests: int = 0
    missed: int = 0
    #: intent wanted → intent understood, where that is wrong
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    confused_kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_intent: dict[str, list[int]] = field(default_factory=dict)

    def take(self, row: Row, understood: Understood) -> None:
        """Counts one row."""
        named = labels(understood)
        well = right(row, "intent", [understood.intent])
        self.rows += 1
        self.intent += well
        self._take_kinds(row, named)
        idle = row["intent"] in IDLE
        self.idle += idle
        self.requests += not idle
        self.false += idle and not well and understood.intent not in HARMLESS
        self.missed += not idle and not well and understood.intent in IDLE
        counts = self.by_intent.setdefault(row["intent"], [0, 0])
        counts[0] += well
        counts[1] += 1
        if not well:
            self.confused[row["intent"], understood.intent.value] += 1

    def _take_kinds(self, row: Row, named: Sequence[str]) -> None:
        if "category" not in row:
            return
        first = right(row, "category", named[:1])
        self.first += first
        self.three += right(row, "category", named[:3])
        if not first:
            self.confused_kinds[row["category"], named[0]] += 1

    def line(self, name: str) -> str:
        """One line of the table."""
        parts = (self.intent / self.rows, self.first / self.rows, self.three / self.rows)
        shown = "".join(f"{part:9.3f}" for part in parts)
        wrong = f"{_share(self.false, self.idle):>9}{_share(self.missed, self.requests):>9}"
        return f"{name:12}{self.rows:6}{shown}{wrong}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def public(rows: Sequence[Row]) -> Iterator[str]:
    """The table of the public data, by language."""
    scores: dict[str, Score] = {}
    for row in rows:
        understood = understand(row["text"], row["lang"])
        for name in (row["lang"], "all", _half(row)):
            scores.setdefault(name, Score()).take(row, understood)
    yield f"{'':12}{'rows':>6}{'intent':>9}{'top 1':>9}{'top 3':>9}{'false':>9}{'missed':>9}"
    for name, score in sorted(scores.items(), key=lambda one: -one[1].rows):
        yield score.line(name)
    if scores:
        yield from _confusions(scores["all"])


def _half(row: Row) -> str:
    digest = hashlib.md5(row["id"].encode(), usedforsecurity=False).hexdigest()
    return "never read" if int(digest, 16) % 2 else "read"


def _confusions(score: Score) -> Iterator[str]:
    yield "intents most often confused: " + _pairs(score.confused)
    yield "categories most often confused: " + _pairs(score.confused_kinds)


def _pairs(counts: Counter[tuple[str, str]]) -> str:
    return ", ".join(f"{wanted} → {given} {count}" for (wanted, given), count in counts.most_common(12))


def own(part: str) -> Iterator[str]:
    """The own sets: intents, what visitors say of themselves, first messages, times."""
    for name in ("intents", "one_tap"):
        rows, score = read(OWN / f"{name}.{part}.jsonl"), Score()
        by_language: dict[str, Score] = {}
        for row in rows:
            understood = understand(row["text"], row["lang"])
            score.take(row, understood)
            by_language.setdefault(row["lang"], Score()).take(row, understood)
        counts = score.by_intent.items()
        yield f"{name}: " + "  ".join(f"{intent} {_share(well, of)} of {of}" for intent, (well, of) in counts)
        found = by_language.items()
        yield "    " + "  ".join(f"{lang} {_share(one.intent, one.rows)}" for lang, one in sorted(found))
        yield "    most often confused: " + _pairs(score.confused)
        if name == "one_tap":
            yield from _kinds(rows)
    yield from _times(read(OWN / f"dates.{part}.jsonl"))
    yield from _named(read(OWN / f"intents.{part}.jsonl"))


def _kinds(rows: Sequence[Row]) -> Iterator[str]:
    """How often one of the right kinds is proposed first, and among three."""
    known = [(row, list(understand(row["text"], row["lang"]).kinds)) for row in rows if row.get("kinds")]
    first = sum(bool(set(found[:1]) & set(row["kinds"])) for row, found in known)
    three = sum(bool(set(found[:3]) & set(row["kinds"])) for row, found in known)
    yield f"    kinds: first {_share(first, len(known))}, among three {_share(three, len(known))}"


def _times(rows: Sequence[Row]) -> Iterator[str]:
    counts: dict[str, list[int]] = {}
    for row in rows:
        count = counts.setdefault(row["lang"], [0, 0])
        count[0] += _timely(row, row)
        count[1] += 1
    well, of = (sum(count[at] for count in counts.values()) for at in (0, 1))
    shown = "  ".join(f"{lang} {_share(*count)}" for lang, count in sorted(counts.items()))
    yield f"dates: {_share(well, of)} of {of}: {shown}"


def _timely(row: Row, gold: Row) -> bool:
    found = entities(row["text"], datetime.fromisoformat(row["now"]))
    given = [one.isoformat() if one else None for one in (found.start, found.end)]
    return given in [[gold["start"], gold["end"]], *map(list, gold.get("alt") or ())]


def _named(rows: Sequence[Row]) -> Iterator[str]:
    """What visitors say of themselves."""
    counts: Counter[str] = Counter()
    visits = [row for row in rows if row.get("entities")]
    for row in visits:
        gold, found = row["entities"], entities(row["text"], datetime.fromisoformat(row["now"]))
        counts["plate"] += _bare(found.plate) == _bare(gold.get("plate") or "")
        counts["guests"] += (found.guests or 1) == (gold.get("guests") or 1)
        counts["phone"] += _bare(found.phone)[-9:] == _bare(gold.get("phone") or "")[-9:]
        counts["home"] += _bare(found.home) == _bare(gold.get("home") or "")
        counts["time"] += _timely(row, gold)
    shown = "  ".join(f"{name} {_share(well, len(visits))}" for name, well in counts.items())
    yield f"visitors, {len(visits)}: {shown}"


def _bare(written: str) -> str:
    return "".join(sign for sign in fold(written) if sign.isalnum())


STAGES: Mapping[str, Callable[[Row], object]] = {
    "fold": lambda row: fold(row["text"]),
    "danger": lambda row: recognise(row["text"]),
    "hints": lambda row: hints.__wrapped__(row["text"], row["lang"]),
    "intents": lambda row: weigh(hints(row["text"], row["lang"])),
    "entities": lambda row: entities(row["text"], NOW),
    "all": lambda row: (understand.__wrapped__(row["text"], row["lang"]), entities(row["text"], NOW)),
}


def stages(rows: Sequence[Row]) -> Iterator[str]:
    """Processor time by stage in microseconds, each message for the first time: the median, and 95 of 100."""
    for name, act in STAGES.items():
        spent = []
        for row in rows:
            begun = time.process_time()
            act(row)
            spent.append((time.process_time() - begun) * 1e6)
        cuts = statistics.quantiles(spent, n=20)
        yield f"{name:10} median {statistics.median(spent):7.0f} µs   p95 {cuts[-1]:7.0f} µs"


def main() -> None:
    """Prints the tables."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--data", type=Path, default=PUBLIC, help="public data to measure on")
    words.add_argument("--part", default="test", choices=["dev", "test"], help="which part of the own sets")
    asked = words.parse_args()
    rows = read(asked.data)
    if not rows:
        sys.stdout.write(f"{asked.data} is not there: only the own sets are measured\n")
    understand("warm up", "en")
    for line in (*stages(rows or read(OWN / "intents.test.jsonl")), "", *public(rows), "", *own(asked.part)):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
