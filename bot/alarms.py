"""An emergency as it is told: to who is in it, and to everybody on call."""

from bot import cards, layout
from bot.scene import Scene, Tap
from desk.actions.emergencies import on_call
from desk.emergencies import DANGERS, Danger, numbers
from desk.lifecycle import UNACCEPTED
from desk.records import Event, Person, Priority, Request
from dialogs.dangers import ADVICE, TITLES
from locales.text import EMPTY, Lines, Text, Value, _

#: after these everybody on call gets the alarm anew, at the end of the chat and with a sound
RINGS = frozenset({"filed", "alerted", "located", "released", "not_fixed_again"})
#: after these who has it already learns what has become of it
UPDATES = frozenset({"claimed", "assigned", "accepted", "noted", "cancelled", "rejected", "merged"})


def show_kinds(scene: Scene, person: Person) -> None:
    """Which emergency: one tap raises the alarm."""
    rows = [[layout.act(TITLES[code], "alarm", code)] for code in DANGERS]
    text = _("🆘 <b>What is it?</b>\nOne tap raises the alarm. If you can, just write what happens.")
    scene.tell(person, Lines((text, call(scene, DANGERS["other"]))), rows)


def give_advice(scene: Scene, person: Person, danger: Danger) -> None:
    """What to do first, and whom to call: said before anything else happens."""
    head = _("🆘 <b>{danger}</b>", danger=TITLES[danger.code])
    scene.tell(person, Lines((head, ADVICE[danger.code], "", call(scene, danger))))


def call(scene: Scene, danger: Danger) -> Value:
    """The numbers to dial."""
    hotline = scene.estate.rules.emergency.hotline
    dial = numbers(danger, scene.estate.country)
    return Lines(
        (
            _("☎️ Call <b>{numbers}</b>", numbers=" / ".join(dial)) if dial else EMPTY,
            _("☎️ Estate, day and night: <b>{hotline}</b>", hotline=hotline) if hotline else EMPTY,
        )
    )


def filed(scene: Scene, request: Request, linked: bool) -> Value:
    """What happens now, to who raised the alarm."""
    text = _(
        "🆘 <b><code>{number}</code>: everybody on call is alerted now</b>, and again every {minutes} "
        "minutes until somebody accepts. You hear from me who comes.",
        number=cards.number(request),
        minutes=round(scene.estate.rules.emergency.repeat.total_seconds() / 60) or 1,
    )
    unlinked = _("You are not linked to a home here. Please say where you are.")
    return Lines((text, EMPTY if linked else unlinked))


def accepted(scene: Scene, request: Request, who: Value) -> Text:
    """Who comes."""
    return _("🆘 <b>{who} is coming</b> for {number}.", who=who, number=cards.number(request))


def tell_on_call(scene: Scene, request: Request, event: Event) -> None:
    """Alerts everybody on call, or tells them what has become of it."""
    if request.priority is not Priority.EMERGENCY or event.name not in RINGS | UPDATES:
        return
    text, rows = _alert(scene, request, event)
    for person in on_call(scene.session, request, scene.now):
        scene.show(person, f"alert/{request.id}", text, rows, anew=event.name in RINGS)


def _alert(scene: Scene, request: Request, event: Event) -> tuple[Value, list[list[Tap]]]:
    resident = scene.session.people.get(request.resident_id)
    by = _("👤 Raised by {name}", name=resident.name)
    told = Lines((cards.facts(scene, request, cards.SHOWN_TO_WORKER), by, ""))
    if request.state not in UNACCEPTED:
        return Lines((told, cards.standing(scene, request))), []
    accept = layout.order(_("🏃 I am going"), request.id, "claim")
    return Lines((_again(event), told, _("Accept it only if you go now."))), [[accept]]


def _again(event: Event) -> Value:
    times = event.data.get("times")
    if event.name != "alerted" or not isinstance(times, int):
        return EMPTY
    return _("🔁 <b>Nobody has accepted it yet.</b> Alert no. {count}", count=times + 1)
