"""Reporting a repair: what, where, when, and who may come in."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial

from desk.actions.announcements import Heard
from desk.actions.following import Follow
from desk.actions.my_requests import AddNote
from desk.actions.reporting import ReportRepair
from desk.duplicates import Report
from desk.errors import NotAllowed
from desk.places import building_of
from desk.records import Estate, Home, Place, Slot, Terms, Type
from desk.taxonomy import Group, Kind, type_of
from desk.view import DeskView
from dialogs.kinds import title
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.questions.getting_in import Access, GettingIn, told
from dialogs.questions.reviewing import Line
from dialogs.said import CLEARLY, Said, heard, said
from dialogs.scripts.again import same_fault
from dialogs.scripts.announcements import known
from dialogs.scripts.elsewhere import HandOver, elsewhere
from dialogs.scripts.instead import ELSE, likely, misunderstood, shortcuts, sort_out_again
from dialogs.spots import SPOTS, spot_in_words
from dialogs.talk import Talk
from dialogs.understanding.places import place_in
from dialogs.understanding.understand import understand
from locales.text import EMPTY, Joined, Money, Span, Text, Titles, Value, _, _n, verbatim

#: the question for what a kind is among
GROUP = "kind/group"
#: among how many windows the time is looked for that somebody named
FURTHER = 60
#: how many characters an answer has that names a kind; more tells of something
NAMED = 80
#: whether staff may go in, as the resident says it
ENTRY = {True: _("Yes, they may go in"), False: _("No, only when we are at home")}
PLACES: Mapping[Place, Text] = {
    Place.BUILDING: _("🏢 In a shared part of my building"),
    Place.GROUNDS: _("🌳 Outside, on the grounds"),
}


def report_repair(talk: Talk, desk: DeskView) -> ReportRepair | HandOver | Heard | Follow | AddNote:
    """The order that a resident confirmed, unless what was announced or reported already says it all. What is
    plain is not asked; the review shows it to be changed. Whoever began with words out of the blue is asked
    only what nobody could guess."""
    if over := misunderstood(talk, desk):
        return over
    first = said(talk, desk)
    home = pick_home(talk, desk, first)
    desk = desk.at(home)
    first = said(talk, desk)
    problem = talk.describe("problem", _("What is wrong? Tell us in words, photos or a voice note."))
    kind = pick_kind(talk, desk, problem.words, first)
    if isinstance(kind, HandOver):
        return kind
    if over := elsewhere(talk, desk, kind):
        return over
    if heard := known(talk, desk, home, kind.code):
        return heard
    place = pick_place(talk, home, kind, problem.words, first)
    where = pick_spot(talk, place, first) if place is not Place.HOME else ""
    words = f"{problem.words} {where}".strip()
    building = building_of(home) if place is not Place.GROUNDS else ""
    report = Report(kind=kind.code, words=words, place=place, building=building, home=home)
    if same := same_fault(talk, desk, report, problem.media):
        return same
    order = ReportRepair(
        resident_id=desk.person.id,
        home_id=home.id,
        kind=kind.code,
        problem=problem.words,
        media=problem.media,
        language=desk.person.language or "",
        place=place,
        where=where,
    )
    order = coming_in(talk, desk, kind, order, first)
    lines = order_lines(order, home, kind, desk.estate)
    talk.review("review", _("<b>Please check your request</b>"), lines, shortcuts(talk, desk, kind))
    return order


def needs_visit(order: ReportRepair, kind: Kind) -> bool:
    """Whether somebody comes to a home; what is shared can be repaired at any time."""
    return order.place is Place.HOME and type_of(kind) is Type.REPAIR


def coming_in(
    talk: Talk, desk: DeskView, kind: Kind, order: ReportRepair, first: Said | None = None
) -> ReportRepair:
    """The order with when somebody may come, and how to get in."""
    if not needs_visit(order, kind):
        return order
    visit = pick_visit(talk, desk, kind, first)
    closed = (False,) if first else None
    entry = talk.choose("entry", _("If nobody is in, may our staff go in?"), yes_or_no(), plain=closed)
    known = Access(phone=first.found.phone) if first else Access()
    helps = talk.ask_unless(GettingIn("access", desk.estate.country), (known,))
    return replace(order, visit=visit, entry=entry, pets=helps.pets, access=helps.words, phone=helps.phone)


def pick_home(talk: Talk, desk: DeskView, first: Said | None = None) -> Home:
    """Which home it is about; nobody with one home is asked, nor who named it."""
    homes = desk.homes()
    if not homes:
        raise NotAllowed
    if len(homes) == 1:
        return homes[0]
    options = [Option(f"{home.id}", verbatim(home.code), home) for home in homes]
    named = first.home(homes) if first else None
    prompt = _("Which home is it about?")
    return talk.choose("home", prompt, options, columns=2, plain=(named,) if named else None)


def pick_kind(talk: Talk, desk: DeskView, words: str, first: Said | None = None) -> Kind | HandOver:
    """The kind of problem: one of those that the words hint at, else by group. Where the first words leave no
    doubt, the review shows it; whoever says that it is none of them is asked what they meant."""
    offered = desk.catalogue()
    guesses = likely(words, offered, desk.person.language)
    if guesses:
        plain = first.kind(guesses) if first else None
        options: list[Option[Kind | None]] = [Option(kind.code, title(kind), kind) for kind in guesses]
        options.append(Option(ELSE, _("Something else…"), None))
        prompt = _("What kind of problem is it?")
        named = partial(kind_in, desk)
        guess = talk.choose("kind", prompt, options, plain=(plain,) if plain else None, understand=named)
        if guess is not None:
            return guess
        if first is not None and GROUP not in talk.answers.given:
            return sort_out_again(talk, first)
    by_group = [Option(group.code, Text(group.title), group) for group in offered.groups]
    meant = first.group(offered.groups) if first is not None and not guesses else None
    group: Group = talk.choose(
        GROUP,
        _("What is it about?"),
        by_group,
        columns=2,
        plain=(meant,) if meant else None,
        understand=lambda words: group_in(desk, words),
    )
    within = [Option(kind.code, title(kind), kind) for kind in group.kinds]
    prompt = _("What kind of problem is it?")
    return talk.choose(f"kind/of/{group.code}", prompt, within, understand=partial(kind_in, desk))


def kind_in(desk: DeskView, words: str) -> str:
    """The kind that words plainly name, by its code; "" for none."""
    language = desk.person.language or ""
    guesses = likely(words, desk.catalogue(), language)[:1]
    plain = len(words) <= NAMED and understand(words, language).clear >= CLEARLY
    return next((kind.code for kind in guesses if plain), "")


def group_in(desk: DeskView, words: str) -> str:
    """The group of the kind that words plainly name."""
    known = desk.catalogue().kinds.get(kind_in(desk, words))
    return known.group if known else ""


def pick_place(talk: Talk, home: Home, kind: Kind, words: str, first: Said | None = None) -> Place:
    """At home, in the building or outside. Asked only where the kind does not tell, and the words speak of
    something that is shared."""
    named = place_in(words) if kind.place is Place.HOME else None
    plain = kind.place if named is None else named if first else None
    options = [Option(Place.HOME.value, _("🏠 At home, {home}", home=home.code), Place.HOME)]
    options += [Option(place.value, text, place) for place, text in PLACES.items()]
    return talk.choose("place", _("Where is it?"), options, plain=(plain,) if plain else None)


def pick_spot(talk: Talk, place: Place, first: Said | None = None) -> str:
    """Where exactly; whoever was not asked for the place has told it already."""
    offered = [Suggestion(key, text, text.id) for key, text in SPOTS.get(place, {}).items()]
    plain = ("",) if first or "place" in talk.assumed else None
    prompt = _("Where exactly? Tap or write it, such as “2nd floor, left”.")
    return talk.line(f"spot/{place.value}", prompt, str, offered, plain=plain)


def pick_visit(talk: Talk, desk: DeskView, kind: Kind, first: Said | None = None) -> Slot | None:
    """When staff may come, from the queue's own calendar; None is as soon as possible."""
    queue = desk.queue_of(kind)
    slots = desk.slots(queue) if first is None else first.near(desk.slots(queue, FURTHER))
    plain = first.slot(slots) if first else None

    def named(words: str) -> str:
        window = heard(words, desk, talk.now)
        fitting = window.slot(desk.slots(queue, FURTHER)) if window.start is not None else None
        return key_of(fitting[0]) if fitting and fitting[0] else ""

    def further(key: str) -> tuple[Slot] | None:
        return next(((slot,) for slot in desk.slots(queue, FURTHER) if key_of(slot) == key), None)

    prompt, options = _("When may we come?"), visits(slots)
    return talk.choose(f"visit/{queue.id}", prompt, options, plain=plain, understand=named, more=further)


