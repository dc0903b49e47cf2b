"""A sentence cut into marks: shapes of digits first, then each language's phrases, the longest first."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from re import Match
from typing import TypeAlias

from dialogs.understanding.moments.marks import DIAL, DIAL_FROM, Mark, clock
from dialogs.understanding.moments.words import ATTACHED, WORD, Lexis, Phrase, book, canonical, without_signs

_Made: TypeAlias = tuple[Mark, ...] | None

#: traditional characters that days and times are written with
_SIMPLE = str.maketrans(
    "點週禮號後內從間兩這個鐘時來過現剛開幾頭約為裡隨當雙連續達樓門鍾鈡準棟",
    "点周礼号后内从间两这个钟时来过现刚开几头约为里随当双连续达楼门钟钟准栋",
)
_UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_CHINESE_NUMBER = re.compile(r"[零〇一二两三四五六七八九十廿]{1,4}")
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PAUSES, _STOPS = frozenset(",،、，"), frozenset(".;!?。！？；؛؟\n…")
#: beyond so many other words nothing belongs together
FAR = 4
#: two numbers with a stroke between them: month first, day first, or nobody knows
_MONTH_FIRST, _UNKNOWN = frozenset({"zh"}), frozenset({"en"})


def plain(words: str) -> str:
    """One width, ASCII's digits, nothing unseen; simplified where time is spoken of. Case is kept."""
    text = unicodedata.normalize("NFKC", words).translate(_UNSEEN).translate(_SIMPLE)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    return text


def marks_of(text: str, own: str = "") -> list[Mark]:
    """The marks of a plain text; `own` is the reader's language, if it is known."""
    low = canonical(text)
    lexis = _lexis(low, own)
    lexer = _Lexer(low, lexis, "zh" if _chinese(low, own) else lexis.language)
    return list(_shortened(lexer.marks()))


def _shortened(marks: Iterator[Mark]) -> Iterator[Mark]:
    """A few of other words in a row: no rule looks further."""
    others = 0
    for mark in marks:
        others = others + 1 if mark.code == "." else 0
        if others <= FAR:
            yield mark


def language_of(text: str, own: str = "") -> str:
    """Which of the languages that speak of times a plain text is in, as far as its words tell."""
    low = canonical(text)
    return "zh" if _chinese(low, "") else _lexis(low, own).language


def _lexis(low: str, own: str) -> Lexis:
    return book().lexis(tuple(WORD.findall(low)), own)


def _chinese(low: str, own: str) -> bool:
    return own.startswith("zh") or any("\u3400" <= sign <= "\u9fff" for sign in low)


