"""An estate of four languages: a Russian resident, a Chinese worker, an Arab manager, an English group."""

from dataclasses import dataclass

from bot.notices import announce
from bot.scene import Scene
from desk.actions.perform import perform
from desk.actions.reporting import ReportRepair
from desk.actions.services import OrderService
from desk.records import Change, Place, Request, Role
from tests.bot.counter import GROUP, ME, Counter, Guest

RUSSIAN, CHINESE, ARABIC = "Течёт кран на кухне", "哪个龙头漏水？请说明", "الصنبور الصغير بجانب النافذة"


@dataclass
class Cast:
    """A Russian resident, an English staff group, a Chinese worker, an Arab manager."""

    counter: Counter
    lin: Guest
    wang: Guest
    badr: Guest

    def tells(self, guest: Guest, words: str) -> None:
        """Words, and that this is all."""
        guest.says(words)
        guest.picks("~done")

    def files(self, guest: Guest, words: str, *, place: Place = Place.HOME, where: str = "") -> Request:
        """A leak in these words, however the conversation came to it."""
        person = self.counter.read(lambda work: work.people.get(guest.id))
        order = ReportRepair(
            resident_id=person.id,
            home_id=self.counter.home.id,
            kind="leak",
            problem=words,
            language=person.language or "",
            place=place,
            where=where,
        )
        return self.performs(guest, order)

    def performs(self, guest: Guest, order: ReportRepair | OrderService) -> Request:
        """What the guest confirmed, told to everybody whom it concerns."""
        with self.counter.opened() as work:
            person = work.people.get(guest.id)
            change = perform(work, person, order, self.counter.now)
            assert isinstance(change, Change)
            announce(Scene(work, ME, self.counter.estate, self.counter.now), change)
        self.counter.deliver()
        return change.request

    def group(self) -> str:
        """The newest card in the group."""
        return self.counter.postman.chat(GROUP)[-1].html


def four_languages(counter: Counter) -> Cast:
    """Everybody has come in."""
    counter.estate, counter.home, counter.queues = counter.build("Sunny Court", ("en", "zh_CN", "ru", "ar"))
    counter.bind()
    return Cast(
        counter=counter,
        lin=counter.resident("Lin", language="ru"),
        wang=counter.staff("Wang", badge="07", language="zh_CN"),
        badr=counter.staff("Badr", Role.MANAGER, language="ar"),
    )


def claimed(desk: Cast) -> Request:
    """Wang has the job; everybody has heard of it."""
    desk.files(desk.lin, RUSSIAN)
    desk.wang.claims()
    return desk.counter.request()
