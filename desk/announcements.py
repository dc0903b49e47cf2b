"""Announcements: whom one is for, which reports it explains, and when somebody may be told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from desk.calendar import decent
from desk.places import building_of, floor_of
from desk.records import Estate, Home, Notice, Person
from desk.records.announcements import Announcement

#: what an announced outage explains, by what is off; kinds of the taxonomy
OUTAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "water": ("no_water", "low_pressure", "water_quality", "no_hot_water"),
    "hot_water": ("no_hot_water",),
    "power": ("no_power", "area_outage", "voltage", "corridor_light"),
    "heating": ("no_heating",),
    "gas": ("no_gas", "no_hot_water"),
    "lift": ("stopped",),
    "internet": ("internet", "tv"),
}
#: how long after its expected end a notice still explains what is reported, unless it is said to be over
GRACE: Final = timedelta(hours=2)
#: an outage that begins sooner than this is told at any hour
AT_ONCE: Final = timedelta(hours=12)


def concerns(announcement: Announcement, home: Home) -> bool:
    """Whether it is for those who live in this home."""
    building = announcement.building in ("", building_of(home))
    return building and announcement.floor in (None, floor_of(home))


def explains(announcement: Announcement, kind: str, home: Home, now: datetime) -> bool:
    """Whether a report of this kind from this home is what was announced."""
    end = announcement.until
    lasts = announcement.start <= now and (end is None or now < end + GRACE)
    return (
        lasts and announcement.over_at is None and kind in announcement.kinds and concerns(announcement, home)
    )


def explanation(lasting: Sequence[Announcement], kind: str, home: Home, now: datetime) -> Announcement | None:
    """What was announced that explains such a report; the newest counts."""
    return next((one for one in lasting if explains(one, kind, home, now)), None)


def words_for(announcement: Announcement, languages: Sequence[str]) -> tuple[str, str]:
    """The first of a reader's languages that it has, and what it says in that."""
    for language in languages:
        if language in announcement.words:
            return language, announcement.words[language]
    return next(iter(announcement.words.items()))


def urgent(announcement: Announcement) -> bool:
    """Whether it is told at any hour: an outage that begins before people could read of it in the morning."""
    return bool(announcement.kinds) and announcement.start - announcement.made_at < AT_ONCE


def wanted(person: Person) -> bool:
    """Whether somebody can be told, and wants to."""
    return not person.blocked and not person.forgotten and Notice.ANNOUNCEMENTS not in person.wishes.off


def when(announcement: Announcement, person: Person, estate: Estate, now: datetime) -> datetime:
    """When somebody is told: now, or at the end of the hours in which they are left in peace."""
    if urgent(announcement):
        return now
    return decent(now, person.wishes.quiet or estate.survey.quiet, estate.time_zone)
