"""Household: who lives here, asking to be linked, inviting, leaving; and the office's part of it."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from bot import knocks, layout, notices
from bot.faces.base import Me
from bot.flows.base import Begin, Flow, Subject, number_in
from bot.layout import number
from bot.scene import Scene, Tap
from bot.session import Session
from desk.actions import households
from desk.actions.households import AnswerKnock, Household, LinkEnded, MayInvite, Settled
from desk.actions.joining import CODE_LIFE, issue_home_code
from desk.actions.perform import perform
from desk.errors import NotAllowed, NotFound, TooOften
from desk.lifecycle import OFFICE
from desk.records import Home, HomeRole, Json, Knock, Occupancy, Person
from dialogs.names import estate_name
from dialogs.scripts.household import ROLES, end_in_words
from locales.text import Lines, Text, Value, _

#: how many homes, and how many people of one, a page lists
MOST = 15


def _askin(scene: Scene, person: Person, about: str) -> Subject:
    if not scene.view(person).may_knock():
        raise TooOften
    return {}


def _about_knock(scene: Scene, person: Person, about: str) -> Subject:
    knock = scene.view(person).knock(number(about))
    return {"knock": knock.id, "estate": knock.estate_id}


def _for_office(scene: Scene, person: Person, about: str) -> Subject:
    if about:
        return _about_knock(scene, person, about)
    theirs = _offices(scene, person)
    if not theirs:
        raise NotAllowed
    return {"estate": scene.estate.id if scene.estate.id in theirs else theirs[0]}


def _offices(scene: Scene, person: Person) -> tuple[int, ...]:
    """The estates whose office somebody belongs to: they may live in another one."""
    posts = scene.session.people.staff_of(person.id, scene.now)
    return tuple(dict.fromkeys(post.estate_id for post in posts if post.role in OFFICE))


def _about_home(scene: Scene, person: Person, about: str) -> Subject:
    home = scene.view(person).owned(number(about))
    return {"home": home.id, "estate": home.estate_id}


def _about_link(scene: Scene, person: Person, about: str) -> Subject:
    link = scene.view(person).link(number(about))
    return {"link": link.id, "estate": link.estate_id}


# ── what becomes of it ──


def _there(scene: Scene, estate_id: int) -> Scene:
    return scene.at(scene.session.estates.get(estate_id))


def _knocked(scene: Scene, person: Person, knock: Knock) -> None:
    there = _there(scene, knock.estate_id)
    for reader in knocks.deciders(there, knock):
        knocks.show(there, knock, reader, anew=True)


def _settled(scene: Scene, person: Person, result: Settled) -> None:
    knocks.settled(_there(scene, result.knock.estate_id), result.knock, result.occupancy)


def _invited(scene: Scene, person: Person, result: MayInvite) -> None:
    """The code is made here, since the desk has no chance in it; nobody but who asked for it sees it."""
    code, home, invite = secrets.token_urlsafe(16), result.home, result.invite
    issue_home_code(scene.session, home, code, scene.now, role=invite.role, until=invite.until, by=person.id)
    link = f"https://t.me/{scene.bot.username}?start={code}"
    text = Lines(
        (
            _("🔑 A code for {home}, for: {role}. Belongs to the home until: {until}.",
              home=home.code, role=ROLES[invite.role],
              until=end_in_words(invite.until, scene.estate.time_zone)),
            _("Give this link to them alone. Whoever opens it first is linked; it is good until {day}.",
              day=(scene.now + CODE_LIFE).date()),
            "",
            link,
        )
    )  # fmt: skip
    scene.tell(person, text, [[Tap(_("📋 Copy the link"), copy=link)]])


def _ended(scene: Scene, person: Person, result: LinkEnded) -> None:
    link = result.occupancy
    there = _there(scene, link.estate_id)
    for change in result.cancelled:
        notices.announce(there, change)
    if link.until is not None and link.until > scene.now:
        return _will_end(there, person, link)
    return tell_ended(there, link)


def _will_end(scene: Scene, person: Person, link: Occupancy) -> None:
    home = scene.session.estates.home(link.home_id)
    day = end_in_words(link.until, scene.estate.time_zone)
    scene.tell(person, _("📅 Noted: {day} is the last day in {home}.", day=day, home=home.code))


def tell_ended(scene: Scene, link: Occupancy) -> None:
    """A link has ended: whoever had it hears of it, and so do the owners who stay."""
    home, gone = scene.session.estates.home(link.home_id), scene.session.people.get(link.person_id)
    scene.tell(
        gone, _("👋 You are no longer linked to {home}. Your own requests stay in your list.", home=home.code)
    )
    for one in households.owners(scene.session, home.id, scene.now):
        owner = scene.session.people.get(one)
        scene.tell(owner, _("👋 {name} is no longer linked to {home}.", name=gone.name, home=home.code))


# ── pages ──


def show_household(scene: Scene, person: Person, about: str) -> None:
    """My homes; one of them with who lives there, as far as it is mine to know."""
    mine = {one.home_id: one for one in scene.session.people.occupancies(person.id, scene.now)}
    if about:
        return _show_home(scene, person, mine, number(about))
    if len(mine) == 1:
        return _show_home(scene, person, mine, next(iter(mine)))
    ask = layout.begin(_("🔗 Ask to be linked to a home"), "askin")
    if not mine:
        return scene.tell(person, _("You are not linked to a home."), [[ask]])
    homes = (scene.session.estates.home(one) for one in [*mine][:MOST])
    rows = [[layout.page(f"🏠 {home.code}", "household", f"{home.id}")] for home in homes]
    return scene.tell(person, _("<b>Your homes</b>"), [*rows, [ask]])


def _show_home(scene: Scene, person: Person, mine: Mapping[int, Occupancy], home_id: int) -> None:
    if home_id not in mine:
        raise NotFound
    own = mine[home_id]
    there = _there(scene, own.estate_id)
    home = there.session.estates.home(home_id)
    shown = [own]
    if own.role is HomeRole.OWNER:
        shown = [*there.session.households.living_in(home_id, there.now)][:MOST]
    head = _("🏠 <b>{home}</b>, {estate}", home=home.code, estate=estate_name(there.estate))
    lines = [_who(there, person, one) for one in shown]
    there.tell(person, Lines((head, "", *lines)), _home_rows(there, person, home, shown))


def _who(scene: Scene, person: Person, link: Occupancy) -> Value:
    you = link.person_id == person.id
    name: Value = _("You") if you else scene.session.people.get(link.person_id).name
    if link.until is None:
        return _("• {name}: {role}", name=name, role=ROLES[link.role])
    until = end_in_words(link.until, scene.estate.time_zone)
    return _("• {name}: {role}, until {until}", name=name, role=ROLES[link.role], until=until)


def _home_rows(scene: Scene, person: Person, home: Home, shown: list[Occupancy]) -> list[list[Tap]]:
    own = next(one for one in shown if one.person_id == person.id)
    rows: list[list[Tap]] = []
    if own.role is HomeRole.OWNER:
        rows.append([layout.begin(_("➕ Invite family or a tenant"), "invite", home.id)])
    others = [one for one in shown if one is not own and one.role is not HomeRole.OWNER]
    rows += [_end_button(scene, one) for one in others]
    rows.append([layout.begin(_("📦 Move out"), "moveout", own.id)])
    rows.append([layout.begin(_("🔗 Ask to be linked to another home"), "askin")])
    return rows


def show_knocks(scene: Scene, person: Person, about: str) -> None:
    """For the office: who asks to be linked and has no answer yet."""
    estates = _offices(scene, person)
    if not estates:
        return scene.tell(person, _("Only the office sees this."))
    waiting = [one for estate in estates for one in scene.session.households.waiting(estate, MOST)]
    if not waiting:
        code = [layout.begin(_("🔑 Make a code for a home"), "homecode")]
        return scene.tell(person, _("✅ Nobody waits to be linked."), [code])
    for knock in waiting[:MOST]:
        knocks.show(_there(scene, knock.estate_id), knock, person, anew=True)
    return None


def _answer(granted: bool, scene: Scene, person: Person, about: str) -> Value | Begin:
    result = perform(scene.session, person, AnswerKnock(knock_id=number(about), granted=granted), scene.now)
    if isinstance(result, Settled):
        _settled(scene, person, result)
    return _("✅ Let in.") if granted else _("✖️ Refused.")


def _shown(scene: Scene, person: Person, found: Household) -> None:
    there = _there(scene, found.home.estate_id)
    lines = [_who(there, person, one) for one in found.links] or [_("Nobody is linked to it.")]
    rows = [_end_button(there, one) for one in found.links[:MOST]]
    text = Lines(
        (_("🏠 <b>{home}</b>, {estate}", home=found.home.code, estate=estate_name(there.estate)), "", *lines)
    )
    there.tell(person, text, rows)


def _end_button(scene: Scene, link: Occupancy) -> list[Tap]:
    name = scene.session.people.get(link.person_id).name
    return [layout.begin(_("✖️ End: {name}", name=name), "endlink", link.id)]


def menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """Who is nobody here yet can ask to be linked."""
    view = scene.view(person)
    if view.homes() or scene.session.people.staff_of(person.id, scene.now) or not view.estates():
        return []
    return [[layout.begin(_("🔗 Ask to be linked to a home"), "askin")]]


def more(scene: Scene, person: Person) -> list[list[Tap]]:
    """The household for those who have one; the office's list for the office."""
    rows: list[list[Tap]] = []
    if scene.view(person).homes():
        rows.append([layout.page(_("👪 My household"), "household")])
    if _offices(scene, person):
        rows.append([layout.page(_("🔔 Who asks to be linked"), "knocks")])
        rows.append([layout.begin(_("🔑 Make a code for a home"), "homecode")])
        rows.append([layout.begin(_("🏠 Who belongs to a home"), "residents")])
    return rows


