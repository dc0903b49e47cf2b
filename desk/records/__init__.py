"""The records of the desk: frozen, complete, and free of Telegram and SQL."""

from desk.records.base import Json as Json, Media as Media, Opening as Opening, Slot as Slot
from desk.records.estates import (
    Estate as Estate,
    Home as Home,
    Promises as Promises,
    Queue as Queue,
    SurveyRules as SurveyRules,
)
from desk.records.people import (
    NOBODY as NOBODY,
    SYSTEM as SYSTEM,
    Actor as Actor,
    Code as Code,
    HomeRole as HomeRole,
    Knock as Knock,
    Notice as Notice,
    Occupancy as Occupancy,
    Person as Person,
    Role as Role,
    Staff as Staff,
    Wishes as Wishes,
)
from desk.records.requests import (
    Change as Change,
    Details as Details,
    Event as Event,
    Link as Link,
    Place as Place,
    Priority as Priority,
    Request as Request,
    State as State,
    Survey as Survey,
    Terms as Terms,
    Type as Type,
)
from desk.records.rules import (
    AgainRules as AgainRules,
    CalendarRules as CalendarRules,
    EmergencyRules as EmergencyRules,
    FeeRules as FeeRules,
    Rules as Rules,
)
from desk.records.timers import Timer as Timer
