"""Announcements: made by the office, sent to everybody whom they concern, ended by whoever knows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot import layout
from bot.faces.base import Me
from bot.flows.base import Fires, Flow, Subject, number_in
from bot.scene import Scene, Tap
from bot.session import Session
from desk.actions.announcements import (
    BATCH,
    Announced,
    EndAnnouncement,
    Ended,
    Explained,
    Prolonged,
    next_batch,
    sending,
)
from desk.actions.perform import perform
from desk.announcements import OUTAGES, concerns, wanted, words_for
from desk.errors import NotAllowed
from desk.lifecycle import OFFICE
from desk.records import Json, Person, Role, Timer
from desk.records.announcements import Announcement
from dialogs.engine.screen import cut
from dialogs.names import estate_name
from dialogs.scripts.announcements import OFF, place
from locales.text import EMPTY, Lines, Typed, Value, _, _n

#: how many announcements a page shows, from how far back
MOST, BACK = 5, timedelta(days=30)
#: over how many seconds those are told who were left in peace
SPREAD = 300
#: how much of one is said in a message, and how much in a list
SHOWN, SHOWN_IN_LIST = 3000, 500


def in_office(scene: Scene, person: Person) -> bool:
    """Whether this person may announce something here."""
    return scene.holds(person, OFFICE)


def _menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """For the office."""
    return [[layout.begin(_("📢 Announce"), "announce")]] if in_office(scene, person) else []


def _more(scene: Scene, person: Person) -> list[list[Tap]]:
    """For those who live here."""
    return [[layout.page(_("📢 Announcements"), "announcements")]] if scene.resides(person) else []


def _begin(scene: Scene, person: Person, about: str) -> Subject:
    if not in_office(scene, person):
        raise NotAllowed
    return {}


def _prolong(scene: Scene, person: Person, about: str) -> Subject:
    return {"announcement": _of_office(scene, person, about).id}


def _of_office(scene: Scene, person: Person, about: str) -> Announcement:
    """The announcement in a button, for somebody of its estate's office."""
    found = scene.session.announcements.get(layout.number(about))
    if not in_office(scene.at(scene.session.estates.get(found.estate_id)), person):
        raise NotAllowed
    return found


# ── pages ──


def show_announcements(scene: Scene, person: Person, about: str) -> None:
    """The latest ones that concern this person, the newest last."""
    found = [one for one in _recent(scene) if _for(scene, person, one)][:MOST]
    if not found:
        return scene.tell(person, _("Nothing was announced lately."))
    for one in reversed(found):
        scene.tell(person, _entry(scene, person, one), _rows(scene, person, one))
    return None


def _recent(scene: Scene) -> tuple[Announcement, ...]:
    return scene.session.announcements.recent(scene.estate.id, scene.now - BACK)


def _for(scene: Scene, person: Person, one: Announcement) -> bool:
    if in_office(scene, person):
        return True
    living = scene.session.people.occupancies(person.id, scene.now)
    homes = (scene.session.estates.home(link.home_id) for link in living if link.estate_id == one.estate_id)
    return any(concerns(one, home) for home in homes)


def _entry(scene: Scene, person: Person, one: Announcement) -> Value:
    told: list[Value] = [
        _("📢 {when}", when=one.made_at),
        _words(scene, person, one, SHOWN_IN_LIST),
        _span(one),
    ]
    if in_office(scene, person):
        told.append(_n("Sent to {n} person.", "Sent to {n} people.", one.reached))
        if one.kinds:
            told.append(_n("It answered {n} report.", "It answered {n} reports.", one.explained))
    return Lines(tuple(told))


def _span(one: Announcement) -> Value:
    """Until when, for what has an end."""
    if one.kinds and one.over_at is not None:
        return _("✅ Over since {when}.", when=one.over_at)
    if one.until is not None:
        return _("From {start} to {until}.", start=one.start, until=one.until)
    return _("From {start} on.", start=one.start) if one.kinds else EMPTY


def _rows(scene: Scene, person: Person, one: Announcement) -> list[list[Tap]]:
    if one.over_at is not None or not in_office(scene, person):
        return []
    return [
        [
            layout.act(_("✅ It is over"), "announcement_over", one.id),
            layout.begin(_("⏳ It takes longer"), "prolong", one.id),
        ]
    ]


def _words(scene: Scene, person: Person, one: Announcement, most: int, *, quotation: bool = False) -> Value:
    """What it says to this reader."""
    language, words = words_for(one, (scene.reader(person).language, *scene.estate.languages))
    return cut(Typed(words, language, quotation), most)


# ── sending ──


def _news(scene: Scene, person: Person, one: Announcement) -> Value:
    head = _("📢 <b>{estate}</b>", estate=estate_name(scene.estate))
    return Lines((head, _off(one), _words(scene, person, one, SHOWN), _span(one)))


