"""Who belongs to a home: asking to be linked, letting in, inviting, ending a link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk.actions.households import AnswerKnock, AskIn, EndLink, Invite, LookAt
from desk.errors import NotAllowed, TooOften
from desk.records import Estate, Home, HomeRole, Knock
from desk.view import DeskView
from dialogs.names import estate_name, names
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.questions.moments import told
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from locales.text import EMPTY, Lines, Text, Typed, Value, _, _n, verbatim

ROLES: Mapping[HomeRole, Text] = {
    HomeRole.OWNER: _("Owner"),
    HomeRole.TENANT: _("Tenant"),
    HomeRole.FAMILY: _("Family member"),
}
#: what a link may last, in days, by what the button says
LASTS: Mapping[str, tuple[Text, int]] = {
    "3m": (_("3 months"), 91),
    "6m": (_("6 months"), 182),
    "1y": (_("1 year"), 365),
}
NEVER = "never"
#: how many estates are offered as buttons; Telegram takes a hundred
LISTED = 20
#: no link is made for longer than this
LONGEST = timedelta(days=20 * 366)


def ask_in(talk: Talk, desk: DeskView) -> AskIn:
    """Somebody asks to be linked. Nothing here depends on whether there is such a home."""
    if not desk.may_knock():
        raise TooOften
    estate = pick_estate(talk, desk)
    door = talk.line("door", _("Which home is it? Write its code or its building and door: 3-2-501."), line)
    role = pick_role(talk, _("Who are you in this home?"))
    words = talk.line(
        "words", _("Please write your name, and how whoever decides can recognise you. They read it."), line
    )
    order = AskIn(estate_id=estate.id, door=door, role=role, words=words)
    talk.review(
        "review",
        _("<b>Ask to be linked</b>"),
        [
            Line(_("Estate"), estate_name(estate), "estate"),
            Line(_("Home"), verbatim(door), "door"),
            Line(_("You are"), ROLES[role], "role"),
            Line(_("Your words"), verbatim(words), "words"),
        ],
    )
    return order


def pick_estate(talk: Talk, desk: DeskView) -> Estate:
    """Which estate it is in; nobody is asked where there is one."""
    estates = desk.estates()
    if len(estates) == 1:
        return estates[0]
    if len(estates) > LISTED:
        prompt = _("Which estate is it in? Write its name.")
        return talk.line("estate", prompt, lambda name: _named(name, estates))
    options = [Option(f"{one.id}", estate_name(one), one) for one in estates]
    return talk.choose("estate", _("Which estate is it in?"), options)


def _named(typed: str, estates: Sequence[Estate]) -> Estate | Text:
    """The estate that somebody wrote the name of, or enough of it."""
    sought = typed.casefold()
    exact = [one for one in estates if sought in names(one)]
    alike = exact or [one for one in estates if any(sought in name for name in names(one))]
    if len(alike) == 1:
        return alike[0]
    if alike:
        return _("Several estates are called like that. Please write the whole name.")
    return _("There is no estate of this name. Please look at how it is written.")


def pick_role(talk: Talk, prompt: Text, *roles: HomeRole) -> HomeRole:
    """As what somebody belongs to a home."""
    return talk.choose("role", prompt, [Option(str(one), ROLES[one], one) for one in roles or HomeRole])


def line(words: str) -> str:
    """Any line will do."""
    return words


def let_in(talk: Talk, desk: DeskView) -> AnswerKnock:
    """An owner lets somebody in until a day, or for good."""
    knock = desk.knock(talk.subject.get("knock"))
    until = pick_end(talk, desk, _("Until when may they belong to this home?"))
    return AnswerKnock(knock_id=knock.id, granted=True, until=until)


def link(talk: Talk, desk: DeskView) -> AnswerKnock:
    """The office links somebody who asked, to the home that is truly meant."""
    knock = desk.knock(talk.subject.get("knock"))
    if not desk.in_office(knock.estate_id):
        raise NotAllowed
    home = pick_any_home(talk, desk, knock)
    role = pick_role(talk, _("As what do they belong to it? They say: {role}.", role=ROLES[knock.role]))
    until = pick_end(talk, desk, _("Until when may they belong to this home?"))
    talk.review(
        "review",
        _("<b>Link {name}</b>", name=desk.work.people.get(knock.person_id).name),
        [
            Line(_("They say"), Typed(knock.words) if knock.words else "—"),
            Line(_("Home"), home.code, "home"),
            Line(_("As"), ROLES[role], "role"),
            Line(_("Until"), end_in_words(until, desk.estate.time_zone), "until"),
        ],
    )
    return AnswerKnock(knock_id=knock.id, granted=True, home_id=home.id, role=role, until=until)


def pick_any_home(talk: Talk, desk: DeskView, knock: Knock | None = None) -> Home:
    """A home of the estate by its code, for the office."""

    def understood(typed: str) -> Home | Text:
        return desk.home_at(typed) or _("There is no home {code}. Please look at its code.", code=typed)

    there = desk.work.estates.home(knock.home_id) if knock and knock.home_id else None
    offered = [Suggestion("asked", verbatim(there.code), there.code)] if there else []
    asked = _("They wrote: {door}.", door=knock.door) if knock else EMPTY
    return talk.line("home", Lines((asked, _("Which home? Write its code."))), understood, offered)


def invite(talk: Talk, desk: DeskView) -> Invite:
    """An owner invites family or a tenant."""
    home = desk.owned(talk.subject.get("home"))
    role = pick_role(talk, _("Whom do you invite?"), HomeRole.FAMILY, HomeRole.TENANT)
    until = pick_end(talk, desk, _("Until when may they belong to this home?"))
    return Invite(home_id=home.id, role=role, until=until)


def home_code(talk: Talk, desk: DeskView) -> Invite:
    """The office makes a code for a slip."""
    home = pick_any_home(talk, desk)
    role = pick_role(talk, _("For whom is the code?"))
    until = pick_end(talk, desk, _("Until when may they belong to this home?"))
    return Invite(home_id=home.id, role=role, until=until)


def residents(talk: Talk, desk: DeskView) -> LookAt:
    """The office looks up who belongs to a home."""
    return LookAt(home_id=pick_any_home(talk, desk).id)


def end_link(talk: Talk, desk: DeskView) -> EndLink:
    """An owner or the office takes somebody out of a home."""
    link = desk.link(talk.subject.get("link"))
    person, home = desk.work.people.get(link.person_id), desk.work.estates.home(link.home_id)
    talk.review(
        "review",
        _("<b>End a link?</b> They see nothing of this home any more."),
        [
            Line(_("Name"), person.name),
            Line(_("Home"), home.code),
            Line(_("As"), ROLES[link.role]),
        ],
    )
    return EndLink(occupancy_id=link.id)


def move_out(talk: Talk, desk: DeskView) -> EndLink:
    """Somebody leaves a home themselves."""
    link = desk.link(talk.subject.get("link"))
    if link.person_id != desk.person.id:
        raise NotAllowed
    home = desk.work.estates.home(link.home_id)
    until = pick_day(talk, desk, home)
    waiting = len(desk.open_requests(home.id))
    cancel = waiting > 0 and talk.choose("requests", _open(waiting), _requests())
    last = desk.only_owner(home.id)
    talk.review(
        "review",
        Lines((_("<b>Moving out of {home}</b>", home=home.code), _LAST if last else EMPTY)),
        [
            Line(_("Last day"), end_in_words(until, desk.estate.time_zone) if until else _("Now"), "until"),
            *([Line(_("Open requests"), _CALL_OFF if cancel else _KEEP, "requests")] if waiting else []),
        ],
    )
    return EndLink(occupancy_id=link.id, until=until, cancel=cancel)


_LAST = _(
    "You are the only owner here. Nobody of this home could let others in any more; the office would decide."
)
_CALL_OFF, _KEEP = _("Call them off"), _("They go on")


def _open(count: int) -> Text:
    return _n(
        "You have {n} open request about this home. What shall become of it?",
        "You have {n} open requests about this home. What shall become of them?",
        count,
    )


def _requests() -> list[Option[bool]]:
    return [Option("keep", _KEEP, False), Option("off", _CALL_OFF, True)]


def pick_day(talk: Talk, desk: DeskView, home: Home) -> datetime | None:
    """From which day on; None is now."""
    prompt = _("What is your last day in {home}? Tap, or write a day.", home=home.code)
    here = [Suggestion("now", _("Now"), "now")]
    return talk.line("until", prompt, _day(desk, {"now": None}), here).at


def pick_end(talk: Talk, desk: DeskView, prompt: Text) -> datetime | None:
    """Until which day; None has no end."""
    offered = [Suggestion(NEVER, _("No end"), NEVER)]
    offered += [Suggestion(key, label, key) for key, (label, _days) in LASTS.items()]
    known: dict[str, datetime | None] = {NEVER: None}
    begin = _midnight(desk, talk.now)
    known |= {key: begin + timedelta(days=days) for key, (_label, days) in LASTS.items()}
    return talk.line("until", Lines((prompt, _("Tap, or write a day."))), _day(desk, known), offered).at


@dataclass(frozen=True, slots=True)
class End:
    """A moment, or none at all."""

    at: datetime | None


def _day(desk: DeskView, known: Mapping[str, datetime | None]) -> Callable[[str], End | Text]:
    """What a line says of a day: one of the known ones, or the end of that day in the estate's time."""

    def understood(typed: str) -> End | Text:
        if typed in known:
            return End(known[typed])
        zone = ZoneInfo(desk.estate.time_zone)
        found = told(typed, desk.now.astimezone(zone))
        if found is None or found.day is None:
            return _("Please write a day, such as 31.12. or 12月31日.")
        end = datetime.combine(found.day + timedelta(days=1), time(0), zone).astimezone(UTC)
        if not desk.now < end <= desk.now + LONGEST:
            return _("This day has passed, or is too far away.")
        return End(end)

    return understood


def _midnight(desk: DeskView, now: datetime) -> datetime:
    zone = ZoneInfo(desk.estate.time_zone)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(0), zone).astimezone(UTC)


def end_in_words(until: datetime | None, zone: str) -> Value:
    """The last day of a link, with its year: it may be far away."""
    if until is None:
        return _("No end")
    return (until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date().isoformat()
