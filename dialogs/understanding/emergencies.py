"""Whether somebody's words say that people may come to harm.

Every message is read for it before anything else, so it takes microseconds. The words are data (see
`locales.alarms`): a new language is a new file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product

from dialogs.understanding.cries import HELP, Cries
from dialogs.understanding.danger_words import WORD, Finder, Hit, Use
from dialogs.understanding.normalise import fold, is_chinese, normalise, toned
from locales.alarms import Alarm, Part, Sign, alarms, dangers
from locales.spoken import base, told_by

__all__ = ["HELP", "recognise"]

#: of a long story the beginning says what it is about
HEARD = 2000
#: how many characters apart the parts of a sign may be, where words are separated and in Chinese
NEAR, NEAR_CHINESE = 60, 20
#: the same for signs that all languages share, which tell who does what
WIDE, WIDE_CHINESE = 90, 30
#: the most between what happens and what stands close to it
CLOSE, CLOSE_CHINESE = 20, 6
#: how far before a sign a denial stands: words, or characters in Chinese
DENIED_WORDS = 2
#: one word in so many has accents, where they are written
ACCENTED = 3
#: how many places of one part are tried
MOST = 5

#: languages that share their letters, and may be taken for one another
LATIN = frozenset({"en", "es", "pt", "fr", "de", "vi", "id", "tr"})

#: languages that a few words do not tell apart
NEARLY: Mapping[str, str] = {"es": "pt", "pt": "es"}

_SENTENCE = re.compile(r"[.!?;…\n。！？；؟؛]+")
_MARKS = str.maketrans("", "", "'’‘`")


def recognise(words: str) -> str | None:
    """The danger that the words tell of, as `desk.emergencies` knows it, or `help`; None for all else."""
    heard = words[:HEARD].translate(_MARKS).replace("\n", ". ")
    text, book = fold(heard), _book()
    sentences = list(zip(_SENTENCE.split(text), _written(heard, text), strict=True))
    read = [book.read(sentence, written) for sentence, written in sentences]
    over = {lang for one in read for lang in one.langs("over")}
    found = {danger for one in read for danger in book.dangers(one, over)}
    return next((danger for danger in book.order if danger in found), book.cries.cry(text))


def _strange(sentence: str, lang: str) -> bool:
    """Whether a sentence is in another language, even if the person speaks this one, as its small words tell:
    what rings in one language may be anything in another."""
    told = base(told_by(sentence, lang))
    return told in LATIN and base(lang) in LATIN and base(lang) not in {told, NEARLY.get(told)}


def _written(heard: str, text: str) -> list[tuple[str, ...]]:
    """The words of each sentence with their accents; none where it is written without."""
    with_accents = normalise(heard)
    if with_accents.isascii() or is_chinese(text):
        return [()] * len(_SENTENCE.split(text))
    return [_with_accents(WORD.findall(sentence)) for sentence in _SENTENCE.split(with_accents)]


def _with_accents(said: Sequence[str]) -> tuple[str, ...]:
    """Whoever writes accents at all writes most of them."""
    written = sum(not word.isascii() for word in said)
    return tuple(map(toned, said)) if ACCENTED * written >= len(said) else ()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What was found in a sentence, by what it is for."""

    text: str
    hits: Mapping[Use, list[Hit]]

    def langs(self, role: str) -> set[str]:
        """The languages in which something of a role is said."""
        return {use.lang for use in self.hits if use.role == role}

    def of(self, role: str, lang: str) -> list[Hit]:
        """The phrases of one role in one language."""
        return self.hits.get(Use(role, lang), [])


