"""Everything that a message says, as far as it can be told: offline, deterministic, in microseconds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desk.taxonomy import kinds
from dialogs.understanding import categories, intents, learned
from dialogs.understanding.cars import plate_in
from dialogs.understanding.emergencies import recognise
from dialogs.understanding.hints import ELSEWHERE, INTENT, hints, spoken_in
from dialogs.understanding.intents import Intent
from dialogs.understanding.moments import HEARD, plain
from dialogs.understanding.vocabulary import message
from locales.lexicon import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What somebody wants, and about what."""

    intent: Intent
    #: between 0 and 1: how much likelier the intent is than the next one, as a share of itself
    confidence: float
    #: what it may be about, the likeliest first, each with how much speaks for it
    subjects: tuple[tuple[str, float], ...] = ()
    #: whether it speaks of something that no estate's desk could do
    elsewhere: bool = False
    #: the danger it tells of, as `desk.emergencies` knows it; "" is none
    danger: str = ""

    @property
    def first(self) -> frozenset[str]:
        """The code of the likeliest kind; none where nothing was said of any."""
        return frozenset(list(self.kinds)[:1])

    @property
    def clear(self) -> float:
        """How many times as much speaks for the likeliest kind as for the next one that somebody else would
        deal with; 0 where there is none."""
        named = [(kinds()[code].group, weight) for code, weight in self.subjects if code in kinds()]
        if not named:
            return 0.0
        group, weight = named[0]
        return weight / max((other for its, other in named if its != group), default=weight / 100)

    @property
    def kinds(self) -> Iterable[str]:
        """The codes of the kinds it may be filed as, the likeliest first."""
        named = (TOPICS.get(subject, subject) for subject, _weight in self.subjects)
        return dict.fromkeys(code for code in named if code in kinds())


#: how much speaks for a matter that is plainly named, and what thanks alone speak of
NAMED, THANKS = 0.7, frozenset({"praise", "feedback"})
#: more words than a greeting has
FEW = 8
#: how requests are numbered, and how much it speaks for asking about one
NUMBER, NUMBERED = re.compile(r"\bR-?(\d{1,9})\b", re.IGNORECASE), 1.5


def _numbered(words: str, hinted: Mapping[str, float]) -> Mapping[str, float]:
    """Whoever names a request by its number asks about it."""
    asked = f"{INTENT}{Intent.STATUS}"
    return {**hinted, asked: hinted.get(asked, 0) + NUMBERED} if NUMBER.search(words) else hinted


@lru_cache(maxsize=512)
def understand(words: str, language: str = "") -> Understood:
    """What a message says. `language` is the person's own, where it is known."""
    hinted = _numbered(words, hints(words, language))
    about = categories.subjects(hinted)
    subjects = tuple(sorted(about.items(), key=lambda one: -one[1]))
    danger = recognise(words) or ""
    if danger:
        return Understood(intent=Intent.EMERGENCY, confidence=1.0, subjects=subjects, danger=danger)
    matter = any(weight >= NAMED for code, weight in subjects if code not in THANKS)
    shares = _shares(words, spoken_in(words, language), hinted, matter=matter)
    ranked = sorted(shares, key=lambda intent: -shares[intent])
    first, second = (shares[intent] for intent in ranked[:2])
    return Understood(
        intent=ranked[0],
        confidence=(first - second) / first,
        subjects=subjects,
        elsewhere=ELSEWHERE in hinted,
    )


def _shares(words: str, family: str, hinted: Mapping[str, float], *, matter: bool) -> Mapping[Intent, float]:
    """How likely each intent is; `matter`: whether one is plainly named."""
    said = message(words)
    plate = plate_in(plain(words[:HEARD])) is not None
    scores = intents.weigh(hinted, plate=plate, passing=matter or said.length > FEW)
    return learned.together(scores, said, family, matter=matter)
