"""Who hears what when a request changes: the group's card, the worker's job, the resident, the office."""

from bot import cards
from bot.alarms import tell_on_call
from bot.doings import changed
from bot.notices import discreet
from bot.notices.followers import tell_followers
from bot.notices.office import tell_office
from bot.notices.residents import tell_resident
from bot.notices.workers import tell_worker
from bot.scene import Scene
from desk.discretion import is_discreet
from desk.records import Change, Media, State

#: after these the card stands at the end of the topic again, so that it is seen
POSTED_ANEW = frozenset(
    {"escalated", "alerted", "released", "not_fixed_again", "declined", "appealed", "unmerged"}
)
#: the same, as long as nobody has claimed it
ANEW_UNCLAIMED = frozenset({"resumed", "hurried"})


def announce(scene: Scene, change: Change) -> None:
    """Tells everybody whom a change concerns."""
    request, event = change.request, change.event
    changed(
        f"request.{event.name}",
        request=request.id,
        estate=request.estate_id,
        state=request.state.value,
        by=event.actor.role.value,
    )
    if is_discreet(request):
        return discreet.announce(scene, request, event)
    _tell_group(scene, change)
    tell_worker(scene, request, event)
    tell_resident(scene, request, event)
    tell_followers(scene, request, event)
    tell_office(scene, request, event)
    tell_on_call(scene, request, event)
    return None


def _tell_group(scene: Scene, change: Change) -> None:
    request, event = change.request, change.event
    if event.name == "filed":
        return cards.post_card(scene, request)
    if event.name == "noted":
        queue = scene.session.estates.queue(request.queue_id)
        scene.album(Media.all_from(event.data.get("media")), queue=queue)
    unclaimed = event.name in ANEW_UNCLAIMED and request.state is State.NEW
    return cards.show_card(scene, request, anew=event.name in POSTED_ANEW or unclaimed)
