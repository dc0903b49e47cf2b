"""What begins when somebody writes out of the blue: a conversation with what they told, a page, or a question
what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desk.records import Json, Request, Type
from desk.taxonomy import kinds, type_of
from dialogs.engine.answers import Answers
from dialogs.understanding.intents import Intent
from dialogs.understanding.understand import NUMBER, Understood

#: how much likelier than the next a conversation has to be, of itself; below it is asked which is meant
SURE = 0.5
#: above this somebody only says hello or thanks, whatever they speak of
ONLY = 0.95
#: the kind that thanks speak of, too
_THANKS = "praise"
#: kinds about bills that are answered by looking at them; others are filed
_ON_THE_BILL = frozenset(
    {"bill_query", "recalculate", "payment_missing", "meter_reading", "barrier_fee", "c_fee"}
)


@dataclass(frozen=True, slots=True)
class Begins:
    """A conversation begins, with the answers that were given already."""

    script: str
    answers: Answers = Answers()


@dataclass(frozen=True, slots=True)
class Shows:
    """A page answers it."""

    page: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Greets:
    """Somebody only said hello, or thanks."""


@dataclass(frozen=True, slots=True)
class Declines:
    """It is nothing that an estate's desk could do."""


Opening: TypeAlias = Begins | Shows | Greets | Declines


def opening(understood: Understood, told: Json, words: str, open_requests: Sequence[Request]) -> Opening:
    """What the words ask for. `told` is what the question for a description keeps of them; `open_requests`
    are the person's own."""
    intent = understood.intent
    if NUMBER.search(words) and intent in (Intent.OOS, Intent.QUESTION):
        return Shows(*_request(understood, words, open_requests))
    matters = any(code != _THANKS for code in understood.kinds)
    if intent is Intent.CHITCHAT and understood.confidence > (ONLY if matters else SURE):
        return Greets()
    if intent is Intent.OOS and understood.elsewhere and not understood.subjects:
        return Declines()
    reported = intent in (Intent.REPAIR, Intent.COMPLAINT) and understood.subjects
    if intent in (Intent.OOS, Intent.CHITCHAT) or (understood.confidence < SURE and not reported):
        return _with(told, "sort_out", "problem")
    if intent is Intent.STATUS:
        if matters and not open_requests and not NUMBER.search(words):
            return _with(told, "sort_out", "problem")
        return Shows(*_request(understood, words, open_requests))
    return _wished(understood, told)


def _wished(understood: Understood, told: Json) -> Opening:
    match understood.intent:
        case Intent.FEE:
            return _about_fees(understood, told)
        case Intent.VISITOR:
            return Begins("visitor")
        case Intent.SUGGESTION:
            return _with(told, "suggestion", "idea")
        case Intent.PRAISE:
            return _with(told, "praise", "praise")
        case Intent.QUESTION:
            return Begins("question", Answers(drafts={"question": told}))
        case _:
            return _with(told, _reported_by(understood), "problem")


def _with(told: Json, script: str, name: str) -> Begins:
    return Begins(script, Answers({name: told}))


def _reported_by(understood: Understood) -> str:
    """A complaint where somebody complains of what has to be looked into; what has to be done is a job."""
    first = next(iter(understood.kinds), None)
    complains = understood.intent is Intent.COMPLAINT
    return (
        "complaint"
        if complains and (first is None or type_of(kinds()[first]) is Type.COMPLAINT)
        else "repair"
    )


def _about_fees(understood: Understood, told: Json) -> Opening:
    filed = [code for code in understood.kinds if type_of(kinds()[code]) is Type.FEES][:1]
    return _with(told, "repair", "problem") if filed and filed[0] not in _ON_THE_BILL else Shows("fees")


def _request(understood: Understood, words: str, requests: Sequence[Request]) -> tuple[str, str]:
    """The page of the one request that is meant, or the list of them."""
    numbers = {int(number) for number in NUMBER.findall(words)}
    if numbers:
        requests = [one for one in requests if one.number in numbers]
    groups = {kinds()[code].group for code in understood.first}
    ways: tuple[Callable[[Request], bool], ...] = (
        lambda one: one.kind in understood.first,
        lambda one: one.kind in kinds() and kinds()[one.kind].group in groups,
        lambda one: not groups or bool(numbers),
    )
    for fits in ways:
        found = [one for one in requests if fits(one)]
        if len(found) == 1:
            return "request", str(found[0].id)
    return "requests", ""
