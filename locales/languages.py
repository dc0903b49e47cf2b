"""Which languages there are, and which of them is nearest to the one that a phone asks for."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

#: the folder with a folder for each language
HERE = Path(__file__).parent

#: the language of the message ids
SOURCE = "en"

_TRADITIONAL = {"zh_hant", "zh_tw", "zh_hk", "zh_mo"}


@cache
def languages(folder: Path = HERE) -> tuple[str, ...]:
    """Every language with a catalogue, the source first."""
    found = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/steward.po"))
    return (SOURCE, *(code for code in found if code != SOURCE))


def nearest(tag: str, offered: tuple[str, ...]) -> str:
    """The offered language nearest to an IETF tag such as zh-hans or en-GB; the first one if none is near."""
    wanted = tag.replace("-", "_").lower()
    base = wanted.partition("_")[0]
    traditional = wanted in _TRADITIONAL or wanted.startswith("zh_hant_")
    ranked: tuple[Callable[[str], bool], ...] = (
        lambda code: code.lower() == wanted,
        lambda code: traditional and code == "zh_TW",
        lambda code: code.lower().partition("_")[0] == base,
    )
    return next((code for fits in ranked for code in offered if fits(code)), offered[0])
