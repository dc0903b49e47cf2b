"""What is understood of texts from outside, a JSON object a line: for measuring, and for trying out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from bot.setup.errors import SetupError
from dialogs.understanding.entities import Entities, entities
from dialogs.understanding.labels import labels
from dialogs.understanding.understand import Understood, understand

Labels = Literal["kinds", "evaluation"]
#: how many categories a line names
MOST = 3
#: what some editors put before the first line
BOM = b"\xef\xbb\xbf"


class Unreadable(SetupError):
    """This is no JSON object with a text. Write it like {"text": "no water", "lang": "en"}."""


class Asked(msgspec.Struct):
    """A line as it is read."""

    text: str
    lang: str = ""


def answers(lines: Iterable[bytes], now: datetime, named: Labels) -> Iterator[str]:
    """One line for each; empty ones are skipped. `now` is local and naive, as on the estate's clocks.

    Raises `Unreadable`, with the number of the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            asked = _read(line, number)
            told = answer(
                understand(asked.text, asked.lang), entities(asked.text, now, own=asked.lang), named
            )
            yield msgspec.json.encode(told).decode()


def _read(line: bytes, number: int) -> Asked:
    try:
        return msgspec.json.decode(line.removeprefix(BOM), type=Asked)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"Line {number}") from error


def answer(understood: Understood, found: Entities, named: Labels) -> Mapping[str, object]:
    """One message, in the names that were asked for."""
    categories = labels(understood) if named == "evaluation" else tuple(understood.kinds)
    return {
        "intent": understood.intent.value,
        "category": categories[0] if categories else None,
        "categories": categories[:MOST],
        "confidence": round(understood.confidence, 3),
        "emergency": bool(understood.danger),
        "entities": {
            "home": found.home or None,
            "start": _written(found.start),
            "end": _written(found.end),
            "phone": found.phone or None,
            "plate": found.plate or None,
            "guests": found.guests,
        },
    }


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
