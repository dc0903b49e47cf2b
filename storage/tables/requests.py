"""Requests, their audit trail, and what residents said of them."""

from collections.abc import Mapping

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from desk.records import Details, Json, Link, Media, Place, Priority, Role, State, Type
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Packed, Word

#: A database uses a partial index only for a query that says the index's condition in the same words, hence
#: these are text, written once and used by the index and by its queries.
OPEN = text("state NOT IN ('done', 'closed', 'cancelled', 'rejected', 'duplicate')")
LINKED = text("linked_id IS NOT NULL")
ACCUSED = text("accused_id IS NOT NULL")
TO_REVIEW = text("review_due IS NOT NULL AND reviewed_at IS NULL")
ANSWERED = text("answered_at IS NOT NULL")
FADING = text("faded_at IS NULL AND closed_at IS NOT NULL")

requests = Table(
    "requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("resident_id", ForeignKey("people.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id")),
    Column("queue_id", ForeignKey("queues.id"), nullable=False),
    Column("type", Word(Type), nullable=False, server_default="repair"),
    Column("kind", String, nullable=False),
    Column("problem", Text, nullable=False),
    Column("media", Packed(tuple[Media, ...]), nullable=False),
    Column("visit_start", Moment),
    Column("visit_end", Moment),
    Column("entry", Boolean, nullable=False),
    Column("language", String, nullable=False),
    Column("priority", Word(Priority), nullable=False),
    Column("channel", String, nullable=False),
    Column("state", Word(State), nullable=False),
    Column("version", Integer, nullable=False),
    Column("worker_id", ForeignKey("people.id")),
    Column("previous", Word(State)),
    Column("opened_at", Moment, nullable=False),
    Column("respond_by", Moment, nullable=False),
    Column("solve_by", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("paused_at", Moment),
    Column("hold_until", Moment),
    Column("done_at", Moment),
    Column("closed_at", Moment),
    Column("not_fixed", Integer, nullable=False),
    Column("escalation", Integer, nullable=False),
    Column("place", Word(Place), nullable=False, server_default="home"),
    Column("building", String, nullable=False, server_default=""),
    Column("details", Packed(Details), nullable=False, server_default="{}"),
    Column("accused_id", ForeignKey("people.id")),
    Column("linked_id", ForeignKey("requests.id")),
    Column("link", Word(Link)),
    Column("weight", Integer, nullable=False, server_default="1"),
    Column("hurried", Integer, nullable=False, server_default="0"),
    Column("hurried_at", Moment),
    #: when its words and pictures were forgotten; no part of the record
    Column("faded_at", Moment),
    UniqueConstraint("estate_id", "number"),
)
Index("ix_requests_estate_opened", requests.c.estate_id, requests.c.opened_at)
Index("ix_requests_estate_state", requests.c.estate_id, requests.c.state, requests.c.opened_at)
Index("ix_requests_estate_kind", requests.c.estate_id, requests.c.kind, requests.c.opened_at)
Index("ix_requests_resident", requests.c.resident_id, requests.c.opened_at)
Index("ix_requests_home", requests.c.home_id, requests.c.opened_at)
partial("ix_requests_accused", requests.c.accused_id, where=ACCUSED)
partial("ix_requests_fading", requests.c.estate_id, requests.c.closed_at, where=FADING)
partial("ix_requests_linked", requests.c.linked_id, where=LINKED)
partial("ix_requests_open_queue", requests.c.queue_id, requests.c.state, requests.c.opened_at, where=OPEN)
partial("ix_requests_open_worker", requests.c.worker_id, requests.c.opened_at, where=OPEN)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("request_id", ForeignKey("requests.id"), nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("name", String, nullable=False),
    Column("actor_role", Word(Role), nullable=False),
    Column("actor_person_id", ForeignKey("people.id")),
    Column("actor_name", String, nullable=False),
    Column("actor_badge", String, nullable=False),
    Column("before", Word(State)),
    Column("after", Word(State), nullable=False),
    Column("why", Text, nullable=False),
    Column("data", Packed(Mapping[str, Json]), nullable=False),
)
Index("ix_events_request", events.c.request_id, events.c.id)
Index("ix_events_estate_at", events.c.estate_id, events.c.at)

surveys = Table(
    "surveys",
    metadata,
    Column("request_id", ForeignKey("requests.id"), primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("resident_id", ForeignKey("people.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("reminded_at", Moment),
    Column("score", Integer),
    Column("reasons", Packed(tuple[str, ...]), nullable=False),
    Column("words", Text, nullable=False),
    Column("answered_at", Moment),
    Column("review_due", Moment),
    Column("reviewed_at", Moment),
    Column("reviewed_by", ForeignKey("people.id")),
)
Index("ix_surveys_estate_asked", surveys.c.estate_id, surveys.c.asked_at)
partial("ix_surveys_answered", surveys.c.estate_id, surveys.c.answered_at, where=ANSWERED)
partial("ix_surveys_to_review", surveys.c.estate_id, surveys.c.review_due, where=TO_REVIEW)
