"""How much a word speaks for each intent, learned from our own sentences: `locales/learned/<family>.tsv`.

The files are written by `make learn` (tests/understanding/learn.py), never by hand. A line is a feature and
its weights in hundredths, in the order of the first line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from locales.languages import HERE

FOLDER = HERE / "learned"
#: the name of the first column
FEATURE = "feature"
HUNDREDTHS = 100

Weights = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of the languages that are read together."""

    #: the names of the intents, in the order of the weights
    intents: tuple[str, ...]
    weights: Weights


@cache
def learned(family: str, folder: Path = FOLDER) -> Learned | None:
    """None for languages that nothing was learned of."""
    path = next((one for one in folder.glob("*.tsv") if one.stem == family), None)
    if path is None:
        return None
    head, *lines = (line.split("\t") for line in path.read_text(encoding="utf-8").strip().split("\n"))
    return Learned(tuple(head[1:]), {feature: tuple(map(int, rest)) for feature, *rest in lines})


def keep(family: str, intents: Sequence[str], weights: Weights, folder: Path = FOLDER) -> None:
    """Writes what was learned, sorted, so that two of them can be compared."""
    folder.mkdir(exist_ok=True)
    rows = [(feature, *map(str, weights[feature])) for feature in sorted(weights)]
    lines = ["\t".join(row) for row in [(FEATURE, *intents), *rows]]
    (folder / f"{family}.tsv").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
