"""Whatever else the estate offers: a page of its services, and the one conversation that runs them all."""

from bot import layout
from bot.flows.base import Flow, Subject
from bot.scene import Scene, Tap
from desk.errors import NotAllowed, NotFound
from desk.records import Person
from desk.records.services import Service
from locales.text import Lines, Titles, _


def _menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """For residents of an estate that offers anything."""
    if not offered(scene, person):
        return []
    return [[layout.page(_("📄 Other services"), "services")]]


def offered(scene: Scene, person: Person) -> tuple[Service, ...]:
    """What this person can order now: nothing where they do not live."""
    living = scene.session.people.occupancies(person.id, scene.now)
    if all(one.estate_id != scene.estate.id for one in living):
        return ()
    return tuple(one for one in scene.session.services.all(scene.estate.id) if one.open)


def show_services(scene: Scene, person: Person, about: str) -> None:
    """All services, one a button."""
    services = offered(scene, person)
    if not services:
        return scene.tell(person, _("No services are offered here at present."))
    rows = [[layout.begin(Titles(one.title), "service", one.code)] for one in services]
    return scene.tell(person, _("<b>What can we do for you?</b>"), rows)


def _begin(scene: Scene, person: Person, about: str) -> Subject:
    """By its code; what to know before is said first."""
    services = offered(scene, person)
    if not services:
        raise NotAllowed
    service = next((one for one in services if one.code == about), None)
    if service is None:
        raise NotFound
    if service.about:
        scene.tell(
            person, Lines((_("<b>{service}</b>", service=Titles(service.title)), Titles(service.about)))
        )
    return {"service": service.id}


FLOW = Flow(
    begins={"service": _begin},
    endings={"service": _("📨 Sent.")},
    pages={"services": show_services},
    menu=_menu,
)