def _off(one: Announcement) -> Value:
    """What is off, in the reader's language: the words need not be."""
    return next((OFF[code] for code, kinds in OUTAGES.items() if kinds == one.kinds), EMPTY)


def _over(scene: Scene, person: Person, one: Announcement) -> Value:
    text = _("✅ <b>It is over:</b>")
    again = _("If something is still not right, just write to me.")
    return Lines((text, _quoted(scene, person, one), again))


def _longer(scene: Scene, person: Person, one: Announcement) -> Value:
    text = _("⏳ <b>It takes longer than we said: until {until}.</b>", until=one.until or scene.now)
    return Lines((text, _quoted(scene, person, one)))


def _quoted(scene: Scene, person: Person, one: Announcement) -> Value:
    return _words(scene, person, one, SHOWN_IN_LIST, quotation=True)


#: what each kind of timer sends
_SAYS: Mapping[str, Callable[[Scene, Person, Announcement], Value]] = {
    "announce": _news,
    "announcement_over": _over,
    "announcement_longer": _longer,
}


def _send(kind: str) -> Fires:
    """Sends a batch, and sets the next one."""

    def fires(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
        one = session.announcements.get(number_in(payload, "announcement"))
        scene = Scene(session, bot, session.estates.get(one.estate_id), now)
        late = payload.get("people")
        if isinstance(late, list):
            people = [session.people.get(number) for number in late if isinstance(number, int)]
            _tell(scene, kind, one, people)
            return
        batch = next_batch(session, one, number_in(payload, "after"), now)
        _tell(scene, kind, one, batch.now)
        for due, waiting in batch.later.items():
            session.timers.set(_later(kind, one, due, waiting))
        if batch.after is not None:
            session.timers.set(sending(one, kind, now, batch.after))

    return fires


def _later(kind: str, one: Announcement, due: datetime, people: tuple[Person, ...]) -> Timer:
    """For those who are left in peace until then; batch after batch, as by day, or everybody else would wait
    for all of them in the morning."""
    told: list[Json] = [person.id for person in people]
    first = people[0].id
    return Timer(
        key=f"{kind}/{one.id}/{due:%Y%m%d%H%M}/{first}",
        kind=kind,
        due_at=due + timedelta(seconds=first // BATCH % SPREAD),
        payload={"announcement": one.id, "people": told},
    )


def _tell(scene: Scene, kind: str, one: Announcement, people: Sequence[Person]) -> None:
    for person in filter(wanted, people):
        media = one.media if kind == "announce" else ()
        scene.broadcast(person, _SAYS[kind](scene, person, one), media)
    if kind == "announce":
        scene.session.announcements.count(one.id, reached=len(people))


def _due(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """The expected end has come: whoever announced it knows whether it is over."""
    one = session.announcements.get(number_in(payload, "announcement"))
    scene = Scene(session, bot, session.estates.get(one.estate_id), now)
    if one.over_at is None:
        text = _("⏰ You said that this would be over by now. Is it?")
        for person in _who_knows(scene, one):
            scene.tell(person, Lines((text, _quoted(scene, person, one))), _rows(scene, person, one))


def _who_knows(scene: Scene, one: Announcement) -> tuple[Person, ...]:
    """Its author; the managers, or else the owners, once the author is of the office no more."""
    author = scene.session.people.get(one.author_id)
    if in_office(scene, author):
        return (author,)
    return scene.people_in(Role.MANAGER) or scene.people_in(Role.OWNER)


# ── what came of it ──


def _announced(scene: Scene, person: Person, result: Announced) -> None:
    one = result.announcement
    text = _("📢 On its way: {place}. You find it under Announcements.", place=place(one.building, one.floor))
    scene.tell(person, text, _rows(scene, person, one))


def _ended(scene: Scene, person: Person, result: Ended) -> None:
    scene.tell(person, _("✅ Everybody who heard of it hears that it is over."))


def _prolonged(scene: Scene, person: Person, result: Prolonged) -> None:
    scene.tell(person, _("⏳ Everybody who heard of it hears that it takes longer."))


def _explained(scene: Scene, person: Person, result: Explained) -> None:
    """The conversation has said it all."""


def _over_tapped(scene: Scene, person: Person, about: str) -> Value:
    one = _of_office(scene, person, about)
    result = perform(scene.session, person, EndAnnouncement(announcement_id=one.id), scene.now)
    if isinstance(result, Ended):
        _ended(scene, person, result)
    return EMPTY


FLOW = Flow(
    begins={"announce": _begin, "prolong": _prolong},
    endings={"announce": _("📨 Sent."), "prolong": _("✅ Noted.")},
    instead={Explained: _("👌 Nothing was sent. I tell you when it is over.")},
    tells={Announced: _announced, Ended: _ended, Prolonged: _prolonged, Explained: _explained},
    pages={"announcements": show_announcements},
    acts={"announcement_over": _over_tapped},
    timers={**{kind: _send(kind) for kind in _SAYS}, "announcement_due": _due},
    menu=_menu,
    more=_more,
)
