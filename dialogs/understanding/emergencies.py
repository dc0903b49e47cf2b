"""Whether somebody's words say that people may come to harm.

Every message is read for it before anything else, so it takes microseconds. The words are data,
`locales/<lang>/emergencies.toml`: a new language is a new file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from operator import contains, eq

from rapidfuzz import fuzz, process

from dialogs.understanding.normalise import fold, is_chinese, normalise, toned
from locales.alarms import Alarm, alarms

#: what is looked for first counts first; `help` is a cry that does not say what is the matter
HELP = "help"
#: of a long story the beginning says what it is about
HEARD = 2000
#: how many characters apart the parts of a sign may be, where words are separated and in Chinese
NEAR, NEAR_CHINESE = 60, 20
#: a word of so many letters may be mistyped, but for its first letter, and so much alike it stays
LONG, ALIKE = 5, 86
#: how far before a sign a denial stands: words, or characters in Chinese
DENIED_WORDS = 2
#: one word in so many has accents, where they are written
ACCENTED = 3
#: how many places of one part are tried
MOST = 4

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?;…\n。！？；]+")
_MARKS = str.maketrans("", "", "'’‘`")


def recognise(words: str) -> str | None:
    """The danger that the words tell of, as `desk.emergencies` knows it, or `help`; None for all else."""
    heard = words[:HEARD].translate(_MARKS).replace("\n", ". ")
    text, book = fold(heard), _book()
    sentences = zip(_SENTENCE.split(text), _written(heard, text), strict=True)
    found = {danger for sentence, written in sentences for danger in book.dangers(sentence, written)}
    return next((danger for danger in book.order if danger in found), book.cry(text))


def _written(heard: str, text: str) -> list[tuple[str, ...]]:
    """The words of each sentence with their accents; none where it is written without."""
    with_accents = normalise(heard)
    if with_accents.isascii() or is_chinese(text):
        return [()] * len(_SENTENCE.split(text))
    return [_with_accents(_WORD.findall(sentence)) for sentence in _SENTENCE.split(with_accents)]


def _with_accents(said: Sequence[str]) -> tuple[str, ...]:
    """Whoever writes accents at all writes most of them."""
    written = sum(not word.isascii() for word in said)
    return tuple(map(toned, said)) if ACCENTED * written >= len(said) else ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a sentence: what it belongs to, and from where to where it stands."""

    to: "Use"
    start: int
    end: int
    chinese: bool


@dataclass(frozen=True, slots=True)
class Use:
    """What a phrase is for: a part of a sign, or something that takes the alarm out of a sentence."""

    #: sign, harmless, denied, meant, calm or now
    role: str
    sign: int = -1
    part: int = -1


@dataclass(frozen=True, slots=True)
class _Phrase:
    use: Use
    words: tuple[str, ...]
    #: as it stands, where words are not separated
    whole: str = ""
    #: its words with their accents, in a language where other accents make other words
    accents: tuple[str, ...] = ()


