"""The moments at which a power cut hurts, each with the scene that it interrupts. Any other moment is left to
tests/simulation."""

import sqlite3
import time
from collections.abc import Callable

from tests.story.repair import (
    Cast,
    Scene,
    digest_comes,
    hold_is_over,
    owner_comes,
    resident_comes,
    stranger_claims,
    survey_comes,
    two_claim,
    workers_come,
)

Accident = Callable[[Cast, Scene], None]

#: scenes in which the office issues codes, which needs the database
OFFICE = {owner_comes, workers_come, resident_comes}
#: scenes that come by the clock, without an update
TIMED = {hold_is_over, survey_comes, digest_comes}


def quick_stranger(cast: Cast) -> None:
    """The stranger's tap, without waiting for the answer, which nobody can give any more."""
    cast.stranger.tap("Claim", message=cast.card().id, chat=cast.group)


def quick_claims(cast: Cast) -> None:
    """The taps of both, without waiting for the answers."""
    card = cast.card()
    for one in (cast.worker, cast.other):
        one.tap("Claim", message=card.id, chat=cast.group)


#: who waits for the answer to a tap would wait for a bot that is dead
QUICK: dict[Scene, Scene] = {stranger_claims: quick_stranger, two_claim: quick_claims}


def restart(cast: Cast) -> None:
    """A power cut, and the power comes back."""
    cast.stage.kill()
    cast.stage.sandbox.faults()
    cast.stage.start()


def after_the_step(cast: Cast, scene: Scene) -> None:
    """Everything is delivered and confirmed."""
    scene(cast)
    cast.stage.settle()
    restart(cast)


def before_the_commit(cast: Cast, scene: Scene) -> None:
    """The update has come, but nothing could be written yet."""
    if scene in OFFICE:
        return after_the_step(cast, scene)
    other = sqlite3.connect(cast.stage.folder / "steward.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    QUICK.get(scene, scene)(cast)
    time.sleep(0.1)  # for the update to come; it cannot be seen from outside whether it has
    cast.stage.kill()
    other.close()
    return restart(cast)


def before_confirming(cast: Cast, scene: Scene) -> None:
    """It is written and answered, but Telegram does not know that it was taken."""
    if scene in TIMED:
        return after_the_step(cast, scene)
    mark = number_of_calls(cast)
    cast.stage.sandbox.faults({"method": "getUpdates", "do": "hang"})
    QUICK.get(scene, scene)(cast)
    cast.stage.until(lambda: _broken(cast, mark))
    cast.stage.until(cast.stage.idle)
    return restart(cast)


def before_sending(cast: Cast, scene: Scene) -> None:
    """It is written and confirmed, but none of the answers has gone out."""
    mark = number_of_calls(cast)
    cast.stage.sandbox.faults({"do": "hang", "times": 50})
    QUICK.get(scene, scene)(cast)
    cast.stage.until(lambda: _broken(cast, mark) or _quiet(cast))
    restart(cast)


def before_noting_what_was_sent(cast: Cast, scene: Scene) -> None:
    """Telegram has one message, but the bot never heard so."""
    mark = number_of_calls(cast)
    cast.stage.sandbox.faults({"method": "sendMessage", "do": "lose"})
    QUICK.get(scene, scene)(cast)
    cast.stage.until(lambda: cast.stage.sandbox.calls("sendMessage", after=mark) or _quiet(cast))
    restart(cast)


def _quiet(cast: Cast) -> bool:
    """Whether nothing waits, in Telegram or in the bot."""
    return cast.stage.idle() and cast.stage.sandbox.waiting(cast.stage.bot) == 0


def number_of_calls(cast: Cast) -> int:
    """The number of the last call."""
    return max((int(call["n"]) for call in cast.stage.sandbox.calls()), default=0)


def _broken(cast: Cast, after: int) -> bool:
    """Whether a call since then has run into the fault that was ordered."""
    calls = cast.stage.sandbox.calls(after=after)
    return any("connection breaks" in call.get("error", "") for call in calls)
