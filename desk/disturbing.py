"""When somebody may be disturbed, and with what: asked wherever mail is made that can wait.

Answers to what a person did themselves, news of their requests, and emergencies are never held back.
"""

from datetime import datetime, time

from desk.calendar import decent
from desk.records import Estate, Notice, Person


def wants(person: Person, notice: Notice) -> bool:
    """Whether the person hears of such things at all."""
    return not person.forgotten and notice not in person.wishes.off


def quiet_hours(person: Person, estate: Estate) -> tuple[time, time] | None:
    """The hours for nothing but what is urgent: the person's own, else the estate's."""
    return person.wishes.quiet or estate.survey.quiet


def decent_for(person: Person, estate: Estate, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    return decent(moment, quiet_hours(person, estate), estate.time_zone)


def may_disturb(person: Person, estate: Estate, notice: Notice, now: datetime) -> bool:
    """Whether such a thing may be said to them now: it is wanted, and this is no quiet hour."""
    return wants(person, notice) and decent_for(person, estate, now) == now
