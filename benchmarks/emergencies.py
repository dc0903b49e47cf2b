"""How many emergencies are heard, and how many false alarms ring: python -m benchmarks.emergencies.

Only counts are printed, so that nobody writes a rule for a sentence of the test set by mistake. What fails
in `dev` may be looked at: python -m benchmarks.emergencies dev --failures.
"""

import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dialogs.understanding.emergencies import recognise
from dialogs.understanding.intents import Intent
from tests.understanding.sets import PARTS, Sentence, sentences

#: rows that are no emergencies are harmless sentences, too
ALSO_HARMLESS = ("intents", "one_tap")
#: a cry for help that does not say what is the matter; `desk.emergencies` calls it other
OTHER = "other"


@dataclass(slots=True)
class Counts:
    """What was found in one language."""

    dangers: int = 0
    heard: int = 0
    #: heard as the danger it is
    named: int = 0
    harmless: int = 0
    false: int = 0


@dataclass(slots=True)
class Score:
    """All that was counted; `failures` only for the set that may be looked at."""

    by_language: dict[str, Counts] = field(default_factory=dict)
    failures: list[tuple[Sentence, str | None]] = field(default_factory=list)
    #: µs a message, the first time it is read
    p50: float = 0
    p95: float = 0

    @property
    def total(self) -> Counts:
        """All languages together."""
        sums: Counter[str] = Counter()
        for counts in self.by_language.values():
            sums.update({name: getattr(counts, name) for name in Counts.__slots__})
        return Counts(**sums)

    @property
    def recall(self) -> float:
        """The share of emergencies that were heard."""
        return self.total.heard / max(self.total.dangers, 1)

    @property
    def false_alarms(self) -> float:
        """The share of harmless sentences that rang."""
        return self.total.false / max(self.total.harmless, 1)


def score(part: str) -> Score:
    """Reads every sentence of one part, `dev` or `test`."""
    found, taken = Score(), []
    recognise("warm")
    for row in rows(part):
        began = time.perf_counter()
        danger = recognise(row.text)
        taken.append((time.perf_counter() - began) * 1e6)
        _count(found.by_language.setdefault(row.lang, Counts()), row, danger)
        if bool(row.dangers) != bool(danger) and part == "dev":
            found.failures.append((row, danger))
    found.p50, found.p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return found


def rows(part: str) -> Iterator[Sentence]:
    """Emergencies and what is like them, and the harmless rows of the other sets."""
    yield from sentences("emergencies", part)
    for name in ALSO_HARMLESS:
        yield from (one for one in sentences(name, part) if Intent.EMERGENCY not in one.intents)


def _count(counts: Counts, row: Sentence, danger: str | None) -> None:
    if row.dangers:
        counts.dangers += 1
        counts.heard += danger is not None
        counts.named += danger in row.dangers or (danger == "help" and OTHER in row.dangers)
    else:
        counts.harmless += 1
        counts.false += danger is not None


def table(found: Score) -> Iterable[str]:
    """A line for each language, and one for all."""
    yield f"{'':6} {'heard':>9} {'rightly named':>14} {'false alarms':>14}"
    for lang, one in [*sorted(found.by_language.items()), ("all", found.total)]:
        heard, named = f"{one.heard}/{one.dangers}", f"{one.named}/{one.dangers}"
        yield f"{lang:6} {heard:>9} {named:>14} {f'{one.false}/{one.harmless}':>14}"
    yield f"recall {found.recall:.3f}, false alarms {found.false_alarms:.2%}"
    yield f"µs a message: median {found.p50:.0f}, p95 {found.p95:.0f}"


def main() -> None:
    """Tells the table of each part asked for."""
    for part in [name for name in sys.argv[1:] if name in PARTS] or PARTS:
        found = score(part)
        lines = [f"# {part}", *table(found), *(failures(found) if "--failures" in sys.argv else ())]
        sys.stdout.write("\n".join(lines) + "\n")


def failures(found: Score) -> Iterator[str]:
    """What was missed or rang for nothing, in the set that may be looked at."""
    for row, danger in found.failures:
        yield f"{row.lang:6} {'/'.join(sorted(row.dangers)) or '-':16} {danger or '-':9} {row.text}"


if __name__ == "__main__":
    main()