class _Lexer:
    """One text on its way from the left to the right."""

    def __init__(self, text: str, lexis: Lexis, language: str) -> None:
        self.text = text
        self.lexis = lexis
        self.language = language
        self.at = 0
        #: somebody writes without the signs of their letters
        self.bare = text.isascii()

    def marks(self) -> Iterator[Mark]:
        """Every mark; blanks and fillers leave none."""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign.isspace():
                if sign == "\n":
                    yield self._mark(";", 1)
                else:
                    self.at += 1
            elif sign.isdigit():
                yield from self._number()
            elif "\u3400" <= sign <= "\u9fff" or sign == "〇":
                yield from self._character()
            elif sign.isalpha():
                yield from self._word()
            else:
                yield from self._sign(sign)

    def _mark(self, code: str, length: int, n: int = 0) -> Mark:
        self.at += length
        return Mark(code, n, start=self.at - length, end=self.at)

    def _placed(self, made: tuple[Mark, ...], end: int) -> Iterator[Mark]:
        start, self.at = self.at, end
        for mark in made:
            yield mark._replace(start=start, end=end)

    def _sign(self, sign: str) -> Iterator[Mark]:
        if sign in _PAUSES:
            yield self._mark(",", 1)
        elif sign in _STOPS:
            yield self._mark(";", 1)
        elif sign in "-–—~～－":
            yield self._mark("t", 1)
        elif sign in "+&/":
            yield self._mark("&" if sign == "&" else ".", 1)
        elif sign in "%$€£¥₽#№@*■":
            yield self._mark(".", 1)
        else:
            self.at += 1

    def _number(self) -> Iterator[Mark]:
        run = _DIGIT_RUN.match(self.text, self.at)
        phrase = self._phrase(run[0], run.end()) if run is not None else None
        if phrase is not None:
            yield from self._placed(*phrase)
            return
        for look, read in _SHAPES:
            found = look.match(self.text, self.at)
            made = read(found, self.language) if found is not None else None
            if found is not None and made is not None:
                yield from self._placed(made, found.end())
                return
        found = _DIGIT_RUN.match(self.text, self.at)
        end = found.end() if found is not None else self.at + 1
        # Digits that are no numbers, such as ²: unicodedata has made the others plain.
        written = self.text[self.at : end]
        n = int(written) if written.isascii() and len(written) <= 4 else -1
        yield from self._placed((Mark("n", n, len(written)),), end)

    def _character(self) -> Iterator[Mark]:
        for phrase, marks in book().chinese.by_character.get(self.text[self.at], ()):
            if self.text.startswith(phrase, self.at):
                yield from self._placed(marks, self.at + len(phrase))
                return
        found = _CHINESE_NUMBER.match(self.text, self.at)
        if found is None:
            yield self._mark(".", 1)
        else:
            yield from self._placed((Mark("n", chinese_number(found[0])),), found.end())

    def _word(self) -> Iterator[Mark]:
        found = WORD.match(self.text, self.at)
        word = found[0] if found is not None else self.text[self.at]
        chinese = re.search(r"[\u3400-\u9fff]", word)
        if chinese is not None:
            word = word[: chinese.start()]
        phrase = self._phrase(word, self.at + len(word))
        mistyped = self.lexis.nearest(word) if phrase is None else None
        if phrase is not None:
            yield from self._placed(*phrase)
        elif mistyped is not None:
            yield from self._placed(mistyped.marks, self.at + len(word))
        elif word == "و":
            yield self._mark("&", 1)
        else:
            yield self._mark(".", len(word))

    def _phrase(self, word: str, end: int) -> tuple[tuple[Mark, ...], int] | None:
        """The longest phrase that begins with a word, and where it ends."""
        for said in _forms(word):
            for phrase in self.lexis.starting(said):
                until = self._end(phrase, said, end)
                if until is not None:
                    # Arabic's "to" is written together with the hour.
                    to = (
                        said != word and word[0] == "ل" and phrase.marks[:1] and phrase.marks[0].code in "n@u"
                    )
                    return (Mark("t"), *phrase.marks) if to else phrase.marks, until
        return None

    def _end(self, phrase: Phrase, said: str, end: int) -> int | None:
        """Where a phrase ends that begins with this word; None where it is not said."""
        if not self._is(phrase.words[0], said):
            return None
        for wanted in phrase.words[1:]:
            found = _NEXT_WORD.match(self.text, end)
            if found is None:
                return None
            if found[1] != wanted and not any(self._is(wanted, form) for form in _forms(found[1])):
                return None
            end = found.end()
        return end

    def _is(self, wanted: str, said: str) -> bool:
        if wanted.endswith("*"):
            return said.startswith(wanted[:-1])
        return said == wanted or (self.bare and not wanted.isascii() and said == without_signs(wanted))


@lru_cache(maxsize=8192)
def _forms(word: str) -> tuple[str, ...]:
    """A word, and without what Arabic attaches to it."""
    if not "\u0620" <= word[0] <= "\u06ff":
        return (word,)
    stripped = (word[len(one) :] for one in ATTACHED if word.startswith(one))
    return (word, *(form for form in stripped if len(form) >= 2))


def chinese_number(said: str) -> int:
    """十二, 二十五, 廿五 or 一二; -1 for what is no number below a hundred."""
    said = said.replace("廿", "二十")
    tens, ten, ones = said.rpartition("十")
    if len(tens) > 1 or len(ones) > 2 or "十" in tens:
        return -1
    if not ten:
        return int("".join(str(_DIGITS[sign]) for sign in ones))
    return _DIGITS.get(tens, 1) * 10 + (_DIGITS[ones[-1]] if ones else 0)


