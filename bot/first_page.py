"""The first page: what this person can do now, the most wanted first; what is wanted less often is behind
one button."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from bot import flows, layout
from bot.scene import Scene, Tap
from desk.lifecycle import CREW
from desk.records import Person, Role
from locales.text import EMPTY, Lines, Text, Value, _

#: how many buttons stand on one page before some of them move to the second
MOST = 8
#: how wide two labels may be to stand side by side, in Latin letters; a Chinese character takes two
NARROW = 19
#: what stands first, by the script or page that a button opens; the rest keeps the order of the flows
ORDER = (
    "emergency",
    "askin",
    "repair",
    "complaint",
    "visitor",
    "visitors",
    "fees",
    "requests",
    "services",
    "service",
)
#: what has a row of its own, however short its label is
ALONE = frozenset({"emergency", "askin"})

STAFF_HELP: Mapping[Role, Text] = {
    Role.FEES: _(
        "You look after the bills: what residents dispute comes to you as a request. Send me a table "
        "(xlsx or csv) of tariffs, readings, charges or payments: I show what it would "
        "change before anything does."
    ),
    Role.GUARD: _(
        "At the gate: open the link in a guest's QR code, or type the code, the plate or the name."
    ),
    Role.WORKER: _(
        "New requests appear as cards in the staff group. Tap Claim, and the job comes to you here."
    ),
    Role.DISPATCHER: _("You hear from me when nobody claims a request, or when it is still not fixed."),
    Role.MANAGER: _("Every morning you get the digest here. /setup tells how to connect the staff group."),
    Role.OWNER: _("Every morning you get the digest here. /setup tells how to connect the staff group."),
}


def show(scene: Scene, person: Person, head: Text) -> None:
    """The first page under these words."""
    first, second = _buttons(scene, person)
    text = Lines((head, "", *_advice(scene, person)))
    if len(first) + len(second) > MOST:
        first = [*first, layout.page(_("☰ More…"), "more")]
    else:
        first = [*first, *second]
    scene.tell(person, text, side_by_side(scene, person, first))


def show_more(scene: Scene, person: Person) -> None:
    """The second page."""
    first, second = _buttons(scene, person)
    fits = len(first) + len(second) <= MOST
    rows = side_by_side(scene, person, [*first, *second] if fits else second)
    scene.tell(person, _("<b>More that I can do</b>"), [*rows, [layout.page(_("⬅️ First page"), "menu")]])


def _buttons(scene: Scene, person: Person) -> tuple[list[Tap], list[Tap]]:
    """What belongs on the first page, and on the second, each button once."""
    first = [*_own(scene, person), *_flat(flows.menu(scene, person))]
    second = [*_flat(flows.more(scene, person)), layout.begin(_("🌐 Language"), "language")]
    known: dict[str, Tap] = {}
    for tap in sorted(first, key=_rank):
        known.setdefault(tap.data, tap)
    rest = {tap.data: tap for tap in second if tap.data not in known}
    kept, others = list(known.values()), list(rest.values())
    if not scene.resides(person):  # what the staff need most days has room here
        room = max(0, MOST - 1 - len(kept))
        kept, others = [*kept, *others[:room]], others[room:]
    return kept[: MOST - 1], [*kept[MOST - 1 :], *others]


def _own(scene: Scene, person: Person) -> list[Tap]:
    """The buttons that belong to no flow."""
    own: list[Tap] = []
    if scene.resides(person):
        own += [
            layout.begin(_("🛠 Report a repair"), "repair"),
            layout.page(_("📋 My requests"), "requests"),
        ]
    if any(post.role in CREW | {Role.FEES} for post in scene.session.people.staff_of(person.id, scene.now)):
        own.append(layout.page(_("🧰 My jobs"), "jobs"))
    return own


def _rank(tap: Tap) -> int:
    name = target(tap)
    return ORDER.index(name) if name in ORDER else len(ORDER)


def target(tap: Tap) -> str:
    """The script, page or verb that a button of a page names."""
    return tap.data.split(":")[1] if ":" in tap.data else ""


def _flat(rows: Iterable[Sequence[Tap]]) -> list[Tap]:
    return [tap for row in rows for tap in row]


def _advice(scene: Scene, person: Person) -> list[Value]:
    """What to do, by what somebody is here: resident, one or more posts, or nobody yet."""
    roles = {post.role for post in scene.session.people.staff_of(person.id, scene.now)}
    told = {STAFF_HELP[role].id: STAFF_HELP[role] for role in Role if role in roles & {*STAFF_HELP}}
    lines: list[Value] = [*told.values()]
    if scene.resides(person):
        words = _(
            "Just write what is wrong, or send a photo: I ask for the rest, and say who comes and when."
        )
        lines.insert(0, words)
    return lines or [_unlinked(), _anybody(scene, person)]


def _unlinked() -> Text:
    return _("You are not linked to a home yet. Open the link on the slip from the office, or ask here.")


def _anybody(scene: Scene, person: Person) -> Value:
    """An emergency is for everybody to report."""
    offered = any(target(tap) == "emergency" for tap in _flat(flows.menu(scene, person)))
    return _("In an emergency tap 🆘 or write what happens: that needs no link.") if offered else EMPTY


def side_by_side(scene: Scene, person: Person, taps: Sequence[Tap]) -> list[list[Tap]]:
    """Two narrow buttons share a row, in the words of the reader."""
    reader, rows = scene.reader(person), list[list[Tap]]()
    for tap in taps:
        narrow = target(tap) not in ALONE and _width(reader.plain(tap.label)) <= NARROW
        if rows and narrow and len(rows[-1]) == 1 and _open(reader.plain(rows[-1][0].label), rows[-1][0]):
            rows[-1].append(tap)
        else:
            rows.append([tap])
    return rows


def _open(label: str, tap: Tap) -> bool:
    """Whether another button has room beside this one."""
    return target(tap) not in ALONE and _width(label) <= NARROW


def _width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in label)
