"""The fonts of the picture. They come from packages, so that every machine draws the same glyphs."""

from functools import cache
from pathlib import Path

import fontpkg
import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font
from noto_cjk_sans_otc import FONT_PATH

#: names of our own, so that a font of the system with the same name is never taken instead
LATIN, HAN, REST = "Steward Latin", "Steward Han", "Steward Rest"

#: which face of the Han collection writes characters in a language's own form; the others as in China
HAN_FACES = {"ja": 0, "ko": 1, "zh_TW": 3, "zh_HK": 4}
SIMPLIFIED = 2
EAST_ASIAN = ("zh", "ja", "ko")


@cache
def families(language: str) -> tuple[str, ...]:
    """The fonts for a language, the preferred one first; each next one helps out with missing glyphs."""
    han = f"{HAN} {_han_face(language)}"
    _register(language)
    return (han, LATIN, REST) if language.startswith(EAST_ASIAN) else (LATIN, han, REST)


def font(language: str, size: float) -> FontProperties:
    """The font for a language in a size (pixels)."""
    return FontProperties(family=list(families(language)), size=size)


def legible(words: str, language: str) -> str:
    """The words without what no font has a glyph for, such as most emoji."""
    return "".join(sign for sign in words if _has_glyph(sign, _han_face(language)))


def _han_face(language: str) -> int:
    return HAN_FACES.get(language, SIMPLIFIED)


def _files(han_face: int) -> dict[str, tuple[Path, int]]:
    """Where each family lies, and which face of the file it is."""
    dejavu = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    return {
        LATIN: (fontpkg.path("Noto Sans"), 0),
        f"{HAN} {han_face}": (Path(str(FONT_PATH)), han_face),
        REST: (dejavu, 0),
    }


@cache
def _register(language: str) -> None:
    for name, (file, face) in _files(_han_face(language)).items():
        entry = FontEntry(fname=str(file), index=face, name=name, weight=400, size="scalable")
        if entry not in fontManager.ttflist:
            fontManager.ttflist.append(entry)


@cache
def _faces(han_face: int) -> tuple[FT2Font, ...]:
    return tuple(FT2Font(file, face_index=face) for file, face in _files(han_face).values())


@cache
def _has_glyph(sign: str, han_face: int) -> bool:
    return any(face.get_char_index(ord(sign)) for face in _faces(han_face))
