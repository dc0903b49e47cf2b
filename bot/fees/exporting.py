"""What the file with all data of a person says of fees."""

from datetime import datetime

from bot.session import Session
from desk.fees import accounts
from desk.plain import plain
from desk.records import Json, Person


def of_person(session: Session, person: Person, now: datetime) -> Json:
    """What somebody paid, and the bills of the homes that they own or rent now. Both stay when they are
    forgotten: the books of the estate are made of them."""
    held = dict.fromkeys(one.home_id for one in session.households.of_person(person.id))
    return {
        "payments": [
            plain(one) for home in held for one in session.fees.payments(home) if one.person_id == person.id
        ],
        "bills": [
            plain(one, "dispute_id")
            for home in accounts.homes_of(session, person, now)
            for one in session.fees.charges(home.id)
        ],
    }
