"""Who follows which request, and outages."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Text, text

from desk.records.followers import Stage, Verdict
from storage.tables.base import metadata, partial
from storage.types import Id, Moment, Word

NOT_OVER = text("over_at IS NULL")
LEADS = text("lead_id IS NOT NULL")
VIA = text("via_id IS NOT NULL")

followers = Table(
    "followers",
    metadata,
    Column("request_id", ForeignKey("requests.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("home_id", ForeignKey("homes.id")),
    Column("since", Moment, nullable=False),
    Column("via_id", ForeignKey("requests.id")),
    Column("verdict", Word(Verdict)),
    PrimaryKeyConstraint("request_id", "person_id"),
)
Index("ix_followers_person", followers.c.person_id, followers.c.since)
partial("ix_followers_via", followers.c.via_id, where=VIA)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("estate_id", ForeignKey("estates.id"), nullable=False),
    Column("building", String, nullable=False),
    Column("group_code", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("stage", Word(Stage), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("lead_id", ForeignKey("requests.id")),
    Column("expected_at", Moment),
    Column("words", Text, nullable=False),
    Column("decided_by", ForeignKey("people.id")),
    Column("decided_at", Moment),
    Column("over_at", Moment),
)
Index("ix_incidents_place", incidents.c.estate_id, incidents.c.building, incidents.c.group_code)
partial(
    "uq_incidents_not_over",
    incidents.c.estate_id,
    incidents.c.building,
    incidents.c.group_code,
    where=NOT_OVER,
    unique=True,
)
partial("ix_incidents_lead", incidents.c.lead_id, where=LEADS)
