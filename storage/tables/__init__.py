"""The tables, and the indexes that keep every hot query as fast at a million requests as at a thousand.

Columns carry the names of the records' fields, so that a row becomes a record without a list of names. The
migrations in `storage/migrations/` build the same tables; a test compares the two.
"""

from storage.tables.announcements import LASTING as LASTING, announcements as announcements
from storage.tables.answers import (
    OPEN_INVESTIGATION as OPEN_INVESTIGATION,
    answers as answers,
    investigated as investigated,
    investigations as investigations,
)
from storage.tables.base import metadata as metadata, partial as partial
from storage.tables.estates import counters as counters, estates as estates, homes as homes, queues as queues
from storage.tables.fees import (
    charges as charges,
    meters as meters,
    payments as payments,
    readings as readings,
    tariffs as tariffs,
)
from storage.tables.followers import followers as followers, incidents as incidents
from storage.tables.kinds import estate_kinds as estate_kinds
from storage.tables.mail import (
    REFUSED as REFUSED,
    SETTLED as SETTLED,
    UNSENT as UNSENT,
    UNSENT_KEYED as UNSENT_KEYED,
    messages as messages,
    outbox as outbox,
    timers as timers,
)
from storage.tables.people import (
    ANSWERED_KNOCK as ANSWERED_KNOCK,
    KNOCKING as KNOCKING,
    LIVING_THERE as LIVING_THERE,
    codes as codes,
    knocks as knocks,
    occupancies as occupancies,
    people as people,
    staff as staff,
)
from storage.tables.requests import (
    ANSWERED as ANSWERED,
    FADING as FADING,
    LINKED as LINKED,
    OPEN as OPEN,
    TO_REVIEW as TO_REVIEW,
    events as events,
    requests as requests,
    surveys as surveys,
)
from storage.tables.services import bookings as bookings, services as services
from storage.tables.talks import (
    ASKED as ASKED,
    DEAD as DEAD,
    RUN_ENDED as RUN_ENDED,
    RUN_OPEN as RUN_OPEN,
    RUN_PARKED as RUN_PARKED,
    dead_letters as dead_letters,
    runs as runs,
    updates as updates,
)
from storage.tables.visitors import (
    pass_keys as pass_keys,
    visitor_events as visitor_events,
    visitors as visitors,
)
