"""What a manager looks into, because residents complained of it again and again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """Complaints of one kind about one place, gathered for a manager; at most one is open at a time."""

    id: int = 0
    estate_id: int
    #: code of the taxonomy
    kind: str
    #: the building; "" is the estate as a whole
    spot: str
    opened_at: datetime
    #: what was found, and what is done about it; None and "" until it is closed
    finding: str = ""
    measure: str = ""
    closed_by: int | None = None
    closed_at: datetime | None = None