# ── by the clock ──


def _moves_out(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    link = session.households.occupancy(number_in(payload, "occupancy"))
    if link.until is None or link.until > now:
        return
    households.cut_off(session, link, now)
    tell_ended(Scene(session, bot, session.estates.get(link.estate_id), now), link)


def _unanswered(session: Session, bot: Me, payload: Mapping[str, Json], now: datetime) -> None:
    """What the owners leave unanswered goes to the office, and lapses in the end."""
    knock = session.households.knock_of(number_in(payload, "knock"))
    if knock.settled_at is not None:
        return None
    scene = Scene(session, bot, session.estates.get(knock.estate_id), now)
    if now >= knock.asked_at + households.LAPSES_AFTER:
        session.households.settle(knock.id, None, False, now)
        return knocks.settled(scene, session.households.knock_of(knock.id), None)
    session.timers.set(households.knock_timer(knock, knock.asked_at + households.LAPSES_AFTER))
    for reader in knocks.office(scene):
        knocks.show(scene, knock, reader, anew=True)
    return None


ASKED: Text = _(
    "📨 Asked. If this home is in our books, whoever may decide about it reads your words, and you hear from "
    "me here. It may take some days."
)

FLOW = Flow(
    begins={
        "askin": _askin,
        "letin": _about_knock,
        "link": _for_office,
        "homecode": _for_office,
        "residents": _for_office,
        "invite": _about_home,
        "endlink": _about_link,
        "moveout": _about_link,
    },
    endings={
        "askin": ASKED,
        "letin": _("✅ Let in."),
        "link": _("✅ Linked."),
        "homecode": _("✅ The code is made."),
        "residents": _("✅ Found."),
        "invite": _("✅ The invitation is made."),
        "endlink": _("✅ The link is ended."),
        "moveout": _("✅ Noted."),
    },
    tells={Knock: _knocked, Settled: _settled, MayInvite: _invited, LinkEnded: _ended, Household: _shown},
    pages={"household": show_household, "knocks": show_knocks},
    acts={
        "knock_yes": lambda scene, person, about: _answer(True, scene, person, about),
        "knock_no": lambda scene, person, about: _answer(False, scene, person, about),
    },
    timers={"moves_out": _moves_out, "knock": _unanswered},
    menu=menu,
    more=more,
)
