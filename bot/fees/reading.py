"""What the data of a button name: a home, a month of it, where to go on. Anybody could have written them."""

from dataclasses import dataclass

from bot.layout import number
from bot.scene import Scene
from desk.errors import NotFound
from desk.fees import accounts
from desk.fees.accounts import Account
from desk.fees.periods import is_period
from desk.records import Person


@dataclass(frozen=True, slots=True)
class Named:
    """A month of a home whose fees the person may see."""

    account: Account
    period: str
    #: how many lines were shown before
    past: int = 0


def account(scene: Scene, person: Person, home: str) -> Account:
    """The fees of a home that the person lives in; raises `NotAllowed`."""
    found = accounts.home_of(scene.session, person, number(home), scene.now)
    return accounts.account(scene.session, found)


def bill(scene: Scene, person: Person, about: str) -> Named:
    """`12/2026-11` or `12/2026-11/15`; raises `NotFound`, `NotAllowed`."""
    home, _slash, rest = about.partition("/")
    period, _slash, past = rest.partition("/")
    if not is_period(period):
        raise NotFound
    named = Named(account(scene, person, home), period, number(past or "0"))
    named.account.bill(period)
    return named


def at(scene: Scene, found: Account) -> Scene:
    """The desk of the estate that the home is in."""
    return scene.at(scene.session.estates.get(found.home.estate_id))
