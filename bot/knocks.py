"""Somebody asks to be linked to a home: who decides is asked, and who asked hears what became of it."""

from bot import layout
from bot.naming import quoted, speech
from bot.scene import Scene, Tap
from desk.actions import households
from desk.lifecycle import OFFICE
from desk.records import HomeRole, Knock, Occupancy, Person, Role
from dialogs.scripts.household import ROLES, end_in_words
from locales.text import Lines, Text, Value, _


def deciders(scene: Scene, knock: Knock) -> tuple[Person, ...]:
    """The owners of the home; where there are none, or no such home, the office."""
    ids = households.owners(scene.session, knock.home_id, scene.now) if knock.home_id else ()
    people = (scene.session.people.get(one) for one in ids)
    reachable = tuple(one for one in people if not one.forgotten and not one.blocked)
    return reachable or office(scene)


def office(scene: Scene) -> tuple[Person, ...]:
    """Everybody of the office."""
    return scene.people_in(*[role for role in Role if role in OFFICE])


def show(scene: Scene, knock: Knock, reader: Person, *, anew: bool = False) -> None:
    """The wish as somebody who may decide sees it, with what can be done."""
    office = scene.view(reader).in_office(knock.estate_id)
    rows = _rows(knock, office=office) if knock.settled_at is None else []
    scene.show(reader, f"knock/{knock.id}", _wish(scene, knock), rows, anew=anew)


def _wish(scene: Scene, knock: Knock) -> Value:
    name = scene.session.people.get(knock.person_id).name
    home = scene.session.estates.home(knock.home_id) if knock.home_id else None
    where = (
        _("🔔 <b>{name}</b> asks to be linked to {home}, as: {role}.",
          name=name, home=home.code, role=ROLES[knock.role])
        if home
        else _("🔔 <b>{name}</b> asks to be linked to “{door}”, as: {role}. There is no such home.",
               name=name, door=knock.door, role=ROLES[knock.role])
    )  # fmt: skip
    words = quoted(knock.words, language=speech(scene, knock.person_id))
    return Lines((where, words, _care() if knock.settled_at is None else _outcome(scene, knock)))


def _care() -> Text:
    return _("Let in only whom you know: they will see what concerns this home.")


def _outcome(scene: Scene, knock: Knock) -> Value:
    if knock.settled_by is None:
        return _("⌛ Nobody has answered in time.")
    who = scene.session.people.get(knock.settled_by).name
    return _("✅ Let in by {who}.", who=who) if knock.granted else _("✖️ Refused by {who}.", who=who)


def _rows(knock: Knock, *, office: bool) -> list[list[Tap]]:
    yes, no = _("✅ Let in"), _("✖️ Refuse")
    refuse = layout.act(no, "knock_no", knock.id)
    if office:
        return [[layout.begin(_("🔗 Link…"), "link", knock.id), refuse]]
    if knock.role is HomeRole.TENANT:  # asked until when
        return [[layout.begin(yes, "letin", knock.id), refuse]]
    return [[layout.act(yes, "knock_yes", knock.id), refuse]]


def settled(scene: Scene, knock: Knock, occupancy: Occupancy | None) -> None:
    """Everybody who was asked sees the answer; so does whoever asked."""
    for reader in dict.fromkeys((*deciders(scene, knock), *office(scene))):
        if scene.session.outbox.message(scene.bot.id, reader.telegram_id, f"knock/{knock.id}"):
            show(scene, knock, reader)
    asker = scene.session.people.get(knock.person_id)
    if occupancy is None:
        return scene.tell(asker, refused())
    home = scene.session.estates.home(occupancy.home_id)
    until = end_in_words(occupancy.until, scene.estate.time_zone)
    text = _(
        "🏠 You are linked to {home} now, as: {role}. Until: {until}.",
        home=home.code,
        role=ROLES[occupancy.role],
        until=until,
    )
    return scene.tell(asker, text, [[layout.page(_("Everything that I can do"), "menu")]])


def refused() -> Text:
    """Said of a home that is not there, too, and when nobody answered: it tells nothing of a home."""
    return _("Your wish to be linked was not granted. Please ask the office, or whoever owns the home.")
