"""An outage in words: to the dispatcher who decides, and to everybody who is without."""

from bot import layout
from bot.naming import SHOWN, number, quoted, speech
from bot.scene import Scene, Tap
from desk.actions import outages
from desk.records import Event, Person, Request, Role
from desk.records.followers import Incident, Stage
from dialogs.engine.screen import cut
from dialogs.kinds import kind_in_words
from locales.text import Joined, Lines, Typed, Value, _, _n

#: how many of the reports are named, and how much of their words
NAMED, WORDS = 10, 60
OFFICE = (Role.DISPATCHER, Role.MANAGER, Role.OWNER)


def kind(scene: Scene, incident: Incident) -> Value:
    """What fails."""
    return kind_in_words(scene.session, incident.estate_id, incident.kind)


def raised(scene: Scene, request: Request, event: Event) -> Incident | None:
    """The outage that this very report made somebody suspect."""
    group = outages.group_of(request.kind)
    where = outages.building(scene.session, request) if group else ""
    incident = scene.session.incidents.standing(request.estate_id, where, group) if where else None
    return incident if incident is not None and incident.opened_at == event.at else None


def show_to_office(scene: Scene, incident: Incident, *, anew: bool = False) -> None:
    """The same message to whoever decides, as it stands now."""
    found = next((people for role in OFFICE if (people := scene.people_in(role))), ())
    for person in found:
        text, rows = _decision(scene, incident)
        scene.show(person, f"outage/{incident.id}", text, rows, anew=anew)


def _decision(scene: Scene, incident: Incident) -> tuple[Value, list[list[Tap]]]:
    head = _("⚡ <b>Building {building}: {kind}</b>", building=incident.building, kind=kind(scene, incident))
    if incident.stage is Stage.DISMISSED:
        return Lines((head, _("✖️ No outage."))), []
    change = layout.begin(_("🕑 Another time"), "outage", incident.id)
    if incident.stage is Stage.CONFIRMED:
        return Lines(
            (
                head,
                _("✅ Confirmed."),
                expected(incident),
                quoted(incident.words, SHOWN, speech(scene, incident.decided_by)),
            )
        ), [[change]]
    reports = outages.reports(scene.session, incident, scene.now)
    homes = _n(
        "{n} report of the like within minutes:", "{n} reports of the like within minutes:", len(reports)
    )
    ask = _("Is it an outage? Then later reporters are told at once, and file nothing.")
    rows = [
        [layout.begin(_("⚡ It is an outage…"), "outage", incident.id)],
        [layout.act(_("✖️ No"), "no_outage", incident.id)],
    ]
    return Lines((head, homes, *(_report(scene, one) for one in reports[:NAMED]), ask)), rows


def _report(scene: Scene, request: Request) -> Value:
    home = scene.session.estates.home(request.home_id).code if request.home_id is not None else ""
    return Joined((number(request), home, cut(Typed(request.problem, request.language), WORDS)))


def expected(incident: Incident) -> Value:
    """When it is expected to be over."""
    if incident.expected_at is None:
        return _("When it is over is not known yet.")
    return _("Expected to be over by {at}.", at=incident.expected_at)


def tell_everybody(scene: Scene, incident: Incident, lead: Request) -> None:
    """Tells who reported it and who follows it what the dispatcher says."""
    followers = scene.session.followers.of(lead.id)
    for person_id in (lead.resident_id, *(one.person_id for one in followers)):
        _tell(scene, scene.session.people.get(person_id), incident, lead)


def _tell(scene: Scene, person: Person, incident: Incident, lead: Request) -> None:
    head = _(
        "⚡ <b>{kind}: the whole building {building} is concerned.</b> We know of it and work on it.",
        kind=kind(scene, incident),
        building=incident.building,
    )
    words = quoted(incident.words, SHOWN, speech(scene, incident.decided_by))
    end = _("You are told when it is over, and asked whether all is well ({number}).", number=number(lead))
    scene.tell(person, Lines((head, expected(incident), words, end)))
