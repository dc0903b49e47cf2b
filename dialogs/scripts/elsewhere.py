"""When somebody reports what another conversation is for: it goes on there, with what was said already."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.records import Json, Type
from desk.taxonomy import Kind, type_of
from desk.view import DeskView
from dialogs.engine.answers import Answers
from dialogs.engine.talk import Reading

#: type → the conversation, and what it calls the description
_ELSEWHERE: Mapping[Type, tuple[str, str]] = {
    Type.COMPLAINT: ("complaint", "problem"),
    Type.SUGGESTION: ("suggestion", "idea"),
    Type.PRAISE: ("praise", "praise"),
    Type.QUESTION: ("question", "question"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The end of one conversation that is the beginning of another, with these answers."""

    script: str
    answers: Answers = Answers()
    subject: Mapping[str, Json] = field(default_factory=dict)


def elsewhere(talk: Reading, desk: DeskView, kind: Kind) -> HandOver | None:
    """Where a kind belongs that is no repair; None where a report of it is right."""
    service = next((one for one in desk.work.services.all(desk.estate.id) if kind.code in one.kinds), None)
    home = kept(talk, "home")
    if service is not None and service.open:
        return HandOver(script="service", subject={"service": service.id}, answers=Answers(home))
    if (kind_of := type_of(kind)) not in _ELSEWHERE:
        return None
    script, description = _ELSEWHERE[kind_of]
    told = {description: talk.answers.given["problem"]} if "problem" in talk.answers.given else {}
    chosen = kind_of is Type.COMPLAINT and "kind" not in talk.assumed
    named: Mapping[str, Json] = {"kind": kind.code} if chosen else {}
    return HandOver(script=script, answers=Answers({**home, **named, **told}))


def kept(talk: Reading, name: str) -> Mapping[str, Json]:
    """An answer that goes along, where it was given."""
    return {name: talk.answers.given[name]} if name in talk.answers.given else {}
