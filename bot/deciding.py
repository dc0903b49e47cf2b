"""What the office can decide about a request: the buttons under it."""

from bot import cards, layout
from bot.scene import Scene, Tap
from desk import lifecycle
from desk.discretion import is_discreet
from desk.records import Actor, Person, Request, Role
from locales.text import _

#: whoever of the office it is: to all of them the same is possible
_OFFICE = Actor(role=Role.DISPATCHER)


def office_rows(request: Request) -> list[list[Tap]]:
    """Claim it, or give it to somebody; not take it on; it is the same as another."""
    if is_discreet(request):
        return cards.claim_row(request)
    give = {
        "assigned": layout.begin(_("👤 Assign…"), "assign", request.id),
        "transferred": layout.begin(_("👤 Hand on…"), "transfer", request.id),
    }
    other = {
        "rejected": layout.begin(_("✖️ Reject…"), "reject", request.id),
        "merged": layout.begin(_("🔗 Same as…"), "merge", request.id),
        "unmerged": layout.act(_("↪️ Not the same"), "unmerge", request.id),
    }
    first = [*(tap for row in cards.claim_row(request) for tap in row), *_possible(request, give)]
    return [row for row in (first, _possible(request, other)) if row]


def _possible(request: Request, taps: dict[str, Tap]) -> list[Tap]:
    return [tap for step, tap in taps.items() if lifecycle.possible(request, step, _OFFICE)]


def may_decide(scene: Scene, person: Person) -> bool:
    """Whether somebody belongs to this estate's office."""
    return scene.holds(person, lifecycle.OFFICE)
