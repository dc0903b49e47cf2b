"""What a manager looks into, because residents complain of it again and again."""

from bot import cards, layout, notices
from bot.flows.base import Begin, Flow, Subject
from bot.flows.complaints import leads
from bot.layout import number
from bot.orders import entry
from bot.scene import Scene, Tap
from desk.actions.complaints import Complained, may_investigate
from desk.errors import NotFound
from desk.records import Person, Role
from desk.records.investigations import Investigation
from dialogs.engine.screen import cut
from dialogs.kinds import kind_in_words
from locales.text import EMPTY, Joined, Lines, Text, Typed, Value, _, _n

#: how many investigations a list shows, and how many complaints one of them
MOST = 20
#: how much of what was found is shown
SHOWN = 1000


def tell_leaders(scene: Scene, found: Investigation, *, opened: bool) -> None:
    """The managers hear that there is one more, or the owner where there is no manager; nobody hears of one
    with a complaint against themselves in it."""
    people = [*scene.people_in(Role.MANAGER), *scene.people_in(Role.OWNER)]
    able = [one for one in people if may_investigate(scene.session, found, one, scene.now)]
    managers = [one for one in able if one in scene.people_in(Role.MANAGER)]
    for person in managers or able:
        show_one(scene, person, found, told=_opened() if opened else _joined())


def _opened() -> Text:
    return _("🔎 <b>Again and again:</b> so many complaints of one kind want looking into.")


def _joined() -> Text:
    return _("🔎 One more complaint of a kind that you are looking into.")


def title(scene: Scene, found: Investigation) -> Value:
    """What it is about, and where."""
    kind = kind_in_words(scene.session, found.estate_id, found.kind)
    if not found.spot:
        return kind
    return Joined((kind, _("building {building}", building=found.spot)), ", ")


def show_list(scene: Scene, person: Person, about: str) -> None:
    """The open ones, then those that are closed."""
    if not leads(scene, person):
        return scene.tell(person, _("Only the office sees this."))
    found = [
        one
        for one in scene.session.investigations.of(scene.estate.id)
        if may_investigate(scene.session, one, person, scene.now)
    ]
    if not found:
        return scene.tell(person, _("✅ Nothing needs looking into."))
    return scene.tell(person, _("<b>Investigations</b>"), [[_entry(scene, one)] for one in found[:MOST]])


def _entry(scene: Scene, found: Investigation) -> Tap:
    mark = "🔎" if found.closed_at is None else "✅"
    return layout.page(Joined((mark, title(scene, found)), " "), "investigation", f"{found.id}")


def show_page(scene: Scene, person: Person, about: str) -> None:
    """One of them, with its complaints."""
    found = _asked_for(scene, person, about)
    show_one(scene.at(scene.session.estates.get(found.estate_id)), person, found)


def show_one(scene: Scene, person: Person, found: Investigation, told: Value = EMPTY) -> None:
    """One of them, in its newest state, at the end of the chat."""
    ids = scene.session.investigations.requests(found.id)
    complaints = [scene.session.requests.get(one) for one in ids]
    rows = [[entry(one)] for one in complaints[-MOST:]]
    if found.closed_at is None:
        rows.append([layout.begin(_("✅ Close it"), "investigate", found.id)])
    text = Lines(
        (
            told,
            _("🔎 <b>{title}</b>", title=title(scene, found)),
            _n("{n} complaint since {at}", "{n} complaints since {at}", len(ids), at=complaints[0].opened_at)
            if complaints
            else EMPTY,
            *_findings(scene, found),
        )
    )
    scene.show(person, f"investigation/{found.id}", text, rows, anew=True)


def _findings(scene: Scene, found: Investigation) -> list[Value]:
    if found.closed_at is None:
        return []
    closer = scene.session.people.get(found.closed_by) if found.closed_by else None
    spoken = cards.speech(scene, found.closed_by)
    return [
        "",
        _("<b>Found:</b> {finding}", finding=cut(Typed(found.finding, spoken), SHOWN)),
        _("<b>Done about it:</b> {measure}", measure=cut(Typed(found.measure, spoken), SHOWN)),
        _("✅ Closed by {who}", who=cards.badge(scene, closer)) if closer else EMPTY,
    ]


def _asked_for(scene: Scene, person: Person, about: str) -> Investigation:
    """The one that a button names; raises `NotFound` for whom it is not."""
    found = scene.session.investigations.get(number(about))
    if not may_investigate(scene.session, found, person, scene.now):
        raise NotFound
    return found


def _begin(scene: Scene, person: Person, about: str) -> Subject:
    found = _asked_for(scene, person, about)
    if found.closed_at is not None:
        raise NotFound
    return {"investigation": found.id, "estate": found.estate_id}


def _complained(scene: Scene, person: Person, result: Complained) -> Begin | None:
    """Everybody whom a complaint concerns; and the managers, if it belongs to an investigation."""
    there = scene.at(scene.session.estates.get(result.change.request.estate_id))
    notices.announce(there, result.change)
    if result.investigation is not None:
        tell_leaders(there, result.investigation, opened=result.opened)
    return None


def _closed(scene: Scene, person: Person, found: Investigation) -> Begin | None:
    show_one(scene.at(scene.session.estates.get(found.estate_id)), person, found)
    return None


def _more(scene: Scene, person: Person) -> list[list[Tap]]:
    return [[layout.page(_("🔎 Investigations"), "investigations")]] if leads(scene, person) else []


FLOW = Flow(
    begins={"investigate": _begin},
    endings={"investigate": _("✅ Closed.")},
    tells={Complained: _complained, Investigation: _closed},
    pages={"investigations": show_list, "investigation": show_page},
    more=_more,
)
