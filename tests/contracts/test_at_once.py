"""Two people who do what only one of them can: the first counts, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest

from desk.actions.complaints import Complain, Complained
from desk.actions.fees import DisputeCharge
from desk.actions.gate import AskHome, LetArrive, LetIn, TurnAway
from desk.actions.households import AnswerKnock, AskIn
from desk.actions.perform import perform
from desk.errors import DeskError
from desk.records import HomeRole, Knock, Place, Role
from desk.records.fees import Charge, FeeType
from desk.records.visitors import VisitChange
from tests.bot.counter import Counter, Guest
from tests.bot.test_household import expected
from tests.contracts.samples import Store


@pytest.fixture
def counter(database: Store) -> Counter:
    return Counter(database)


def orders(guest: Guest, order: object) -> object:
    """Carried out in a transaction of its own."""
    counter = guest.counter
    return counter.write(lambda work: perform(work, work.people.get(guest.id), order, counter.now))


def at_once(*given: tuple[Guest, object]) -> list[object]:
    """What came of each; None for who was too late."""
    start = Barrier(len(given), timeout=10)

    def act(one: tuple[Guest, object]) -> object:
        start.wait()
        try:
            return orders(*one)
        except DeskError:
            return None

    with ThreadPoolExecutor(len(given)) as threads:
        return list(threads.map(act, given))


def one_of(*given: tuple[Guest, object]) -> bool:
    """Whether exactly one came through."""
    return len([one for one in at_once(*given) if one is not None]) == 1


def test_at_the_gate(counter: Counter):
    lin, bo = counter.resident("Lin"), counter.resident("Bo")
    gus, ada = counter.staff("Gus", Role.GUARD), counter.staff("Ada", Role.GUARD)
    asked = orders(gus, AskHome(home_id=counter.home.id, name="Courier"))
    assert isinstance(asked, VisitChange)
    number = asked.visitor.id
    assert one_of((lin, LetIn(visitor_id=number)), (bo, TurnAway(visitor_id=number)))
    passed = orders(lin, expected(counter))
    assert isinstance(passed, VisitChange)
    assert one_of(*((guard, LetArrive(visitor_id=passed.visitor.id)) for guard in (gus, ada)))


def test_at_the_door(counter: Counter):
    lin, mia, eve = counter.resident("Lin"), counter.staff("Mia", Role.MANAGER), counter.guest("Eve")
    knock = orders(
        eve, AskIn(estate_id=counter.estate.id, door=counter.home.code, role=HomeRole.TENANT, words="")
    )
    assert isinstance(knock, Knock)
    yes, no = (AnswerKnock(knock_id=knock.id, granted=granted) for granted in (True, False))
    assert one_of((lin, yes), (mia, no))


def test_on_a_bill(counter: Counter):
    charge = Charge(
        estate_id=counter.estate.id,
        home_id=counter.home.id,
        period="2026-01",
        tariff="water",
        type=FeeType.WATER,
        amount=Decimal(3),
        due=date(2026, 2, 1),
    )
    kept = counter.write(lambda work: work.fees.save_charge(charge))
    order = DisputeCharge(charge_id=kept.id, kind="bill_query", line="Water", words="Too much")
    assert one_of((counter.resident("Lin"), order), (counter.resident("Bo"), order))
    found = counter.read(lambda work: work.requests.find(counter.estate.id, kinds=["bill_query"]))
    assert [one.id for one in found] == [counter.read(lambda work: work.fees.charge(kept.id)).dispute_id]


def test_four_complaints_at_one_moment_open_one_investigation_with_all_of_them(counter: Counter):
    order = Complain(home_id=counter.home.id, words="Drums", kind="c_noise", place=Place.HOME)
    made = at_once(*((counter.resident(name), order) for name in ("Lin", "Bo", "Kim", "Ann")))
    told = [one for one in made if isinstance(one, Complained)]
    (found,) = {one.investigation.id for one in told if one.investigation}
    assert [len(told), sum(one.opened for one in told)] == [4, 1]
    assert len(counter.read(lambda work: work.investigations.requests(found))) == 4
