"""Forgetting, in SQL: what is to stay is never named here, only what goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, text, update

from desk.records import Details
from storage.link import Link
from storage.prepared import Prepared
from storage.tables import FADING, events, knocks, messages, outbox, requests, runs, surveys, visitor_events

OLD = Prepared(
    select(requests.c.id)
    .where(requests.c.estate_id == bindparam("estate"), requests.c.closed_at < bindparam("before"), FADING)
    .order_by(requests.c.closed_at)
    .limit(bindparam("most"))
)
#: what nobody has to do anything about any more
ENDED = text("state IN ('done', 'closed', 'cancelled', 'rejected', 'duplicate')")
CLOSED_OF = Prepared(
    select(requests.c.id).where(
        requests.c.resident_id == bindparam("person"), requests.c.faded_at.is_(None), ENDED
    )
)
FADE = Prepared(
    update(requests)
    .where(requests.c.id == bindparam("sought"))
    .values(
        problem=bindparam("none"), media=bindparam("no_media"), details=bindparam("bare"),
        faded_at=bindparam("now"),
    )
)  # fmt: skip
FADE_EVENTS = Prepared(
    update(events)
    .where(events.c.request_id == bindparam("sought"))
    .values(why=bindparam("none"), data=bindparam("no_data"))
)
FADE_SURVEY = Prepared(
    update(surveys).where(surveys.c.request_id == bindparam("sought")).values(words=bindparam("none"))
)
SIGN = Prepared(
    update(events)
    .where(events.c.actor_person_id == bindparam("person"))
    .values(actor_name=bindparam("pseudonym"))
)
SIGN_VISITS = Prepared(
    update(visitor_events)
    .where(visitor_events.c.actor_person_id == bindparam("person"))
    .values(actor_name=bindparam("pseudonym"))
)
DROP_RUNS = Prepared(delete(runs).where(runs.c.person_id == bindparam("person")))
FADE_KNOCKS = Prepared(
    update(knocks)
    .where(knocks.c.person_id == bindparam("person"))
    .values(door=bindparam("none"), words=bindparam("none"))
)
DROP_MAIL = Prepared(
    delete(outbox).where(
        outbox.c.chat_id == bindparam("chat"),
        or_(outbox.c.since.is_(None), outbox.c.since < bindparam("before")),
    )
)
DROP_MESSAGES = Prepared(delete(messages).where(messages.c.chat_id == bindparam("chat")))


class SqlPrivacy:
    """`desk.ports.Privacy` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def fade(self, estate_id: int, before: datetime, now: datetime, limit: int = 500) -> int:
        """Drops words, pictures and details of at most so many requests that were closed before then, with
        those of their events and surveys; how many they were."""
        wanted = {"estate": estate_id, "before": before, "most": limit}
        return self._fade(OLD.rows(self._link, wanted), now)

    def fade_person(self, person_id: int, pseudonym: str, now: datetime) -> int:
        """Drops the same of all requests of a person that are not open, and puts the pseudonym for the name
        wherever events are signed with it; how many requests they were."""
        for signed in (SIGN, SIGN_VISITS):
            signed.change(self._link, {"person": person_id, "pseudonym": pseudonym})
        return self._fade(CLOSED_OF.rows(self._link, {"person": person_id}), now)

    def drop_talks(self, person_id: int) -> None:
        """Drops a person's conversations, open ones too, and what they wrote when asking to be linked."""
        DROP_RUNS.change(self._link, {"person": person_id})
        FADE_KNOCKS.change(self._link, {"person": person_id, "none": ""})

    def drop_mail(self, chat_id: int, before: datetime) -> None:
        """Drops all mail for a private chat that was written before then, sent or not, and where the chat's
        messages are."""
        DROP_MAIL.change(self._link, {"chat": chat_id, "before": before})
        DROP_MESSAGES.change(self._link, {"chat": chat_id})

    def _fade(self, found: Sequence[Sequence[Any]], now: datetime) -> int:
        ids = [{"sought": row[0]} for row in found]
        empty = {"none": "", "no_media": (), "bare": Details(), "now": now}
        FADE.many(self._link, [one | empty for one in ids])
        FADE_EVENTS.many(self._link, [one | {"none": "", "no_data": {}} for one in ids])
        FADE_SURVEY.many(self._link, [one | {"none": ""} for one in ids])
        return len(ids)