# ── shapes of digits ──


def _date(year: int, month: int, day: int) -> _Made:
    try:
        ordinal = date(year + (2000 if year < 100 else 0), month, day).toordinal()
    except ValueError:
        return None
    return (Mark("D", ordinal, ordinal + 1, "written"),)


def _whole(found: Match[str], language: str) -> _Made:
    return _date(int(found[1]), int(found[2]), int(found[3]))


def _day_first(found: Match[str], language: str) -> _Made:
    if found[3]:
        return _date(int(found[3]), int(found[2]), int(found[1]))
    return _day_of_month(int(found[1]), int(found[2]))


def _day_of_month(day: int, month: int) -> _Made:
    return (Mark("L", day, month),) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _dotted(found: Match[str], language: str) -> _Made:
    return (Mark("d", int(found[1]), int(found[2]), found[2], language in _MONTH_FIRST),)


def _stroke(found: Match[str], language: str) -> _Made:
    first, second = int(found[1]), int(found[2])
    if found[3]:
        year = int(found[3])
        return _date(year, second, first) or _date(year, first, second)
    if second > 12 or first == second or language in _MONTH_FIRST:
        return _day_of_month(second, first)
    if first > 12 or language not in _UNKNOWN:
        return _day_of_month(first, second)
    return (Mark("."),)


def _dial(found: Match[str], language: str) -> _Made:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half:
        if not 0 < hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    made = clock(hour, minute, sure=bool(half) or found[1].startswith("0"))
    # 7:45 is read as it stands; in the small hours nobody visits.
    name = DIAL if hour == DIAL_FROM else ""
    return (made._replace(name=name),) if made is not None else None


def _glued(found: Match[str], language: str) -> _Made:
    """18h is an hour, and after "in" a length: the rules tell."""
    return Mark("n", int(found[1]), len(found[1])), Mark("h", 1, name="hour")


_HALF = r"([ap])\.?\s?m\b\.?"
_DIGIT_RUN = re.compile(r"\d+")
_NEXT_WORD = re.compile(r"[\s'’\-]{1,3}([^\W\d_]+|\d+)")
_SHAPES: tuple[tuple[re.Pattern[str], Callable[[Match[str], str], _Made]], ...] = (
    (re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:\s?[日号]|(?!\d))"), _whole),
    (re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}(?![\d:])))?(?!\d)"), _day_first),
    (re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])"), _stroke),
    (re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)"), _day_first),
    (re.compile(rf"(\d{{1,2}})(?::|\.|\s)(\d{{2}})\s?{_HALF}"), _dial),
    (re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)()"), _dial),
    (re.compile(r"(\d{1,2})-(00|30|45)(?!\d)()"), _dial),
    (re.compile(r"(\d{1,2})\s?h\s?(\d{2})(?![\d:])()(?:min\b|m\b)?"), _dial),
    (re.compile(r"(\d{1,2})h(?![^\W\d_])"), _glued),
    (re.compile(rf"(\d{{1,2}})()\s?{_HALF}"), _dial),
    (re.compile(r"(\d{1,2})()-?ish\b()"), _dial),
    (
        re.compile(r"(\d{1,2})()([ap])(?![^\W\d_])"),
        lambda found, language: _dial(found, language) if language == "en" else None,
    ),
    (re.compile(r"(\d{1,2})\.\s?(\d{1,2})(?![\d])"), _dotted),
    (
        re.compile(r"(\d{1,2})\s?-?о?го\b"),
        lambda found, language: (Mark("n", int(found[1])), Mark("X")),
    ),
    (
        re.compile(r"(\d{1,2})(?:\s?-?(?:st|nd|rd|th|ое|е)\b|[ºª°]|er\b)"),
        lambda found, language: (Mark("N", int(found[1])),),
    ),
    (
        re.compile(r"(\d{1,2})\.(?=\s|$)"),
        lambda found, language: (Mark("N", int(found[1]), name="dot"),) if language == "de" else None,
    ),
)
