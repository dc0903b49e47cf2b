"""What an estate sets for each family of requests; what its file leaves out holds as it is written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRules:
    """On which days an estate works otherwise than its week says."""

    #: whether the country's public holidays are free, and its made-up working days are not
    public: bool = True
    #: days on which nobody comes, and days on which somebody does, whatever the country says
    closed: tuple[date, ...] = ()
    open: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRules:
    """How an estate answers when somebody may come to harm."""

    #: called first, shown at once; "" is the country's own number alone
    hotline: str = ""
    #: how often those on call are alerted again until somebody accepts
    repeat: timedelta = timedelta(minutes=3)
    #: after how many repetitions in vain the owners are alerted, too
    owners_after: int = 2
    #: how often at the most; by then everybody has been called by telephone
    most: int = 40


class Approval(StrEnum):
    """Which visitors the office is asked about before they get a pass."""

    NEVER = "never"
    ALWAYS = "always"
    #: only who stays longer than `VisitorRules.long`
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorRules:
    """Whom an estate lets in, and for how long it knows about it."""

    approval: Approval = Approval.NEVER
    long: timedelta = timedelta(hours=24)
    #: whether a guard may say yes too, and not the office alone
    guards_approve: bool = False
    #: how long one visit may last, and how long a pass for regular visits may run
    longest: timedelta = timedelta(days=7)
    regular: timedelta = timedelta(days=90)
    #: how far ahead a visit may begin
    ahead: timedelta = timedelta(days=30)
    #: the most people on one pass, and the most passes that a home has at once
    people: int = 10
    passes: int = 10
    #: the times of day between which visits begin; None is any
    hours: tuple[time, time] | None = None
    #: what the gates are called, where a pass may be for one of them
    gates: tuple[str, ...] = ()
    #: gate → language → name, for those with several names
    gate_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: code of the queue whose topic gets the cards; without it, or a group, those who approve are told
    queue: str = "security"
    #: how long a guard waits for the home before calling it
    answer: timedelta = timedelta(minutes=5)
    #: names and plates are forgotten so long after the visit is over
    keep: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRules:
    """How an estate is paid, and how it reminds of that."""

    #: days before and after a bill is due at which its home is reminded
    before: tuple[int, ...] = (3,)
    after: tuple[int, ...] = (1, 7, 14)
    #: the most reminders of one bill
    most: int = 4
    #: from when on that day; hours in which nobody is reminded
    at: time = time(10)
    quiet: tuple[time, time] | None = (time(21), time(9))
    #: language → how to pay outside of Telegram: an account, the office's hours
    instructions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainRules:
    """What counts as the same fault, as an outage, and as one that comes back."""

    #: how old an open request may be that a new report is compared with
    within: timedelta = timedelta(days=7)
    #: the same kind of fault in the same home within this time is a repeat
    repeat: timedelta = timedelta(days=30)
    #: so many homes of a building within so long make an outage to look into
    outage_homes: int = 3
    outage_within: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyRules:
    """How long an estate keeps what people wrote."""

    #: words, pictures and details of a request, after it was closed
    words: timedelta = timedelta(days=1096)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The estate's own rules, one record a family."""

    #: language → the estate's name; its other name is for everybody else
    title: Mapping[str, str] = field(default_factory=dict)
    emergency: EmergencyRules = EmergencyRules()
    calendar: CalendarRules = CalendarRules()
    again: AgainRules = AgainRules()
    visitors: VisitorRules = field(default_factory=VisitorRules)
    fees: FeeRules = field(default_factory=FeeRules)
    privacy: PrivacyRules = PrivacyRules()
