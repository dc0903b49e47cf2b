"""Me too: following what somebody else reported, and saying whether it is fixed."""

from bot import cards, layout, notices
from bot.flows.base import Begin, Flow, Subject
from bot.flows.my_requests import about, actor_for
from bot.followed import rows
from bot.layout import number
from bot.notices.followers import taken_back
from bot.scene import Scene
from desk import lifecycle
from desk.actions import following
from desk.actions.perform import perform
from desk.errors import NotPossible
from desk.records import Change, Person, State
from locales.text import Lines, Value, _


def _followed(scene: Scene, person: Person, result: following.Followed) -> Begin | None:
    request = result.request
    there = scene.at(scene.session.estates.get(request.estate_id))
    if result.change is not None:
        notices.announce(there, result.change)
    there.tell(
        person,
        Lines(
            (
                _("👥 <b>You follow {number}.</b>", number=cards.number(request)),
                _("You are told how it goes on, and asked at the end whether it is fixed for you, too."),
                _("We promised to solve it by {solve}.", solve=request.solve_by),
            )
        ),
        [[layout.copy(cards.number(request))], *rows(request, result.follower)],
    )
    return None


def _affirmed(scene: Scene, person: Person, result: following.Affirmed) -> Begin | None:
    taken_back(scene, result.request, person)
    return None


def _fixed_too(scene: Scene, person: Person, named: str) -> Value:
    result = perform(scene.session, person, following.Affirm(request_id=number(named)), scene.now)
    if isinstance(result, following.Affirmed):
        _affirmed(scene, person, result)
    return _("👍 Thank you!")


def _unfollow(scene: Scene, person: Person, named: str) -> Value:
    request = scene.session.requests.get(number(named))
    change = perform(scene.session, person, following.Unfollow(request_id=request.id), scene.now)
    if isinstance(change, Change):
        notices.announce(scene.at(scene.session.estates.get(request.estate_id)), change)
    return _("🔕 You are not told of it any more.")


def _not_fixed(scene: Scene, person: Person, named: str) -> Subject:
    """The resident's word; or a follower's, also when it is closed or called off."""
    request = scene.view(person).shared(number(named))
    if scene.session.followers.get(request.id, person.id) is None:
        lifecycle.check(request, lifecycle.STEPS["not_fixed"], actor_for(scene, person, request))
    elif request.state not in {State.DONE, State.CLOSED, State.CANCELLED}:
        raise NotPossible
    return about(request)


FLOW = Flow(
    begins={"not_fixed": _not_fixed},
    tells={following.Followed: _followed, following.Affirmed: _affirmed},
    acts={"fixed_too": _fixed_too, "unfollow": _unfollow},
)
