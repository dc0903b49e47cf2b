"""A request as somebody sees it who follows it: how it stands, and nothing that is its resident's."""

from bot import cards, layout
from bot.notices.followers import fixed_rows
from bot.related import homes
from bot.scene import Scene, Tap
from desk.records import Person, Request, State
from desk.records.followers import Follower, Verdict
from dialogs.scripts.again import HOW_FAR
from locales.text import EMPTY, Lines, _


def show_followed(scene: Scene, person: Person, request: Request) -> None:
    """A neighbour's request: how it stands, and nothing that is theirs."""
    part = scene.session.followers.get(request.id, person.id)
    stand = HOW_FAR.get(request.state, cards.STATES[request.state])
    promise = (
        _("We promised to solve it by {solve}.", solve=request.solve_by) if request.state.open else EMPTY
    )
    text = Lines((cards.headline(request), stand, homes(request), promise, _("👥 You follow it.")))
    scene.tell(person, text, rows(request, part))


def rows(request: Request, part: Follower | None) -> list[list[Tap]]:
    """What they can do now."""
    if request.state is State.DONE and (part is None or part.verdict is not Verdict.FIXED):
        return fixed_rows(request)
    if request.state is State.CLOSED:
        return [[layout.begin(_("👎 Not fixed for me"), "not_fixed", request.id)]]
    return [[layout.act(_("🔕 Do not follow it"), "unfollow", request.id)]] if request.state.open else []
