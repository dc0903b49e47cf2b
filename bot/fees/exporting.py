"""What the file with all data of a person says of fees."""

from datetime import datetime

from bot.session import Session
from desk.plain import plain
from desk.records import Json, Person


def of_person(session: Session, person: Person, now: datetime) -> Json:
    """What somebody paid, and the bills of the homes that they belong to now. Both stay when they are
    forgotten: the books of the estate are made of them."""
    living = session.people.occupancies(person.id, now)
    held = dict.fromkeys(one.home_id for one in session.households.of_person(person.id))
    return {
        "payments": [
            plain(one) for home in held for one in session.fees.payments(home) if one.person_id == person.id
        ],
        "bills": [plain(one) for link in living for one in session.fees.charges(link.home_id)],
    }
