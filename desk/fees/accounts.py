"""How a home stands with its fees, read from what is kept; and who may see that."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from desk.errors import NotAllowed, NotFound
from desk.fees.bills import Bill, balance, bills
from desk.fees.money import ZERO
from desk.fees.periods import before
from desk.ports import Work
from desk.records import Estate, Home, HomeRole, Person, Role, State
from desk.records.fees import Charge, Payment

#: who in the office looks after fees
CASHIERS = frozenset({Role.FEES, Role.MANAGER, Role.OWNER})
#: a dispute that stands so is over
SETTLED = frozenset({State.CLOSED, State.CANCELLED, State.REJECTED, State.DUPLICATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All months of one home, and what was paid for it."""

    home: Home
    currency: str
    #: oldest first
    bills: tuple[Bill, ...]
    payments: tuple[Payment, ...]
    balance: Decimal

    @property
    def open(self) -> Decimal:
        """What is to be paid now or soon, without what is disputed."""
        return sum((one.open for one in self.bills), ZERO)

    @property
    def disputed(self) -> Decimal:
        """What is not asked for while it is disputed."""
        return sum((one.disputed for one in self.bills), ZERO)

    @property
    def ahead(self) -> Decimal:
        """What was paid in advance."""
        return max(-self.balance, ZERO)

    def open_through(self, period: str) -> Decimal:
        """What is to be paid of a month and of all before it, as money covers the oldest first."""
        return sum((one.open for one in self.bills if one.period <= period), ZERO)

    def overdue(self, today: date) -> Decimal:
        """What should have been paid before today."""
        return sum((one.open for one in self.bills if one.due < today), ZERO)

    def bill(self, period: str) -> Bill:
        """One month; raises `NotFound`."""
        found = next((one for one in self.bills if one.period == period), None)
        if found is None:
            raise NotFound
        return found

    def lines_before(self, period: str) -> tuple[Charge, ...]:
        """The lines of the month before; none where there was no bill."""
        return next((one.lines for one in self.bills if one.period == before(period)), ())


def account(work: Work, home: Home) -> Account:
    """How a home stands."""
    charges, payments = work.fees.charges(home.id), work.fees.payments(home.id)
    return Account(
        home=home,
        currency=work.estates.get(home.estate_id).currency,
        bills=bills(charges, payments, lambda one: in_dispute(work, one)),
        payments=payments,
        balance=balance(charges, payments),
    )


def in_dispute(work: Work, charge: Charge) -> bool:
    """Whether somebody disputes it, and the office has not decided yet."""
    return charge.dispute_id is not None and work.requests.get(charge.dispute_id).state not in SETTLED


def homes_of(work: Work, person: Person, now: datetime) -> tuple[Home, ...]:
    """The homes whose fees a person may see: those that they own or rent, and nobody's family."""
    living = work.people.occupancies(person.id, now)
    return tuple(work.estates.home(one.home_id) for one in living if one.role is not HomeRole.FAMILY)


def home_of(work: Work, person: Person, home_id: int, now: datetime) -> Home:
    """A home whose fees the person may see; raises `NotAllowed`."""
    found = next((one for one in homes_of(work, person, now) if one.id == home_id), None)
    if found is None:
        raise NotAllowed
    return found


def require_cashier(work: Work, person: Person, estate_id: int, now: datetime) -> None:
    """Raises `NotAllowed` for everybody who does not look after this estate's fees."""
    posts = work.people.staff_of(person.id, now)
    if not any(post.estate_id == estate_id and post.role in CASHIERS for post in posts):
        raise NotAllowed


def today_at(estate: Estate, now: datetime) -> date:
    """The day that it is in an estate."""
    return now.astimezone(ZoneInfo(estate.time_zone)).date()
