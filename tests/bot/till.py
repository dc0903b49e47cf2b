"""A desk with tariffs and bills, to try on what is told of fees."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot import conversation, flows
from bot.scene import Scene
from desk.fees.computing import line_amount
from desk.records import FeeRules, Media, Rules
from desk.records.fees import Basis, Charge, FeeType, Payment, Tariff
from dialogs.engine.heard import Pictured
from tests.bot.counter import ME, Counter, Guest


class Till:
    """The desk with a tariff table and the bills of one home."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        rules = Rules(
            fees=FeeRules(instructions={"en": "At the office, 9 to 17.", "zh_CN": "前台缴费 9–17 点。"})
        )
        estate = replace(counter.estate, currency="CNY", rules=rules)
        self.counter.estate = counter.write(lambda work: work.estates.save(estate))
        for code, kind, basis, measure, price in TARIFFS:
            self.tariff(code, type=kind, basis=basis, measure=measure, price=Decimal(price))

    def tariff(self, code: str, **known: Any) -> None:
        title = {"property": {"en": "Property fee", "zh_CN": "物业费"}}.get(code, {})
        tariff = Tariff(
            estate_id=self.counter.estate.id, code=code, title=title, since=date(2026, 1, 1), **known
        )
        self.counter.write(lambda work: work.fees.save_tariff(tariff))

    def charge(self, period: str, tariff: str, quantity: str, price: str, **changes: Any) -> Charge:
        amount = line_amount(Decimal(quantity), Decimal(price), "CNY")
        known: dict[str, Any] = {
            "home_id": self.counter.home.id,
            "measure": MEASURES[tariff],
            "due": DUE[period],
        }
        known |= {"quantity": Decimal(quantity), "price": Decimal(price), "amount": amount}
        known |= {"type": FeeType(tariff), "period": period, "tariff": tariff} | changes
        charge = Charge(estate_id=self.counter.estate.id, **known)
        return self.counter.write(lambda work: work.fees.save_charge(charge))

    def pay(self, amount: str, reference: str = "A-1", **changes: Any) -> Payment:
        known: dict[str, Any] = {"home_id": self.counter.home.id, "at": datetime(2026, 2, 3, 4, tzinfo=UTC)}
        known |= {"amount": Decimal(amount), "method": "transfer", "reference": reference} | changes
        payment = Payment(estate_id=self.counter.estate.id, **known)
        return self.counter.write(lambda work: work.fees.save_payment(payment))

    def two_months(self) -> None:
        """January and February: more water, a dearer property fee."""
        self.charge("2026-01", "property", "89.50", "2.50")
        self.charge("2026-01", "water", "12", "3.40", start=Decimal(1192), end=Decimal(1204))
        self.charge("2026-02", "property", "89.50", "2.80")
        self.charge("2026-02", "water", "15", "3.40", start=Decimal(1204), end=Decimal(1219))


MEASURES = {"property": "m²", "water": "m³", "parking": ""}
DUE = {"2026-01": date(2026, 2, 10), "2026-02": date(2026, 3, 10)}
TARIFFS = (
    ("property", FeeType.PROPERTY, Basis.AREA, "m²", "2.80"),
    ("water", FeeType.WATER, Basis.METER, "m³", "3.40"),
    ("parking", FeeType.PARKING, Basis.FIXED, "", "150"),
)


def seen(guest: Guest, data: str) -> str:
    """What a tap on such a button shows."""
    guest.news()
    toast = guest.sends(data)
    return guest.news() or toast


class Letterbox:
    """Files on their way from somebody's chat to the desk, as `bot.arrivals` takes them in."""

    def __init__(self, till: Till) -> None:
        self.counter = till.counter
        self.files: dict[str, bytes] = {}

    def send(self, guest: Guest, name: str, content: bytes | str, size: int = 0) -> str:
        """Somebody sends a file, and it arrives; what they hear."""
        number = f"file-{len(self.files)}"
        self.files[number] = content.encode() if isinstance(content, str) else content
        media = Media(kind="document", file_id=number, name=name, size=size)
        guest.news()
        guest.does(Pictured(media, size=size))
        self.arrive()
        return guest.news()

    def arrive(self) -> None:
        """Everything that the desk asked Telegram for comes, once."""
        wanted, self.counter.postman.fetched[:] = [*self.counter.postman.fetched], []
        for one in wanted:
            reads = flows.FILES[one.purpose]
            found = reads.read(self.files[one.file_id])
            with self.counter.opened() as work:
                scene = Scene(work, ME, work.estates.get(one.estate), self.counter.now)
                person = work.people.get(one.person)
                then = reads.take(scene, person, one.subject, found)
                if then is not None:
                    conversation.begin(scene, person, then.script, then.subject)
            self.counter.deliver()
