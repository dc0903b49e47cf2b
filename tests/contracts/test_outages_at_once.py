"""Many report the same at the same moment: one outage is opened, and nobody's report or "me too" is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from desk.actions.following import Follow
from desk.actions.perform import perform
from desk.actions.reporting import ReportRepair
from desk.records import Estate, Home, Occupancy, Person, Queue
from desk.records.followers import Stage
from tests.contracts.samples import NOW, Store, Work

HOMES = 5


def settle(work: Work) -> list[tuple[Person, Home]]:
    """A building with a resident in each home."""
    estate = work.estates.save(Estate(name="Lotus Garden", time_zone="Asia/Shanghai"))
    work.estates.save_queue(Queue(estate_id=estate.id, code="repair", title={"en": "Repairs"}))
    found = []
    for number in range(HOMES):
        home = work.estates.save_home(Home(estate_id=estate.id, code=f"3-{number + 1}-{number + 2}02"))
        person = work.people.save(Person(telegram_id=100 + number, name=f"Resident {number}"))
        since = NOW - timedelta(days=1)
        work.people.occupy(Occupancy(person_id=person.id, home_id=home.id, estate_id=estate.id, since=since))
        found.append((person, home))
    return found


def at_once(database: Store, people: list[Person], orders: list[object]) -> None:
    """Everybody orders at the same moment, each in a transaction of their own."""
    gate = Barrier(len(people))

    def orders_it(person: Person, order: object) -> None:
        gate.wait()
        with database.write() as work:
            perform(work, person, order, NOW)

    with ThreadPoolExecutor(len(people)) as threads:
        list(threads.map(orders_it, people, orders))


def report(person: Person, home: Home) -> ReportRepair:
    return ReportRepair(resident_id=person.id, home_id=home.id, kind="no_water", problem="No water")


def test_one_outage_is_opened_however_many_report_at_once(database: Store):
    with database.write() as work:
        homes = settle(work)
    people = [person for person, _home in homes]
    at_once(database, people, [report(person, home) for person, home in homes])
    with database.read() as work:
        estate = work.estates.all()[0]
        filed = work.requests.find(estate.id)
        assert sorted(one.number for one in filed) == list(range(1, HOMES + 1))
        incident = work.incidents.standing(estate.id, "3", "plumbing")
        assert incident is not None
        assert incident.stage is Stage.SUSPECTED
        assert work.incidents.latest(estate.id, "3", "plumbing") == incident


def test_no_me_too_is_lost_when_all_say_it_at_once(database: Store):
    with database.write() as work:
        homes = settle(work)
        first, home = homes[0]
        perform(work, first, report(first, home), NOW)
        (request,) = work.requests.find(home.estate_id)
    others = [person for person, _home in homes[1:]]
    at_once(database, others, [Follow(request_id=request.id)] * len(others))
    with database.read() as work:
        assert work.requests.get(request.id).weight == HOMES
        assert len(work.followers.of(request.id)) == HOMES - 1
        assert work.incidents.standing(home.estate_id, "3", "plumbing") is not None
