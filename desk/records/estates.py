"""An estate: whose desk this is, its homes, its lines of work, and by which hours and promises it works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from desk.records.base import Opening
from desk.records.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What an estate promises its residents, by the company's written procedure."""

    respond: timedelta = timedelta(minutes=30)
    solve: timedelta = timedelta(hours=24)
    #: by when a complaint is answered, by whoever deals with it
    answer: timedelta = timedelta(hours=24)
    #: silence of the resident after "done" that closes a request
    confirm: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRules:
    """When residents are asked how it was."""

    after: timedelta = timedelta(hours=2)
    #: start and end of the hours in which nobody is asked, in the estate's time; None asks at any hour
    quiet: tuple[time, time] | None = (time(22), time(8))


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A housing estate: whose desk this is, and by which hours and promises it works."""

    id: int = 0
    name: str
    #: IANA name, such as Asia/Shanghai
    time_zone: str
    #: the first is spoken where a reader's own is not known
    languages: tuple[str, ...] = ("en",)
    country: str = ""
    #: ISO 4217
    currency: str = ""
    hours: tuple[Opening, ...] = ()
    promises: Promises = Promises()
    survey: SurveyRules = SurveyRules()
    digest_at: time = time(8, 30)
    #: the staff group, once it is bound with /setup
    staff_chat: int | None = None
    #: whether that group has topics
    staff_forum: bool = False
    rules: Rules = field(default_factory=Rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A dwelling of an estate, known by the code on its door."""

    id: int = 0
    estate_id: int
    code: str
    #: square metres, which fees are computed from
    area: Decimal | None = None
    #: as people call it; "" is the first part of the code (`desk.places`)
    building: str = ""
    floor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A line of work: which kinds of requests go to which people, in which topic."""

    id: int = 0
    estate_id: int
    code: str
    #: language → name
    title: Mapping[str, str]
    #: codes of groups or kinds in the taxonomy
    kinds: tuple[str, ...] = ()
    #: own working hours; none means the estate's
    hours: tuple[Opening, ...] = ()
    #: the topic in the staff group, once made
    topic: int | None = None
