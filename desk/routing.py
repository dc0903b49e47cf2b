"""Which queue a kind goes to, and who may work in it."""

from collections.abc import Sequence

from desk.errors import NotFound
from desk.lifecycle import OFFICE
from desk.records import Queue, Role, Staff
from desk.taxonomy import Kind, kinds


def queue_for(kind: str, queues: Sequence[Queue]) -> Queue:
    """The queue that names the kind, else the one that names its group, else the estate's first.

    Raises `NotFound` where an estate has no queue at all.
    """
    known = kinds().get(kind)
    group = known.group if known else ""
    for wanted in (kind, group):
        for queue in queues:
            if wanted and wanted in queue.kinds:
                return queue
    if not queues:
        raise NotFound("The estate has no queue. Import one with `import-estate`.")
    return queues[0]


def queue_of(kind: Kind, queues: Sequence[Queue]) -> Queue:
    """The queue that the estate named for the kind, else the one that it goes to by its code or group."""
    named = next((queue for queue in queues if kind.queue and queue.code == kind.queue), None)
    if named is not None:
        return named
    by_kind = next((queue for queue in queues if kind.code in queue.kinds or kind.group in queue.kinds), None)
    known = kind.code in kinds()
    return by_kind if by_kind is not None and not known else queue_for(kind.code, queues)


def may_work(staff: Staff, queue_id: int) -> bool:
    """Whether a post carries the right to claim from this queue; the office may from any."""
    if staff.role in OFFICE:
        return True
    return staff.role is Role.WORKER and (not staff.queues or queue_id in staff.queues)
