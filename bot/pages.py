"""Pages: what is shown without a conversation, such as help, my requests, or a list of the digest."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot import first_page, layout, surveys
from bot.orders import entry
from bot.scene import Scene, Tap
from desk.actions.joining import Hired, MovedIn
from desk.calendar import day_of
from desk.discretion import may_see
from desk.lifecycle import OFFICE, OPEN
from desk.records import Estate, Person, Request, Role
from desk.statistics import UNCLAIMED, is_late
from dialogs.names import estate_name
from locales.text import EMPTY, Lines, Text, Value, _, _n

#: how many entries a list shows
MOST = 20

ROLES: Mapping[Role, Text] = {
    Role.WORKER: _("worker"),
    Role.GUARD: _("guard"),
    Role.FEES: _("fee clerk"),
    Role.DISPATCHER: _("dispatcher"),
    Role.MANAGER: _("manager"),
    Role.OWNER: _("owner"),
}


def welcome(scene: Scene, person: Person, joined: MovedIn | Hired) -> None:
    """The first words to somebody who came in by a code."""
    match joined:
        case MovedIn(occupancy):
            home = scene.session.estates.home(occupancy.home_id)
            estate = scene.session.estates.get(occupancy.estate_id)
            head = _(
                "🏠 Welcome to {estate}! You are linked to {home}.",
                estate=estate_name(estate),
                home=home.code,
            )
        case Hired(staff):
            estate = scene.session.estates.get(staff.estate_id)
            role = ROLES.get(staff.role, staff.role)
            head = _(
                "👷 Welcome to the staff of {estate}! Your role: {role}.",
                estate=estate_name(estate),
                role=role,
            )
    first_page.show(scene.at(estate), person, head)


def show_menu(scene: Scene, person: Person) -> None:
    """The first page."""
    first_page.show(
        scene, person, _("<b>Steward</b>, the service desk of {estate}.", estate=estate_name(scene.estate))
    )


def show_jobs(scene: Scene, person: Person) -> None:
    """A worker's open work, the oldest first."""
    found = scene.session.requests.of_worker(person.id)
    if not found:
        return scene.tell(person, _("You have no open jobs. New ones appear in the staff group."))
    return scene.tell(person, _("<b>Your jobs</b>"), [[entry(request)] for request in found[:MOST]])


def show_reviews(scene: Scene, person: Person) -> None:
    """Low scores that nobody has looked into."""
    desks = _desks(scene, person)
    if not desks:
        return scene.tell(person, _("Only the office sees this."))
    waiting = [(desk, one) for desk in desks for one in scene.session.surveys.reviews(desk.estate.id)]
    if not waiting:
        return scene.tell(person, _("✅ No low scores wait for you."))
    for desk, survey in waiting[:MOST]:
        text, rows = surveys.review_entry(desk, survey)
        desk.show(person, f"review/{survey.request_id}", text, rows, anew=True)
    return None


def _desks(scene: Scene, person: Person) -> tuple[Scene, ...]:
    """The desks whose office this person belongs to."""
    posts = scene.session.people.staff_of(person.id, scene.now)
    ids = dict.fromkeys(post.estate_id for post in posts if post.role in OFFICE)
    return tuple(scene.at(scene.session.estates.get(one)) for one in ids)


#: a list of the digest: its title, and which requests stand in it
LISTS: Mapping[str, tuple[Text, Callable[[Request, datetime], bool]]] = {
    "new": (_("<b>New</b>"), lambda request, at: True),
    "backlog": (_("<b>Open</b>"), lambda request, at: True),
    "unclaimed": (_("<b>Unclaimed</b>"), lambda request, at: request.state in UNCLAIMED),
    "late": (_("<b>Late</b>"), is_late),
}


def list_button(label: Value, name: str, day: date, estate: Estate) -> Tap:
    """A button that opens one list of an estate's digest."""
    return layout.page(label, name, f"{day.isoformat()}/{estate.id}")


def show_list(scene: Scene, person: Person, name: str, about: str) -> None:
    """One list of the digest, as it stands now; `new` is of the digest's day."""
    day, _slash, estate = about.partition("/")
    desk = next((one for one in _desks(scene, person) if f"{one.estate.id}" == estate), None)
    if desk is None:
        return scene.tell(person, _("Only the office sees this."))
    title, belongs = LISTS[name]
    found = [
        one
        for one in _candidates(desk, name, day)
        if belongs(one, desk.now) and may_see(desk.session, one, person.id, desk.now)
    ]
    if not found:
        return desk.tell(person, Lines((title, _("Nothing here any more."))))
    rest = _n("and {n} more", "and {n} more", len(found) - MOST) if len(found) > MOST else EMPTY
    return desk.tell(person, Lines((title, rest)), [[entry(request)] for request in found[:MOST]])


def _candidates(scene: Scene, name: str, day: str) -> tuple[Request, ...]:
    requests = scene.session.requests
    if name != "new":
        return requests.find(scene.estate.id, states=OPEN, limit=200)
    try:
        since, until = day_of(date.fromisoformat(day), scene.estate.time_zone)
    except (ValueError, OverflowError):
        since, until = scene.now - timedelta(days=1), scene.now
    return requests.find(scene.estate.id, since=since, until=until, limit=200)


#: pages by the name in their buttons and commands
PAGES: Mapping[str, Callable[[Scene, Person], None]] = {
    "menu": show_menu,
    "more": first_page.show_more,
    "jobs": show_jobs,
    "reviews": show_reviews,
}
