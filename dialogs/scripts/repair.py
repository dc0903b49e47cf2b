"""Reporting a repair: what, where, when, and who may come in."""

from functools import lru_cache

from desk.actions.announcements import Heard
from desk.actions.reporting import ReportRepair
from desk.records import Home, Slot
from desk.taxonomy import Kind, groups, kinds
from desk.view import DeskView
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.scripts.announcements import known
from dialogs.talk import Talk
from dialogs.understanding.categories import propose
from locales.text import Span, Text, Value, _, _n, verbatim

ELSE = "else"
#: whether staff may go in, as the resident says it
ENTRY = {True: _("Yes, they may go in"), False: _("No, only when we are at home")}


def report_repair(talk: Talk, desk: DeskView) -> ReportRepair | Heard:
    """The order that a resident confirmed, unless what was announced already says it all."""
    home = pick_home(talk, desk)
    problem = talk.describe("problem", _("What is wrong? Tell us in words, photos or a voice note."))
    kind = pick_kind(talk, problem.words)
    if heard := known(talk, desk, home, kind.code):
        return heard
    visit = pick_visit(talk, desk.at(home), kind)
    entry = talk.choose("entry", _("If nobody is in, may our staff go in?"), yes_or_no())
    order = ReportRepair(
        resident_id=desk.person.id,
        home_id=home.id,
        kind=kind.code,
        problem=problem.words,
        media=problem.media,
        visit=visit,
        entry=entry,
        language=desk.person.language or "",
    )
    talk.review("review", _("<b>Please check your request</b>"), order_lines(order, home))
    return order


def pick_home(talk: Talk, desk: DeskView) -> Home:
    """Which home it is about; nobody with one home is asked."""
    homes = desk.homes()
    if len(homes) == 1:
        return homes[0]
    options = [Option(f"{home.id}", verbatim(home.code), home) for home in homes]
    return talk.choose("home", _("Which home is it about?"), options, columns=2)


def pick_kind(talk: Talk, words: str) -> Kind:
    """The kind of problem: one of those that the words hint at, else by group."""
    guesses = propose(words)
    if guesses:
        options: list[Option[Kind | None]] = [Option(kind.code, Text(kind.title), kind) for kind in guesses]
        options.append(Option(ELSE, _("Something else…"), None))
        guess = talk.choose("kind", _("What kind of problem is it?"), options)
        if guess is not None:
            return guess
    by_group = [Option(group.code, Text(group.title), group) for group in groups()]
    group = talk.choose("kind/group", _("What is it about?"), by_group, columns=2)
    within = [Option(kind.code, Text(kind.title), kind) for kind in group.kinds]
    return talk.choose(f"kind/of/{group.code}", _("What kind of problem is it?"), within)


def pick_visit(talk: Talk, desk: DeskView, kind: Kind) -> Slot | None:
    """When staff may come, from the queue's own calendar; None is as soon as possible."""
    queue = desk.queue_for(kind.code)
    return talk.choose(f"visit/{queue.id}", _("When may we come?"), visits(desk.slots(queue)))


@lru_cache(maxsize=64)
def visits(slots: tuple[Slot, ...]) -> tuple[Option[Slot | None], ...]:
    """As soon as possible, or one of the queue's next windows; the same for everybody for a while."""
    soon: Option[Slot | None] = Option("soon", _("As soon as possible"), None)
    windows: list[Option[Slot | None]] = [
        Option(f"{slot.start:%Y%m%d%H%M}", Span(slot.start, slot.end), slot) for slot in slots
    ]
    return (soon, *windows)


def yes_or_no() -> list[Option[bool]]:
    """Two plain answers."""
    return [Option("yes", ENTRY[True], True), Option("no", ENTRY[False], False)]


def order_lines(order: ReportRepair, home: Home) -> list[Line]:
    """The whole order as it is read back."""
    kind = kinds()[order.kind]
    entry = ENTRY[order.entry]
    files = [Line(_("Attached"), attached(len(order.media)))] if order.media else []
    return [
        Line(_("Home"), home.code, "home"),
        Line(_("Problem"), order.problem or "—", "problem"),
        *files,
        Line(_("Kind"), Text(kind.title), "kind"),
        Line(_("Visit"), when(order.visit), "visit"),
        Line(_("If nobody is in"), entry, "entry"),
    ]


def attached(count: int) -> Text:
    """How many pictures and files."""
    return _n("{n} file", "{n} files", count)


def when(visit: Slot | None) -> Value:
    """A visit's window in words."""
    return Span(visit.start, visit.end) if visit else _("As soon as possible")
