"""What an estate makes of the taxonomy: which kinds it switches off, renames, sends elsewhere, or adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from desk.records.requests import Place, Priority, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateKind:
    """One kind as the estate wants it; what is left out stays as the taxonomy has it."""

    id: int = 0
    estate_id: int
    #: a kind of the taxonomy, or one that the estate adds
    code: str
    #: for one that it adds: the group of the taxonomy that it stands in
    group: str = ""
    #: language → what the estate calls it
    title: Mapping[str, str] = field(default_factory=dict)
    #: whether it is no longer offered
    off: bool = False
    #: code of the queue that it goes to; "" is the one that names it or its group
    queue: str = ""
    priority: Priority | None = None
    #: its own promises; None is the estate's
    respond: timedelta | None = None
    solve: timedelta | None = None
    #: who pays; None as its group has it
    terms: Terms | None = None
    #: whether "done" needs a photo
    photo: bool = False
    #: where it is, unless somebody says otherwise
    place: Place | None = None
