"""When a home is reminded of a bill: on the days that the estate set, at a decent hour, not all at once."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.calendar import decent
from desk.fees.accounts import Account
from desk.fees.bills import Bill
from desk.ports import Work
from desk.records import Estate, HomeRole, Json, Person, Timer
from desk.records.fees import Charge

#: homes of one estate are reminded within so many minutes of one another
SPREAD = 90


def schedule(due: date, home_id: int, estate: Estate) -> tuple[datetime, ...]:
    """All moments at which a home is reminded of a bill: counted from its day, so that no import, however
    often it is repeated, makes them more."""
    rules = estate.rules.fees
    days = sorted({*(-days for days in rules.before), *rules.after})[: rules.most]
    return tuple(_moment(due + timedelta(days=days), home_id, estate) for days in days)


def _moment(day: date, home_id: int, estate: Estate) -> datetime:
    """A home's own minute, the same every time: thousands at once would hold up each other's answers."""
    rules = estate.rules.fees
    start = datetime.combine(day, rules.at, ZoneInfo(estate.time_zone))
    spread = timedelta(minutes=home_id * 37 % SPREAD)
    return decent(start + spread, rules.quiet, estate.time_zone)


def timer(home_id: int, period: str, due: date, estate: Estate, now: datetime) -> Timer | None:
    """The next reminder of a bill; None if there is no more. What should have been said before is not made
    up for: who gets last year's bills today is not reminded of them twelve times."""
    later = [moment for moment in schedule(due, home_id, estate) if moment > now]
    if not later:
        return None
    payload: dict[str, Json] = {"home": home_id, "period": period}
    return Timer(key=key(home_id, period), kind="fee_reminder", due_at=later[0], payload=payload)


def key(home_id: int, period: str) -> str:
    """Under which a bill's next reminder is kept."""
    return f"fee/{home_id}/{period}"


def set_anew(work: Work, estate: Estate, touched: Iterable[Charge], now: datetime) -> None:
    """Sets the reminders of bills that an import touched."""
    for one in touched:
        lines = [each for each in work.fees.charges(one.home_id) if each.period == one.period]
        found = timer(one.home_id, one.period, min(each.due for each in lines), estate, now)
        if found is None:
            work.timers.cancel(key(one.home_id, one.period))
        else:
            work.timers.set(found)


def wanted(found: Account, period: str) -> Bill | None:
    """The bill that is to be reminded of: something of it is open, and nothing of it disputed."""
    bill = next((one for one in found.bills if one.period == period), None)
    return bill if bill is not None and bill.open and not bill.disputed else None


def payers(work: Work, home_id: int, now: datetime) -> tuple[Person, ...]:
    """Who is told of a home's fees: its owners and tenants, and nobody's family."""
    living = work.households.living_in(home_id, now)
    ids = dict.fromkeys(one.person_id for one in living if one.role is not HomeRole.FAMILY)
    return tuple(work.people.get(one) for one in ids)
