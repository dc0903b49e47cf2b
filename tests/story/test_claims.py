"""Who claims has it alone, whoever else taps at the same moment, in whichever process the taps arrive."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest

from sandbox.client import Person, Tapped
from tests.postgres import Cluster
from tests.story.office import Office, office, shared_office

ROUNDS = 20
YOURS = "It is yours. You find it in our private chat."
T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T]:
    """Does all of it in the same moment, each in a thread of its own."""
    start = Barrier(len(acts))

    def act(do: Callable[[], T]) -> T:
        start.wait()
        return do()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def claiming(office: Office, worker: Person, request: int, *, private: bool) -> Callable[[], Tapped]:
    """A tap on Claim: on the card in the group, or in the worker's own chat."""
    chat = office.stage.bot if private else office.cast.group
    message = worker.last(chat, by_bot=True).id
    return lambda: worker.tap(message=message, chat=chat, data=f"r:{request}:claim", forged=True)


def check_won(office: Office, request: int, told: dict[str, str]) -> None:
    """One has it, and the other is told who; it was claimed once."""
    [(winner, badge)] = office.ask(
        "SELECT people.name, staff.badge FROM requests JOIN people ON people.id = worker_id"
        " JOIN staff ON staff.person_id = people.id WHERE requests.id = :id",
        id=request,
    )
    assert told == {
        name: YOURS if name == winner else f"{winner}, badge {badge} has it already." for name in told
    }
    assert claims(office, request) == 1


def claims(office: Office, request: int) -> int:
    """How often it was claimed."""
    [(count,)] = office.ask(
        "SELECT count(*) FROM events WHERE name = 'claimed' AND request_id = :id", id=request
    )
    assert isinstance(count, int)
    return count


def two_claim(office: Office, *, private: bool) -> None:
    """Both workers at once; one of them may tap in the private chat."""
    workers = (office.cast.worker, office.cast.other)
    before = job_cards(office)
    for turn in range(ROUNDS):
        request = office.filed(office.cast.resident)
        taps = [
            claiming(office, one, request, private=private and one is workers[turn % 2]) for one in workers
        ]
        told = [tap.answer().text for tap in at_once(*taps)]
        check_won(office, request, {one.name: text for one, text in zip(workers, told, strict=True)})
    assert job_cards(office) == before + ROUNDS


def job_cards(office: Office) -> int:
    """How many job cards the two workers have together."""
    return sum("🛠" in one.text for who in (office.cast.worker, office.cast.other) for one in office.said(who))


@pytest.fixture(scope="module", params=["aiogram", "ptb", "aiogram twice", "ptb twice"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An estate at work: one process that polls on SQLite, or two by webhook on PostgreSQL."""
    face, _, twice = request.param.partition(" ")
    folder = tmp_path_factory.mktemp("office")
    if not twice:
        with office(folder, face) as found:
            yield found
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    url = cluster.create()
    with shared_office(folder, face, url) as found:
        yield found
    cluster.drop(url)


def test_two_workers_tap_in_the_group(desk: Office) -> None:
    """On the same card."""
    two_claim(desk, private=False)


def test_two_workers_tap_in_different_chats(desk: Office) -> None:
    """One of them found the request in the private chat: nothing puts their taps in an order."""
    two_claim(desk, private=True)


def test_a_worker_who_taps_five_times_has_claimed_once(desk: Office) -> None:
    """Every tap is told the same, and there is one job card."""
    worker = desk.cast.worker
    before = job_cards(desk)
    request = desk.filed(desk.cast.resident)
    tap = claiming(desk, worker, request, private=False)
    assert {tapped.answer().text for tapped in at_once(*[tap] * 5)} == {YOURS}
    assert claims(desk, request) == 1
    assert job_cards(desk) == before + 1


def test_updates_that_telegram_delivers_twice_count_once(desk: Office) -> None:
    """Both taps come twice; and so does what the resident says."""
    desk.sandbox.faults({"do": "duplicate", "times": 9})
    request = desk.filed(desk.cast.resident)
    workers = (desk.cast.worker, desk.cast.other)
    for tapped in at_once(*(claiming(desk, one, request, private=False) for one in workers)):
        tapped.answer()
    before = len(desk.said(desk.cast.resident))
    desk.cast.resident.say("/requests", chat=desk.stage.bot)
    assert len(desk.said(desk.cast.resident)) == before + 1
    desk.sandbox.faults()
    assert claims(desk, request) == 1


def test_one_process_sends_and_when_it_dies_the_other_does(desk: Office) -> None:
    """Nobody waits for the one that is dead."""
    twin = desk.twin
    if twin is None:
        return
    assert desk.stage.log().count("sender.leading") == 1
    before = len(desk.said(desk.cast.resident))
    desk.stage.kill()
    desk.cast.resident.say("/requests", chat=desk.stage.bot)
    twin.settle()
    assert len([one for one in desk.cast.resident.chat(twin.bot) if one.by_bot]) == before + 1
    assert desk.stage.log().count("sender.leading") == 2
    desk.stage.start()
