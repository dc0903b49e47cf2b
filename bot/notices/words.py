"""What every notice is made of."""

from collections.abc import Callable
from typing import TypeAlias

from bot import cards
from bot.scene import Scene, Tap
from desk.records import Event, Person, Request
from locales.text import Text, Value, verbatim

#: a message and its buttons
Said: TypeAlias = tuple[Value, list[list[Tap]]]
Says: TypeAlias = Callable[[Scene, Request, Event], Said]


def quoted(scene: Scene, event: Event) -> Value:
    """What was said with it, in full."""
    return cards.quoted(event.why, cards.SHOWN_TO_WORKER, cards.speech(scene, event.actor.person_id))


def plain(text: Callable[[Value, Value], Text]) -> Says:
    """A notice of one sentence, from the number and from who did it."""

    def said(scene: Scene, request: Request, event: Event) -> Said:
        return text(cards.number(request), who(scene, event)), []

    return said


def who(scene: Scene, event: Event) -> Value:
    """Who did it, as colleagues and residents know them."""
    if event.actor.person_id is None:
        return verbatim(event.actor.name)
    return cards.badge(scene, scene.session.people.get(event.actor.person_id))


def worker_of(scene: Scene, request: Request) -> Person | None:
    """Whose job it is."""
    return scene.session.people.get(request.worker_id) if request.worker_id is not None else None
