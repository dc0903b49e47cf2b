"""The words of days and times in all languages, and which language a message is in.

Words of one script are looked for in one language at a time, the one that knows most of the message: "once"
is eleven in Spanish, "son" the last in Turkish, "mar" Tuesday, March or the sea.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from dialogs.understanding.moments.marks import Mark, clock, part
from locales.moments import Speech, speeches
from locales.naming import naming

WORD = re.compile(r"[^\W\d_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: whose letters tell the language, as long as no other language of the house has them
_SCRIPTS = {"ru": re.compile("[\u0400-\u04ff]"), "ar": re.compile("[\u0600-\u06ff]")}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_SIGNS = re.compile(r"[\u0300-\u036f]")
#: what Arabic writes together with the word after it
ATTACHED = ("وبال", "وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ع")
#: of which tables words may be mistyped, from how many letters on, and how much alike they must be
FUZZY, FUZZY_FROM, ALIKE = frozenset({"weekdays", "days", "dayparts", "months"}), 6, 86
#: how many words of the reader's own language a message of another one has to know more
OWN = 0.5

#: lists of `locales.naming` whose words tell a language, too
_TELLING = ("people", "callers", "home")
#: key in [words] → code
_WORDS = {
    "after": "A", "starting": "A", "after_it": "B", "before": "b", "before_it": "c", "from": "f",
    "from_it": "{", "to": "t", "to_it": "}", "of": "o", "and": "&", "between": "v", "between_it": "z",
    "within": "i", "within_it": "I", "in": "j", "later": "J", "ago": "g", "ago_before": "G", "at": "@",
    "at_it": "]", "oclock": "k", "since": "S", "begun": "y", "every": "e", "lasting": "l",
    "weekend": "E", "not": "!", "one": "1", "next": ">", "next_but_one": ">", "coming": ">",
    "this": "=", "last": "<", "the": "*", "date_before": "x", "date_after": "X", "month_before": "T",
    "month_after": "Z", "of_the_day": "F", "hour_or_at": "u", "past": "p", "nothing": ".", "filler": "",
}  # fmt: skip
_DAYS_OF_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {
    "minute": "H",
    "hour": "H",
    "hour_or_clock": "h",
    "day": "Y",
    "week": "K",
    "month": "K",
    "year": "K",
}
#: table of numbers → code
_NUMBERS = {
    "numbers": "n", "numbers_at": "n", "numbers_from": "n", "numbers_to": "n", "ordinals": "N", "months": "M",
    "short_months": "m", "minutes_before": "^", "minutes_after": "+",
}  # fmt: skip
_ENDINGS = {"numbers_at": "]", "numbers_from": "{", "numbers_to": "}"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is said in these words; one ending in `*` with any ending."""

    words: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(slots=True, eq=False)
class Lexis:
    """One language's phrases by their first word or its stem, the longest first."""

    language: str
    by_word: dict[str, list[Phrase]] = field(default_factory=dict)
    by_stem: dict[str, list[Phrase]] = field(default_factory=dict)
    #: in Chinese by the first character
    by_character: dict[str, list[tuple[str, tuple[Mark, ...]]]] = field(default_factory=dict)
    longest_stem: int = 0
    known: set[str] = field(default_factory=set)
    #: words of days and parts of them that may be mistyped
    long: dict[str, dict[str, Phrase]] = field(default_factory=dict)

    def add(self, written: str, marks: tuple[Mark, ...]) -> None:
        """Files a phrase."""
        if _CHINESE.search(written):
            self.by_character.setdefault(written[0], []).append((written, marks))
            return
        words = tuple(re.findall(r"[^\W\d_]+\*?|\d+", canonical(written)))
        phrase, first = Phrase(words, marks), words[0]
        self.known.add(first.rstrip("*"))
        if first.endswith("*"):
            self.by_stem.setdefault(first[:-1], []).append(phrase)
            self.longest_stem = max(self.longest_stem, len(first) - 1)
        else:
            self.by_word.setdefault(first, []).append(phrase)
        bare = without_signs(first)
        if bare != first and not first.endswith("*"):
            self.by_word.setdefault(bare, []).append(phrase)

    def order(self) -> None:
        """Longer phrases first: the day after tomorrow is not tomorrow."""
        for phrases in (*self.by_word.values(), *self.by_stem.values()):
            phrases.sort(key=lambda one: -len(one.words))
        for signs in self.by_character.values():
            signs.sort(key=lambda one: -len(one[0]))

    def remember(self, written: str, marks: tuple[Mark, ...]) -> None:
        """Files a single word as one that may be mistyped."""
        word = canonical(written)
        if len(word) >= FUZZY_FROM and word.isalpha() and not _CHINESE.search(word):
            self.long.setdefault(word[0], {})[word] = Phrase((word,), marks)

    def nearest(self, word: str) -> Phrase | None:
        """The word that this one may be, mistyped but for its first letter."""
        near = self.long.get(word[0]) if len(word) >= FUZZY_FROM - 1 else None
        return _nearest(self, word) if near else None

    def starting(self, word: str) -> tuple[Phrase, ...]:
        """The phrases that may begin with a word, the longest and plainest first. They are remembered: people
        say the same words again and again."""
        return _starting(self, word)