class _Book:
    """The phrases of all languages, found by their first word or character."""

    def __init__(self, languages: Sequence[Alarm]) -> None:
        self.by_word: dict[str, list[_Phrase]] = {}
        self.by_character: dict[str, list[_Phrase]] = {}
        #: by sign: its danger, and how many parts it has
        self.signs: list[tuple[str, int]] = []
        self.order = tuple(dict.fromkeys(name for one in languages for name in one.signs))
        self.cries = {
            fold(word): danger for one in languages for danger, said in one.alone.items() for word in said
        }
        self.fillers = frozenset(fold(word) for one in languages for word in one.filler)
        self.chinese_cries = sorted(filter(is_chinese, self.cries), key=len, reverse=True)
        #: what says nothing beside a cry, the longest first
        self.unsaid = re.compile("|".join(sorted(filter(is_chinese, self.fillers), key=len, reverse=True)))
        for one in languages:
            self._take(one)
        words = {word for phrases in self.by_word.values() for phrase in phrases for word in phrase.words}
        self.exact = frozenset(word for word in words if not word.endswith("*"))
        self.stems = frozenset(word[:-1] for word in words if word.endswith("*"))
        self.longest_stem = max(map(len, self.stems), default=0)
        self.long = {word.rstrip("*"): word for word in sorted(words) if len(word) >= LONG}
        self.read = lru_cache(maxsize=8192)(self._read)

    def _take(self, one: Alarm) -> None:
        for danger, signs in one.signs.items():
            for sign in signs:
                for part, phrases in enumerate(sign):
                    for phrase in phrases:
                        self._add(phrase, Use("sign", len(self.signs), part), one.accents)
                self.signs.append((danger, len(sign)))
        roles = {
            "harmless": one.harmless,
            "denied": one.denied,
            "meant": one.meant,
            "calm": one.calm,
            "now": one.now,
        }
        for role, phrases in roles.items():
            for phrase in phrases:
                self._add(phrase, Use(role), one.accents)

    def _add(self, written: str, use: Use, accents: bool) -> None:
        phrase = fold(written)
        if is_chinese(phrase):
            self.by_character.setdefault(phrase[0], []).append(_Phrase(use, (), phrase))
        else:
            words = tuple(part for part in phrase.translate(_MARKS).split() if part)
            self.by_word.setdefault(words[0], []).append(
                _Phrase(use, words, accents=_accents(written) if accents else ())
            )

    def _read(self, token: str) -> frozenset[str]:
        """The words of the book that a token may be: itself, one with any ending, one mistyped. It is
        remembered, since people say the same words again and again."""
        ends = range(1, min(len(token), self.longest_stem) + 1)
        read = {f"{token[:end]}*" for end in ends if token[:end] in self.stems}
        if token in self.exact:
            read.add(token)
        if not read and len(token) >= LONG and token.isalpha():
            near = process.extract(token, self.long.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
            read |= {self.long[word] for word, _score, _at in near if word[0] == token[0]}
        return frozenset(read)

    def cry(self, text: str) -> str | None:
        """The danger of a message that is nothing but a cry."""
        if len(text) > NEAR:
            return None
        if is_chinese(text):
            return self._chinese_cry("".join(_WORD.findall(text)))
        said = _WORD.findall(text)
        cries = [self.cries[word] for word in said if word in self.cries]
        if not cries or any(word not in self.cries and word not in self.fillers for word in said):
            return None
        return min(cries, key=lambda danger: danger == HELP)

    def _chinese_cry(self, said: str) -> str | None:
        """The cry in a few characters; longer messages say more than that."""
        if len(said) > NEAR_CHINESE:
            return None
        cry = next((one for one in self.chinese_cries if one in said), None)
        if cry is None:
            return None
        return self.cries[cry] if not self.unsaid.sub("", said.replace(cry, "")) else None

    def dangers(self, sentence: str, written: tuple[str, ...] = ()) -> Iterator[str]:
        """The dangers that one sentence tells of; its words with their accents, where it has any."""
        cry = self.cry(sentence)
        if cry is not None and cry != HELP:
            yield cry
        hits = self._hits(sentence, written)
        if not any(hit.to.role == "sign" for hit in hits):
            return
        harmless = [hit for hit in hits if hit.to.role == "harmless"]
        signs = [hit for hit in hits if hit.to.role == "sign" and not _within(hit, harmless)]
        roles = {hit.to.role for hit in hits if hit.to.role in {"calm", "now"}}
        if roles == {"calm"}:
            return
        meant = [*harmless, *(hit for hit in hits if hit.to.role == "meant")]
        denials = [hit for hit in hits if hit.to.role == "denied" and not _within(hit, meant)]
        for number, parts in _by_sign(signs).items():
            danger, size = self.signs[number]
            if len(parts) == size and _said(sentence, parts.values(), denials):
                yield danger

    def _hits(self, sentence: str, written: tuple[str, ...]) -> list[Hit]:
        """The phrases in a sentence; most sentences hold none."""
        hits = [
            Hit(phrase.use, at, at + len(phrase.whole), True)
            for at, character in enumerate(() if sentence.isascii() else sentence)
            if character in self.by_character
            for phrase in self.by_character[character]
            if sentence.startswith(phrase.whole, at)
        ]
        read = [self.read(token) for token in _WORD.findall(sentence)]
        return [*hits, *self._in_words(sentence, read, written)] if any(read) else hits

    def _in_words(
        self, sentence: str, read: Sequence[frozenset[str]], written: tuple[str, ...]
    ) -> Iterator[Hit]:
        """The phrases that are said in separate words."""
        spans = [token.span() for token in _WORD.finditer(sentence)]
        for at, first in enumerate(read):
            for phrase in (phrase for word in first for phrase in self.by_word.get(word, ())):
                rest = read[at : at + len(phrase.words)]
                found = len(rest) == len(phrase.words) and all(map(contains, rest, phrase.words))
                if found and _agree(written[at : at + len(rest)], phrase.accents):
                    yield Hit(phrase.use, spans[at][0], spans[at + len(rest) - 1][1], False)


def _accents(phrase: str) -> tuple[str, ...]:
    return tuple(toned(word) for word in normalise(phrase).split())


def _agree(written: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    """Whether words are those of a phrase also by their accents, where they were written with any."""
    return all(map(eq, written, meant))


def _within(hit: Hit, harmless: list[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in harmless)


def _by_sign(hits: list[Hit]) -> Mapping[int, Mapping[int, list[Hit]]]:
    """The hits of each sign, by its parts."""
    found: dict[int, dict[int, list[Hit]]] = {}
    for hit in hits:
        found.setdefault(hit.to.sign, {}).setdefault(hit.to.part, []).append(hit)
    return found


def _said(sentence: str, parts: Iterable[list[Hit]], denials: list[Hit]) -> bool:
    """Whether all parts of a sign stand near each other, and nobody denies it."""
    for together in product(*(hits[:MOST] for hits in parts)):
        start, end = min(hit.start for hit in together), max(hit.end for hit in together)
        chinese = any(hit.chinese for hit in together)
        near = len(together) == 1 or end - start <= (NEAR_CHINESE if chinese else NEAR)
        if near and not any(_denies(sentence, denial, start) for denial in denials):
            return True
    return False


def _denies(sentence: str, denial: Hit, start: int) -> bool:
    between = sentence[denial.end : start]
    if denial.end > start or "," in between or "，" in between:
        return False
    return len(between) <= DENIED_WORDS if denial.chinese else len(_WORD.findall(between)) <= DENIED_WORDS


@cache
def _book() -> _Book:
    return _Book(alarms())
