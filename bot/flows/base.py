"""What one family of requests adds to the bot: its conversations, pages, buttons, timers and links.

A flow stands below the conversation that carries it out: its handlers tell people things and return what is
to follow, and never begin a conversation themselves. Whatever comes in by a button or a link is checked as if
anybody could have written it: role, estate and ownership are looked up by the handler.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from bot.faces.base import Me
from bot.said import Paid, PreCheckout, Refunded
from bot.scene import Scene, Tap
from bot.session import Session
from desk.records import Json, Person
from dialogs.engine.heard import Heard
from locales.text import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """A conversation is to begin: its script, what it is about, and what the tapper is told meanwhile."""

    script: str
    subject: Mapping[str, Json] = field(default_factory=dict)
    toast: Value = ""


Subject: TypeAlias = Mapping[str, Json]
#: does what a button or a link says; `about` is whatever its data held. What to say, or what is to begin
Act: TypeAlias = Callable[[Scene, Person, str], Value | Begin]
#: shows a page
Page: TypeAlias = Callable[[Scene, Person, str], None]
#: the subject of a conversation, from a button's `about`; raises `DeskError` where the person may not hold it
Subjects: TypeAlias = Callable[[Scene, Person, str], Subject]
#: tells everybody whom the result of an order concerns
Tells: TypeAlias = Callable[[Scene, Person, Any], Begin | None]
#: fires a timer with its payload, in its transaction
Fires: TypeAlias = Callable[[Session, Me, Mapping[str, Json], datetime], None]
#: whether words said outside of any conversation were for this flow, which then has answered
Hears: TypeAlias = Callable[[Scene, Person, Heard], bool]
#: what a flow keeps of a person, for the file with all their data
Exports: TypeAlias = Callable[[Session, Person, datetime], Json]
#: drops what a flow keeps of somebody who is forgotten, as far as its purpose allows
Forgets: TypeAlias = Callable[[Session, Person, datetime], None]
#: the rows that the first page has for this person; none where it is nothing for them
Menu: TypeAlias = Callable[[Scene, Person], list[list[Tap]]]


def number_in(payload: Mapping[str, Json], name: str) -> int:
    """A number that a timer was given; 0 where it has none."""
    value = payload.get(name)
    return value if isinstance(value, int) else 0


def nothing_about(scene: Scene, person: Person, about: str) -> Subject:
    """A conversation that anybody may begin, about nothing in particular."""
    return {}


def hears_nothing(scene: Scene, person: Person, heard: Heard) -> bool:
    """Words are for somebody else."""
    return False


def no_rows(scene: Scene, person: Person) -> list[list[Tap]]:
    """Nothing on the first page."""
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """How a flow takes in a file that it had fetched (`Scene.fetch`). If the process is killed, both are done
    anew, unless what `take` wrote is committed."""

    #: what the bytes say, found out in a thread and without the desk; that a file is bad is a finding, too
    read: Callable[[bytes], Any]
    #: what follows, in a transaction of its own, from the subject that was given to `fetch` and the findings
    take: Callable[[Scene, Person, Subject, Any], Begin | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pays:
    """How a flow is paid (`Scene.invoice`). Whoever pays may be somebody else than the invoice was sent to.
    An update is played once; a payment's `telegram_charge` tells it from all others nevertheless."""

    #: why it may not be paid, "" if it may; Telegram waits for 10 s
    check: Callable[[Scene, Person, PreCheckout], Value]
    paid: Callable[[Scene, Person, Paid], None]
    refunded: Callable[[Scene, Person, Refunded], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One family of requests. Names are unique over all flows, or the bot does not start."""

    #: script → how a button or command may begin it
    begins: Mapping[str, Subjects] = field(default_factory=dict)
    #: script → what stands where the conversation was, once its order is carried out
    endings: Mapping[str, Value] = field(default_factory=dict)
    #: type of an order's result → what stands there instead, where it came to something else
    instead: Mapping[type, Value] = field(default_factory=dict)
    #: type of an order's result → who is told
    tells: Mapping[type, Tells] = field(default_factory=dict)
    #: name → page, for buttons (`layout.page`) and commands
    pages: Mapping[str, Page] = field(default_factory=dict)
    #: verb → what a button outside of conversations does (`layout.act`)
    acts: Mapping[str, Act] = field(default_factory=dict)
    #: kind → what a timer sets going
    timers: Mapping[str, Fires] = field(default_factory=dict)
    #: beginning of a start parameter → what opening such a link does with the rest of it
    links: Mapping[str, Act] = field(default_factory=dict)
    #: purpose → how files that were fetched for it are taken in
    files: Mapping[str, Reads] = field(default_factory=dict)
    #: what the payloads of its invoices begin with, up to a colon → how it is paid
    payments: Mapping[str, Pays] = field(default_factory=dict)
    #: words out of the blue, before they begin a report
    hears: Hears = hears_nothing
    #: name in the file → what this flow adds to it
    exports: Mapping[str, Exports] = field(default_factory=dict)
    forgets: Forgets | None = None
    menu: Menu = no_rows
    #: the same for the second page: what is wanted less often, and what is for the staff
    more: Menu = no_rows
