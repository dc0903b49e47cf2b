"""Who else has a request at heart, and outages that many report at once."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a follower says of a job that is done."""

    FIXED = "fixed"
    NOT_FIXED = "not_fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """A resident who has the same fault, and is kept informed of the one request about it."""

    request_id: int
    person_id: int
    estate_id: int
    home_id: int | None = None
    since: datetime
    #: the request that was merged, if they came with it; taken back with it
    via_id: int | None = None
    #: what they said when they were last asked; None has not answered yet
    verdict: Verdict | None = None


class Stage(StrEnum):
    """What is known of an outage."""

    #: several report the same at once, and no dispatcher has looked yet
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    #: the dispatcher says that it is none
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A fault that a whole building reports within minutes. The reports are about one request, which leads:
    the others are merged into it, and later reporters follow it."""

    id: int = 0
    estate_id: int
    building: str
    #: the group of kinds that it is about, such as plumbing, and the kind reported last
    group_code: str
    kind: str
    stage: Stage = Stage.SUSPECTED
    opened_at: datetime
    #: the request that leads, once it is confirmed
    lead_id: int | None = None
    #: when it is expected to be over; None is not known
    expected_at: datetime | None = None
    #: what the dispatcher tells everybody
    words: str = ""
    decided_by: int | None = None
    decided_at: datetime | None = None
    #: from when on new reports are requests again
    over_at: datetime | None = None
