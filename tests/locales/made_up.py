"""Small made-up checkouts and catalogues for the tests of the texts."""

from pathlib import Path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: {plurals};\\n"\n\n'
PLURALS = {
    "en": "nplurals=2; plural=(n != 1)",
    "zh_CN": "nplurals=1; plural=0",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 "
    ": n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 "
    ": n%100>=11 && n%100<=99 ? 4 : 5)",
}


def speak(folder: Path, language: str, entries: str = "") -> Path:
    """Writes a catalogue of these PO entries and returns its path."""
    path = folder / language / "LC_MESSAGES" / "steward.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(plurals=PLURALS[language]) + entries, encoding="utf-8")
    return path


def code(root: Path, source: str, place: str = "dialogs/scripts/repair.py") -> Path:
    """Writes a source file of a made-up checkout."""
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path
