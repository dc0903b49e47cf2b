"""What somebody does, as one line of a transcript: written for people, and read back to be played again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

#: in which way a button is tapped, after its label
TWICE, OLD, GROUP = "twice", "an old button", "in the staff group"
#: what befalls somebody instead of being said
BLOCKS, OPENS = "blocks Steward", "opens Steward again"
#: by how much more time passes than is said, since nothing is done in no time
MOMENT: Final = timedelta(seconds=5)
RESTART: Final = "Steward is restarted"
_EVENT: Final = re.compile(r"— (.+) —")
_PASSES: Final = re.compile(r"(\d+) (minute|hour|day)s? pass(?:es)?")
_TAPPED: Final = re.compile(rf"(\[.+\])(?: \(({TWICE}|{OLD}|{GROUP})\))?")
_LINE: Final = re.compile(r"(\w+): (.+)")
_BETWEEN: Final = " · "


@dataclass(frozen=True)
class Act:
    """`who` says words, taps a `[label]`, sends a `(thing)`; without a `who` something happens by itself."""

    who: str
    what: str
    how: str = ""

    @property
    def label(self) -> str:
        """The label of the button that is tapped; "" if none is."""
        found = _TAPPED.fullmatch(self.what)
        return found[1][1:-1] if found else ""

    @property
    def thing(self) -> str:
        """What is sent that is no words; "" if it is words."""
        return self.what[1:-1] if re.fullmatch(r"\(.+\)", self.what) else ""

    @property
    def item(self) -> str:
        """How it reads where it is plain who does it."""
        return f"{self.what} ({self.how})" if self.how else self.what

    @property
    def line(self) -> str:
        """How it reads on a line of its own."""
        if self.what in (BLOCKS, OPENS):
            return f"— {self.who} {self.what} —"
        return f"{self.who}: {self.item}" if self.who else f"— {self.what} —"

    @property
    def passes(self) -> timedelta:
        """How much time passes by itself: so much, and a moment more."""
        found = _PASSES.fullmatch(self.what) if not self.who else None
        return timedelta(**{f"{found[2]}s": int(found[1])}) + MOMENT if found else timedelta()


def does(who: str, item: str) -> Act:
    """What somebody does, from how it reads."""
    found = _TAPPED.fullmatch(item)
    return Act(who, found[1], found[2] or "") if found else Act(who, item)


def read(line: str) -> Act | None:
    """The act of a line of its own; None if the line is something else."""
    if happened := _EVENT.fullmatch(line):
        who, _, what = happened[1].partition(" ")
        return Act(who, what) if what in (BLOCKS, OPENS) else Act("", happened[1])
    found = _LINE.fullmatch(line)
    return does(found[1], found[2]) if found else None


def together(acts: Iterable[Act], usual: str) -> str:
    """Several acts in one line; who does them is said only where it is not the usual person."""
    return _BETWEEN.join(
        act.item if act.who == usual and act.what not in (BLOCKS, OPENS) else act.line for act in acts
    )


def apart(line: str, usual: str) -> tuple[Act, ...]:
    """Reads such a line back."""
    return tuple(_one(item, usual) for item in _items(line))


def _items(line: str) -> Iterator[str]:
    """The items of a line; what stands within brackets belongs together."""
    begun = ""
    for piece in line.split(_BETWEEN):
        begun = f"{begun}{_BETWEEN}{piece}" if begun else piece
        if begun.count("[") == begun.count("]"):
            yield begun
            begun = ""
    if begun:
        yield begun


def _one(item: str, usual: str) -> Act:
    named = read(item) if item.startswith("— ") or re.match(r"[A-Z]\w+: ", item) else None
    return named or does(usual, item)
