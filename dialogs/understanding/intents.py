"""What somebody wants: the intent that most of what they said speaks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from desk.records import Type
from desk.taxonomy import Kind, groups, kinds, type_of
from dialogs.understanding.categories import subjects
from dialogs.understanding.hints import ELSEWHERE, INTENT


class Intent(StrEnum):
    """What people write to a desk for."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    VISITOR = "visitor"
    FEE = "fee"
    EMERGENCY = "emergency"
    STATUS = "status"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    QUESTION = "question"
    CHITCHAT = "chitchat"
    #: nothing that an estate's desk could do
    OOS = "oos"


#: which intents the types of kinds belong to; papers are asked for at the office
_BY_TYPE: Mapping[Type, Intent] = {
    Type.REPAIR: Intent.REPAIR,
    Type.COMPLAINT: Intent.COMPLAINT,
    Type.FEES: Intent.FEE,
    Type.SUGGESTION: Intent.SUGGESTION,
    Type.PRAISE: Intent.PRAISE,
    Type.QUESTION: Intent.QUESTION,
    Type.SERVICE: Intent.QUESTION,
}
#: nobody repairs these: who writes of them complains, whatever is then done about it
_NUISANCES = frozenset({"cleaning", "parking", "greenery", "suspicious", "guard", "exit_blocked", "ebike"})


def intent_of(subject: str) -> Intent:
    """What people want who write of a kind, of a group as a whole, or of a topic that no kind names."""
    kind = _typical().get(subject) or kinds().get(subject)
    if kind is None or {subject, kind.group} & _NUISANCES:
        return Intent.COMPLAINT
    return _BY_TYPE[type_of(kind)]


@cache
def _typical() -> Mapping[str, Kind]:
    """The first kind of each group."""
    return {group.code: group.kinds[0] for group in groups()}


@dataclass(frozen=True, slots=True)
class Weight:
    """What counts for an intent: words that say what is wanted, and kinds of it that are named."""

    wanted: float
    named: float = 0.0


#: few numbers, in round figures: finer ones fit only the sentences that they were made on
_WEIGHTS: Mapping[Intent, Weight] = {
    Intent.REPAIR: Weight(1.0, 0.7),
    Intent.COMPLAINT: Weight(0.4, 0.9),
    Intent.VISITOR: Weight(1.0),
    Intent.FEE: Weight(0.6, 0.8),
    Intent.STATUS: Weight(1.0),
    Intent.SUGGESTION: Weight(0.8, 0.4),
    Intent.PRAISE: Weight(1.2, 0.4),
    Intent.QUESTION: Weight(0.3, 0.1),
    Intent.CHITCHAT: Weight(1.2),
}
#: what has to be exceeded, so that something is taken for a matter of the estate's
_NOTHING = 0.8
#: what speaks for another matter counts more than any single word about the estate
_ELSEWHERE = 1.4
#: a question is about the estate where something of it is named, else hardly; neither is a request
_ASKED, _ASKED_MOST = 0.6, 2.0
#: how much praise, or asking how it stands, is no passing word
_MENDED = 1.5
#: a greeting before a matter, and thanks after it, are not the matter
_IN_PASSING = 0.5
#: a car that is named by its plate comes to visit
_PLATE = 1.0


def weigh(
    hinted: Mapping[str, float], *, plate: bool = False, passing: bool = False
) -> Mapping[Intent, float]:
    """How much speaks for each intent; `plate`: whether a car is named, `passing`: whether more is said than
    hello and thanks."""
    wanted = {intent: hinted.get(f"{INTENT}{intent}", 0.0) for intent in Intent}
    about = _about(hinted, wanted)
    scores = {one: by.wanted * wanted[one] + by.named * about[one] for one, by in _WEIGHTS.items()}
    calm = not (wanted[Intent.REPAIR] or wanted[Intent.COMPLAINT])
    asked = _ASKED * min(wanted[Intent.QUESTION], _ASKED_MOST)
    scores[Intent.QUESTION] += asked if any(about.values()) else 0
    scores[Intent.VISITOR] += _PLATE if plate else 0
    scores[Intent.CHITCHAT] *= _IN_PASSING if passing else 1
    scores[Intent.OOS] = _NOTHING + _ELSEWHERE * hinted.get(ELSEWHERE, 0) + (asked if calm else 0)
    return scores


def _about(hinted: Mapping[str, float], wanted: Mapping[Intent, float]) -> Mapping[Intent, float]:
    """How much the things that are named speak for each intent. What was repaired and is praised or asked
    after is named as well."""
    about = dict.fromkeys(Intent, 0.0)
    for code, weight in subjects(hinted).items():
        intent = intent_of(code)
        about[intent] = max(about[intent], weight)
    mended = max(wanted[Intent.PRAISE], wanted[Intent.STATUS])
    if mended >= max(_MENDED, wanted[Intent.REPAIR]):
        about[Intent.REPAIR] /= 2
        about[Intent.COMPLAINT] /= 2
    return about