@lru_cache(maxsize=64)
def visits(slots: tuple[Slot, ...]) -> tuple[Option[Slot | None], ...]:
    """As soon as possible, or one of the queue's next windows; the same for everybody for a while."""
    soon: Option[Slot | None] = Option("soon", _("As soon as possible"), None)
    windows: list[Option[Slot | None]] = [
        Option(key_of(slot), Span(slot.start, slot.end), slot) for slot in slots
    ]
    return (soon, *windows)


def key_of(slot: Slot) -> str:
    """The same for as long as the window is offered."""
    return f"{slot.start:%Y%m%d%H%M}"


def yes_or_no() -> list[Option[bool]]:
    """Two plain answers."""
    return [Option("yes", ENTRY[True], True), Option("no", ENTRY[False], False)]


def order_lines(order: ReportRepair, home: Home, kind: Kind, estate: Estate) -> list[Line]:
    """The whole order as it is read back."""
    files = [Line(_("Attached"), attached(len(order.media)))] if order.media else []
    return [
        Line(_("Where"), where_is(order, home), "place"),
        *(
            [Line(_("Spot"), spot_in_words(order.where) if order.where else "—", "spot")]
            if order.place is not Place.HOME
            else []
        ),
        Line(_("Problem"), order.problem or "—", "problem"),
        *files,
        Line(_("Kind"), title(kind), "kind"),
        Line(_("Costs"), costs(kind.terms, estate.currency)),
        *(_at_home(order) if needs_visit(order, kind) else []),
        *([Line(_("Home"), home.code, "home")] if order.place is not Place.HOME else []),
    ]


