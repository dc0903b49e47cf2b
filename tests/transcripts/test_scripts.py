"""Every branch of every conversation, held against the transcripts kept beside this file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache

import pytest

from desk.records import (
    Actor,
    Change,
    Estate,
    Event,
    Home,
    Json,
    Occupancy,
    Opening,
    Person,
    Queue,
    Request,
    Role,
    Staff,
    State,
    Survey,
)
from desk.view import DeskView
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Heard, Located, Unheard, Words
from dialogs.scripts import SCRIPTS
from dialogs.talk import Talk
from dialogs.understanding.categories import propose
from locales.words import words
from storage.memory import MemoryDatabase, MemoryWork
from tests.dialogs.engine.toys import photo
from tests.transcripts.walker import Walk, compare

#: a Monday, nine in the morning in Shanghai
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"
STICKER = Unheard("sticker")


@dataclass(frozen=True)
class Flow:
    """One walk: whose conversation it is, where they live, and what they say."""

    script: str
    #: resident or worker
    who: str = "Resident"
    homes: int = 1
    language: str | None = "en"
    subject: Mapping[str, Json] = field(default_factory=dict)
    score: int = 5
    says: Mapping[str, Sequence[Sequence[Heard]]] = field(default_factory=dict)
    #: (question, key) that another flow walks already
    elsewhere: frozenset[tuple[str, str]] = frozenset()


LEAK: tuple[Heard, ...] = (
    Words("The kitchen tap is leaking"),
    photo("tap", album="a"),
    photo("floor", album="a"),
)
PIPES: tuple[Heard, ...] = (Words("It has been like this since Monday, please come soon"),)
ELSE = frozenset({("kind", "else")})
ABOUT: Mapping[str, Json] = {"request": 1}

FLOWS = {
    "repair": Flow("repair", says={"problem": [LEAK]}, elsewhere=ELSE),
    "repair_that_no_word_names": Flow("repair", says={"problem": [PIPES, (Located(31.2304, 121.4737),)]}),
    "repair_with_two_homes": Flow("repair", homes=2, says={"problem": [LEAK]}, elsewhere=ELSE),
    "repair_in_chinese": Flow("repair", language="zh_CN", says={"problem": [(Words("厨房水龙头漏水"),)]}),
    "join": Flow("join", language=None, subject={"code": "secret"}),
    "join_with_a_language": Flow("join", subject={"code": "secret"}),
    "language": Flow("language", says={"language": [(Words("english"),), (Words("Klingon"),)]}),
    "ask": Flow("ask", "Worker", subject=ABOUT, says={"question": [(Words("Is anybody in at three?"),)]}),
    "answer": Flow("answer", subject=ABOUT, says={"answer": [(Words("Yes, ring twice"),), (photo("door"),)]}),
    "hold": Flow("hold", "Worker", subject=ABOUT),
    "release": Flow("release", "Worker", subject=ABOUT),
    "finish": Flow("finish", "Worker", subject=ABOUT, says={"note": [(Words("New washer"), photo("new"))]}),
    "not_fixed": Flow("not_fixed", subject=ABOUT, says={"why": [(Words("It drips again"),)]}),
    "explain_praise": Flow("explain", subject=ABOUT, says={"words": [(Words("Thank you!"),)]}),
    "explain_blame": Flow("explain", subject=ABOUT, score=2, says={"words": [(Words("He came late"),)]}),
}


def settle(work: MemoryWork, flow: Flow) -> tuple[Estate, Person]:
    """An estate, the person whom the flow is about, and one request with its survey."""
    hours = (Opening(weekday=1, start=time(9), end=time(12)),)
    estate = work.estates.save(
        Estate(name="Sunny Court", time_zone=ZONE, languages=("en", "zh_CN"), hours=hours)
    )
    queue = work.estates.save_queue(Queue(estate_id=estate.id, code="repair", title={"en": "Repairs"}))
    resident = work.people.save(
        Person(telegram_id=1, name="Li Wei", language=flow.language, telegram_language="en")
    )
    worker = work.people.save(Person(telegram_id=2, name="Wang", language=flow.language))
    work.people.hire(
        Staff(
            person_id=worker.id,
            estate_id=estate.id,
            role=Role.WORKER,
            badge="W-7",
            since=NOW - timedelta(days=9),
        )
    )
    for number in range(flow.homes):
        home = work.estates.save_home(Home(estate_id=estate.id, code=f"1-1-10{number + 1}"))
        work.people.occupy(
            Occupancy(
                person_id=resident.id, home_id=home.id, estate_id=estate.id, since=NOW - timedelta(days=30)
            )
        )
    request = file(work, estate, queue, resident)
    survey = Survey(
        request_id=request.id, estate_id=estate.id, resident_id=resident.id, asked_at=NOW, score=flow.score
    )
    work.surveys.save(survey)
    return estate, worker if flow.who == "Worker" else resident


def file(work: MemoryWork, estate: Estate, queue: Queue, resident: Person) -> Request:
    """A dripping tap, reported yesterday."""
    yesterday = NOW - timedelta(days=1)
    request = Request(
        estate_id=estate.id,
        resident_id=resident.id,
        home_id=1,
        queue_id=queue.id,
        kind="plumbing.leak",
        problem="The tap drips",
        opened_at=yesterday,
        respond_by=NOW,
        solve_by=NOW,
    )
    event = Event(
        request_id=0,
        estate_id=estate.id,
        at=yesterday,
        name="filed",
        actor=Actor(role=Role.RESIDENT, person_id=resident.id),
        before=None,
        after=State.NEW,
    )
    return work.requests.add(Change(request=request, event=event)).request


def walk(flow: Flow, work: MemoryWork) -> Walk:
    """Every branch of a flow."""
    estate, person = settle(work, flow)
    view, script = DeskView(work, person, estate, NOW), SCRIPTS[flow.script]
    talk = Talk(Answers(), NOW, subject=flow.subject)
    reader = words(person.language or "en", ZONE)
    return Walk(
        lambda talk: script(talk, view), talk, reader, flow.says, [STICKER], flow.who, set(flow.elsewhere)
    )


@pytest.fixture(autouse=True)
def thought_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are understood once and not on each of a thousand turns."""
    monkeypatch.setattr("dialogs.scripts.repair.propose", cache(propose))


@pytest.fixture
def work() -> Iterator[MemoryWork]:
    """A desk of this test's own."""
    with MemoryDatabase().write() as work:
        yield work


@pytest.mark.parametrize("name", FLOWS)
def test_a_conversation_reads_as_it_did(name: str, work: MemoryWork):
    compare(name, walk(FLOWS[name], work).transcripts())


def test_every_script_is_walked():
    assert {flow.script for flow in FLOWS.values()} == set(SCRIPTS)
