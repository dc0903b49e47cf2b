"""How well free text is understood, by language: `make understand`.

    python -m benchmarks.understanding [--data ../shared/understanding/dev.jsonl] [--part test]

The public data are scored from where they lie, leniently: an answer is right where it is the label or one of
its `_alt`. Rows whose id hashes to an odd number were never looked at by whoever wrote the words; their
scores stand apart. Then follow the sets of `tests/understanding/`, of which `test` is only ever counted.
"""

import argparse
import hashlib
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from dialogs.understanding.emergencies import recognise
from dialogs.understanding.entities import entities
from dialogs.understanding.hints import hints
from dialogs.understanding.intents import Intent, weigh
from dialogs.understanding.labels import labels
from dialogs.understanding.normalise import fold
from dialogs.understanding.understand import Understood, understand
from tests.understanding import named
from tests.understanding.sets import PARTS, Sentence, lines, sentences

PUBLIC: Final = Path(__file__).parents[2] / "shared" / "understanding" / "dev.jsonl"
#: what is no request: taken for one, it is a false request
IDLE: Final = frozenset({Intent.CHITCHAT, Intent.OOS})
#: nothing is filed of a question before it is asked again
HARMLESS: Final = IDLE | {Intent.QUESTION}
NOW: Final = datetime.fromisoformat("2026-11-22T10:00")


class Labelled(Sentence, frozen=True, kw_only=True):
    """A sentence of the public data; "" where it has no category."""

    id: str = ""
    category: str = ""
    category_alt: tuple[str, ...] = ()

    @property
    def categories(self) -> frozenset[str]:
        """All that are right."""
        return frozenset({self.category, *self.category_alt})

    @property
    def half(self) -> str:
        """Whether whoever wrote the words may have read it."""
        digest = hashlib.md5(self.id.encode(), usedforsecurity=False).hexdigest()
        return "never read" if int(digest, 16) % 2 else "read"


def read(path: Path) -> list[Labelled]:
    """The rows of a file; none where there is no such file."""
    return lines(path, Labelled) if path.exists() else []


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

    def take(self, row: Sentence, understood: Understood) -> None:
        """Counts one row."""
        well = understood.intent in row.intents
        self.rows += 1
        self.intent += well
        idle = row.intent in IDLE
        self.idle += idle
        self.requests += not idle
        self.false += idle and not well and understood.intent not in HARMLESS
        self.missed += not idle and not well and understood.intent in IDLE
        counts = self.by_intent.setdefault(row.intent, [0, 0])
        counts[0] += well
        counts[1] += 1
        if not well:
            self.confused[row.intent, understood.intent.value] += 1

    def take_category(self, row: Labelled, understood: Understood) -> None:
        """Counts what it was about."""
        named = labels(understood)
        first = named[0] in row.categories
        self.first += first
        self.three += not row.categories.isdisjoint(named[:3])
        if not first:
            self.confused_kinds[row.category, named[0]] += 1

    def line(self, name: str) -> str:
        """One line of the table."""
        parts = (self.intent / self.rows, self.first / self.rows, self.three / self.rows)
        shown = "".join(f"{part:9.3f}" for part in parts)
        wrong = f"{_share(self.false, self.idle):>9}{_share(self.missed, self.requests):>9}"
        return f"{name:12}{self.rows:6}{shown}{wrong}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def public(rows: Sequence[Labelled]) -> Iterator[str]:
    """The table of the public data, by language."""
    scores: dict[str, Score] = {}
    for row in rows:
        understood = understand(row.text, row.lang)
        for name in (row.lang, "all", row.half):
            score = scores.setdefault(name, Score())
            score.take(row, understood)
            score.take_category(row, understood)
    yield f"{'':12}{'rows':>6}{'intent':>9}{'top 1':>9}{'top 3':>9}{'false':>9}{'missed':>9}"
    for name, score in sorted(scores.items(), key=lambda one: -one[1].rows):
        yield score.line(name)
    if scores:
        yield from _confusions(scores["all"])


def _confusions(score: Score) -> Iterator[str]:
    yield "intents most often confused: " + _pairs(score.confused)
    yield "categories most often confused: " + _pairs(score.confused_kinds)


def _pairs(counts: Counter[tuple[str, str]]) -> str:
    return ", ".join(f"{wanted} → {given} {count}" for (wanted, given), count in counts.most_common(12))


def own(part: str) -> Iterator[str]:
    """The own sets: intents, first messages, times, what visitors say of themselves."""
    for name in ("intents", "one_tap"):
        yield from _intents(name, sentences(name, part))
    yield from _kinds(sentences("one_tap", part))
    yield _found("dates", named.dates(part))
    yield _found("visitors", named.visitors(part))


def _intents(name: str, rows: Sequence[Sentence]) -> Iterator[str]:
    score, by_language = Score(), defaultdict[str, Score](Score)
    for row in rows:
        understood = understand(row.text, row.lang)
        score.take(row, understood)
        by_language[row.lang].take(row, understood)
    counts, found = score.by_intent.items(), sorted(by_language.items())
    yield f"{name}: " + "  ".join(f"{intent} {_share(well, of)} of {of}" for intent, (well, of) in counts)
    yield "    " + "  ".join(f"{lang} {_share(one.intent, one.rows)}" for lang, one in found)
    yield "    most often confused: " + _pairs(score.confused)


def _kinds(rows: Sequence[Sentence]) -> Iterator[str]:
    """How often one of the right kinds is proposed first, and among three."""
    known = [(set(row.kinds), list(understand(row.text, row.lang).kinds)) for row in rows if row.kinds]
    first, three = (sum(not kinds.isdisjoint(found[:most]) for kinds, found in known) for most in (1, 3))
    yield f"kinds: first {_share(first, len(known))}, among three {_share(three, len(known))}"


def _found(title: str, score: named.Score) -> str:
    shown = "  ".join(f"{name} {_share(score.right.get(name, 0), of)}" for name, of in score.all.items())
    return f"{title}: {100 * score.total:.1f} % of {sum(score.all.values())}: {shown}"


STAGES: Mapping[str, Callable[[Sentence], object]] = {
    "fold": lambda row: fold(row.text),
    "danger": lambda row: recognise(row.text),
    "hints": lambda row: hints.__wrapped__(row.text, row.lang),
    "intents": lambda row: weigh(hints(row.text, row.lang)),
    "entities": lambda row: entities(row.text, NOW),
    "all": lambda row: (understand.__wrapped__(row.text, row.lang), entities(row.text, NOW)),
}


def stages(rows: Sequence[Sentence]) -> Iterator[str]:
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
    words.add_argument("--part", default="test", choices=PARTS, help="which part of the own sets")
    asked = words.parse_args()
    rows = read(asked.data)
    if not rows:
        sys.stdout.write(f"{asked.data} is not there: only the own sets are measured\n")
    understand("warm up", "en")
    for line in (*stages(rows or sentences("intents", "test")), "", *public(rows), "", *own(asked.part)):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