def where_is(order: ReportRepair, home: Home) -> Value:
    """At home, or in which building."""
    match order.place:
        case Place.HOME:
            return _("At home, {home}", home=home.code)
        case Place.BUILDING:
            return _("Building {building}, a shared part", building=building_of(home))
        case _:
            return _("On the grounds")


def _at_home(order: ReportRepair) -> list[Line]:
    """When and how to get in; the button to add something is there as long as there is nothing."""
    helps = Access(order.pets, order.phone, order.access)
    empty = helps == Access()
    offer = _("➕ Pets, door code, phone") if empty else None
    shown = Joined(("—",)) if empty else told(helps)
    return [
        Line(_("Visit"), when(order.visit), "visit"),
        Line(_("If nobody is in"), ENTRY[order.entry], "entry"),
        Line(_("Getting in"), shown, "access", offer=offer),
    ]


def costs(terms: Terms, currency: str) -> Value:
    """Who pays, as it is shown before anything is ordered."""
    if terms.kind == "warranty":
        return _("Free under warranty, if the inspection finds that it is covered")
    if terms.kind != "paid":
        return _("Free")
    if terms.amount is None:
        return _("At your cost: the worker tells the price before starting")
    price: Value = Money(terms.amount, currency) if currency else terms.amount
    unit: Value = Titles(terms.unit) if terms.unit else EMPTY
    return Joined((_("At your cost: {price}", price=price), unit), " ")


def attached(count: int) -> Text:
    """How many pictures and files."""
    return _n("{n} file", "{n} files", count)


def when(visit: Slot | None) -> Value:
    """A visit's window in words."""
    return Span(visit.start, visit.end) if visit else _("As soon as possible")