@dataclass(frozen=True, slots=True)
class _Sign:
    """Parts of which all must be said; where it is shared, the first is what happens."""

    danger: str
    lang: str
    parts: tuple[Use, ...]
    shared: bool = False
    #: the parts that stand close to the first
    close: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Draft:
    """The phrases and signs of all languages while they are taken in."""

    entries: list[tuple[str, Use, bool]] = field(default_factory=list)
    signs: list[_Sign] = field(default_factory=list)
    parts: dict[tuple[str, Part], Use] = field(default_factory=dict)

    def take(self, one: Alarm) -> None:
        """One file of a language."""
        for danger, sign in ((danger, sign) for danger, signs in one.signs.items() for sign in signs):
            self.signs.append(_Sign(danger, one.lang, self._parts(one, sign)))
        for danger, made in ((danger, sign) for danger, signs in one.shared.items() for sign in signs):
            self.signs.append(_Sign(danger, one.lang, self._parts(one, made.parts), True, made.close))
        for role in ("harmless", "denied", "meant", "calm", "over", "now"):
            use = Use(role, one.lang)
            self.entries.extend((phrase, use, one.accents) for phrase in getattr(one, role))

    def _parts(self, one: Alarm, sign: Sign) -> tuple[Use, ...]:
        return tuple(self._part(one, part) for part in sign)

    def _part(self, one: Alarm, part: Part) -> Use:
        """A part that several signs have in common is looked for once."""
        key = (one.lang, part)
        if key not in self.parts:
            self.parts[key] = Use("part", one.lang, len(self.parts))
            self.entries.extend((phrase, self.parts[key], one.accents) for phrase in part)
        return self.parts[key]


class _Book:
    """The signs of all languages."""

    def __init__(self, languages: Sequence[Alarm]) -> None:
        draft = _Draft()
        for one in languages:
            draft.take(one)
        self.order = dangers()
        self.cries = Cries(languages)
        self._finder = Finder(draft.entries)
        #: by the first part
        self._signs: dict[Use, list[_Sign]] = {}
        for sign in draft.signs:
            self._signs.setdefault(sign.parts[0], []).append(sign)

    def read(self, sentence: str, written: tuple[str, ...]) -> _Sentence:
        """Everything that a sentence says, whatever it means; most sentences say nothing of the kind."""
        found: dict[Use, list[Hit]] = {}
        for hit in self._finder.find(sentence, written):
            found.setdefault(hit.to, []).append(hit)
        return _Sentence(sentence, found)

    def dangers(self, sentence: _Sentence, over: set[str]) -> Iterator[str]:
        """The dangers that one sentence tells of; `over`: the languages in which somebody says it is past."""
        cry = self.cries.cry(sentence.text)
        if cry is not None and cry != HELP:
            yield cry
        calm = (sentence.langs("calm") - sentence.langs("now")) | over
        for sign in (sign for use in sentence.hits for sign in self._signs.get(use, ())):
            if sign.lang not in calm and _said(sentence, sign) and not _strange(sentence.text, sign.lang):
                yield sign.danger


def _said(sentence: _Sentence, sign: _Sign) -> bool:
    """Whether all parts of a sign stand near each other, and nobody denies it."""
    if not all(part in sentence.hits for part in sign.parts):
        return False
    harmless = sentence.of("harmless", sign.lang)
    parts = [[hit for hit in sentence.hits[part] if not _within(hit, harmless)] for part in sign.parts]
    meant = [*harmless, *sentence.of("meant", sign.lang)]
    denials = [hit for hit in sentence.of("denied", sign.lang) if not _within(hit, meant)]
    return any(
        _near(together, sign) and not any(_denies(sentence.text, one, together, sign) for one in denials)
        for together in product(*(hits[:MOST] for hits in parts))
    )


def _near(together: Sequence[Hit], sign: _Sign) -> bool:
    if len(together) == 1:
        return True
    start, end = min(hit.start for hit in together), max(hit.end for hit in together)
    chinese = any(hit.chinese for hit in together)
    if not sign.shared:
        return end - start <= (NEAR_CHINESE if chinese else NEAR)
    if end - start > (WIDE_CHINESE if chinese else WIDE):
        return False
    gap = CLOSE_CHINESE if chinese else CLOSE
    return all(_between(*pair) >= 0 for pair in combinations(together, 2)) and all(
        _between(together[0], together[at]) <= gap for at in sign.close
    )


def _between(one: Hit, other: Hit) -> int:
    """How many characters stand between two phrases; less than none where they overlap."""
    return max(one.start - other.end, other.start - one.end)


def _within(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _denies(sentence: str, denial: Hit, together: Sequence[Hit], sign: _Sign) -> bool:
    """Whether a denial stands right before a sign, or before what happens in a shared one."""
    start = together[0].start if sign.shared else min(hit.start for hit in together)
    between = sentence[denial.end : start]
    if denial.end > start or "," in between or "，" in between:
        return False
    return len(between) <= DENIED_WORDS if denial.chinese else len(WORD.findall(between)) <= DENIED_WORDS


@cache
def _book() -> _Book:
    return _Book(alarms())