@dataclass(frozen=True, slots=True)
class Book:
    """All languages' phrases, by script."""

    chinese: Lexis
    others: Mapping[str, Lexis]
    #: word → the languages that know it
    speakers: Mapping[str, tuple[str, ...]]

    def lexis(self, words: Sequence[str], own: str) -> Lexis:
        """The language that knows most of these words; the reader's own if none knows more."""
        scores = dict.fromkeys(self.others, 0.0)
        for word in words:
            for language in self._speakers(word):
                scores[language] += 1
        if base(own) in scores:
            scores[base(own)] += OWN
        return self.others[max(scores, key=lambda one: (scores[one], one == "en"))]

    def _speakers(self, word: str) -> Sequence[str]:
        """The languages that know a word; otherwise the one of its script."""
        found = self.speakers.get(word)
        if found is not None:
            return found
        if word.isascii():
            return ()
        return [language for language, script in _SCRIPTS.items() if script.match(word)]


def base(language: str) -> str:
    """pt of pt_BR and of pt-br."""
    return re.split("[-_]", language, maxsplit=1)[0]


@cache
def book() -> Book:
    """Every language's phrases; made once."""
    lexes = {speech.language: _lexis(speech) for speech in speeches()}
    chinese = Lexis("zh")
    for code in [code for code in lexes if code.startswith("zh")]:
        for character, signs in lexes.pop(code).by_character.items():
            chinese.by_character.setdefault(character, []).extend(signs)
    chinese.order()
    for code, lexis in lexes.items():
        # Whoever counts misafir speaks Turkish, if nothing else tells it.
        words = (word for name in _TELLING for word in naming().get(code, {}).get(name, ()))
        lexis.known |= {canonical(word) for word in words if " " not in word}
    lexes = {base(code): lexis for code, lexis in lexes.items()}
    speakers: dict[str, list[str]] = {}
    for language, lexis in lexes.items():
        for word in lexis.known:
            for form in {word, without_signs(word)}:
                speakers.setdefault(form, []).append(language)
    return Book(chinese, lexes, {word: tuple(dict.fromkeys(found)) for word, found in speakers.items()})


def _lexis(speech: Speech) -> Lexis:
    lexis = Lexis(base(speech.language))
    for table in speech.tables:
        for key, phrases in speech.table(table).items():
            marks = () if table == "language" else _marks(table, key)
            for phrase in phrases:
                if table == "language":
                    lexis.known.add(canonical(phrase))
                else:
                    lexis.add(phrase, marks)
                    if table in FUZZY:
                        lexis.remember(phrase, marks)
    lexis.order()
    return lexis


def _marks(table: str, key: str) -> tuple[Mark, ...]:
    """What is said by a phrase of this row."""
    make = _MAKERS.get(table)
    if make is not None:
        return make(key)
    return _numbered(table, int(key)) if table in _NUMBERS else _written(table, key)


def _word(key: str) -> tuple[Mark, ...]:
    code = _WORDS[key]
    count = 2 if key == "next_but_one" else 1
    name = key if key in {"coming", "starting"} else "said"
    return (Mark(code, count, name=name),) if code else ()


def _numbered(table: str, number: int) -> tuple[Mark, ...]:
    mark = Mark(_NUMBERS[table], number, name="said")
    return (mark, Mark(_ENDINGS[table])) if table in _ENDINGS else (mark,)


def _week(key: str, unit: Mark) -> tuple[Mark, ...]:
    return Mark(">" if int(key) else "=", int(key)), unit


#: table → what its keys make
_MAKERS: Mapping[str, Callable[[str], tuple[Mark, ...]]] = {
    "words": _word,
    "weekdays": lambda key: (Mark("W", _DAYS_OF_WEEK.index(key)),),
    "short_weekdays": lambda key: (Mark("V", _DAYS_OF_WEEK.index(key)),),
    "weeks": lambda key: _week(key, Mark("K", name="week")),
    "weekends": lambda key: _week(key, Mark("E")),
    "dayparts": lambda key: (Mark("q", name=key),) if key in {"am", "pm"} else (part(key),),
    "short_dayparts": lambda key: (part(key)._replace(code="r"),),
    "units": lambda key: (Mark(_UNITS[key], name=key.partition("_")[0]),),
    "days": lambda key: (Mark("O", int(key)),),
}


def _written(table: str, key: str) -> tuple[Mark, ...]:
    """What is written out in a key: a time, a stretch, a length, a part of a day."""
    if table == "clock":
        mark = clock(*_hour(key), sure=True)
        return (mark,) if mark is not None else ()
    if table == "spans":
        begin, end = (hour * 60 + minute for hour, minute in map(_hour, key.split("-")))
        return (Mark("R", begin, end, "said", sure=True),)
    count, name = key.split()
    if table == "dayparts_of":
        return (Mark("O", int(count)), part(name))
    return (Mark("U", int(count), name=name),)


def _hour(written: str) -> tuple[int, int]:
    hour, minute = written.split(":")
    return int(hour), int(minute)


@lru_cache(maxsize=8192)
def _nearest(lexis: Lexis, word: str) -> Phrase | None:
    near = lexis.long[word[0]]
    found = process.extractOne(word, near.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return near[found[0]] if found is not None else None


@lru_cache(maxsize=8192)
def _starting(lexis: Lexis, word: str) -> tuple[Phrase, ...]:
    ends = range(min(len(word), lexis.longest_stem), 1, -1)
    stems = (phrase for end in ends for phrase in lexis.by_stem.get(word[:end], ()))
    return (*lexis.by_word.get(word, ()), *stems)


_LETTERS = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None, "ё": "е"}
    | dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670")
)


def canonical(text: str) -> str:
    """Small letters; letters written for one another in Arabic and Russian are one."""
    return text.replace("İ", "i").lower().translate(_LETTERS)


@cache
def without_signs(word: str) -> str:
    """A word as it is typed without the signs above and below its letters."""
    if word.isascii() or _ARABIC.search(word):
        return word
    bare = _SIGNS.sub("", unicodedata.normalize("NFD", word.replace("ı", "i").replace("đ", "d")))
    return unicodedata.normalize("NFC", bare)
