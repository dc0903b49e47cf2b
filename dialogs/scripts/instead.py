"""The way out of an order that was misunderstood: what else it may be, in one tap, keeping what was said."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from desk.catalogue import Catalogue
from desk.records import Json, Type
from desk.taxonomy import Kind, type_of
from desk.view import DeskView
from dialogs.engine.answers import Answers
from dialogs.kinds import title
from dialogs.questions.reviewing import Shortcut
from dialogs.said import Said, said
from dialogs.scripts.elsewhere import HandOver, kept
from dialogs.talk import Talk
from dialogs.understanding.categories import propose
from dialogs.understanding.intents import Intent
from locales.text import Joined, Text, Value, _

#: what stands for all that is not offered, and what it is kept as
ELSE, INSTEAD, COMPLAINT = "else", "instead", "complaint"
#: what a group begins with, of whose kinds one is meant
GROUP = "group/"
#: the part of a conversation's subject that tells that it was asked what was meant
SORTED = "sorted"
#: how many other kinds a review offers
MOST = 2


def likely(words: str, offered: Catalogue, language: str | None) -> tuple[Kind, ...]:
    """The kinds that words may mean to somebody who reads this language, the likeliest first."""
    return propose(words, offered=offered, language=language or "")


def misunderstood(talk: Talk, desk: DeskView) -> HandOver | None:
    """Where a conversation goes on that was begun for something else; None where it was begun rightly."""
    first, meant = said(talk, desk), talk.answers.given.get(INSTEAD)
    if first is None or not isinstance(meant, str):
        return None
    match meant:
        case "else":
            return sort_out_again(talk, first)
        case "complaint":
            return _over(talk, first, "complaint")
        case _ if meant.startswith(GROUP):
            return _over(talk, first, "repair", {"kind": ELSE, "kind/group": meant.removeprefix(GROUP)})
        case _:
            return _over(talk, first, "repair", {"kind": meant})


def _over(
    talk: Talk, first: Said, script: str, chosen: Mapping[str, Json] = MappingProxyType({})
) -> HandOver:
    """What was said goes along, and what was chosen now."""
    answers = Answers({**kept(talk, "home"), "problem": _told(talk, first), **chosen})
    return HandOver(script=script, answers=answers, subject={SORTED: True})


def sort_out_again(talk: Talk, first: Said) -> HandOver:
    """Asks what was meant."""
    answers = Answers({**kept(talk, "home"), "problem": _told(talk, first)})
    return HandOver(script="sort_out", answers=answers)


def _told(talk: Talk, first: Said) -> Json:
    """The description, pictures and all; of a conversation that needs none, what it began with."""
    known = {**talk.answers.drafts, **talk.answers.given}
    found = next((known[name] for name in ("problem", "idea", "praise", "question") if name in known), None)
    return found if found is not None else {"words": [first.words], "media": []}


def shortcuts(talk: Talk, desk: DeskView, chosen: Kind | None = None) -> Sequence[Shortcut]:
    """What a review offers instead of an order that nobody was asked about: other likely kinds, those beside
    the one that it has, and all the rest."""
    first = said(talk, desk)
    if first is None or talk.subject.get(SORTED) or "kind" in talk.answers.given:
        return ()
    offered = desk.catalogue()
    others = [one for one in likely(first.words, offered, desk.person.language) if one != chosen]
    beside = [group for group in offered.groups if chosen and group.code == chosen.group]
    return (
        *(Shortcut(INSTEAD, one.code, _turned(title(one))) for one in others[:MOST]),
        *(Shortcut(INSTEAD, f"{GROUP}{one.code}", _turned(Text(one.title))) for one in beside),
        *([Shortcut(INSTEAD, COMPLAINT, _("Complain"))] if _complains(first, chosen) else []),
        Shortcut(INSTEAD, ELSE, _("Something else…")),
    )


def _turned(label: Value) -> Joined:
    return Joined(("↪️", label), " ")


def _complains(first: Said, chosen: Kind | None) -> bool:
    """Whether somebody complains of what would be filed as a job."""
    complains = first.understood.intent is Intent.COMPLAINT
    return complains and chosen is not None and type_of(chosen) is not Type.COMPLAINT
