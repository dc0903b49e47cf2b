"""Whatever anybody does, in whatever order: no script breaks, and nothing is sent that Telegram refuses.

Residents, staff and a stranger write, send, tap, command, block and wait. What they tap may be on the screen,
may have been there, may be somebody else's or made up. STEWARD_ANYTHING=5000 plays so many days.
"""

import os
from collections.abc import Mapping, Sequence
from functools import cache

from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from structlog.testing import capture_logs

from tests.walker.anything import KINDS, Move
from tests.walker.flow import Flow
from tests.walker.flows.announcements import WATER_OFF
from tests.walker.flows.feedback import COMPLAINT
from tests.walker.flows.fees import PRICED
from tests.walker.flows.household import ASK_IN
from tests.walker.flows.repair import REPAIR
from tests.walker.flows.visitors import VISITOR
from tests.walker.flows.work import CLAIMED
from tests.walker.stage import Stage
from tests.walker.tale import opened

#: what a day begins with: jobs taken and not, a visitor, a complaint, somebody at the door, bills, no water
MORNING = Flow(
    name="day",
    title="A day",
    begins="/help",
    setting=PRICED,
    prelude=(*CLAIMED, REPAIR, VISITOR, COMPLAINT, ASK_IN, WATER_OFF, "Lin: /fees", "Gu: /gate", "Mo: /menu"),
)
DAYS = int(os.environ.get("STEWARD_ANYTHING", "0"))
NUMBERS = st.integers(min_value=0, max_value=999)
#: any text that a phone can send: no half characters
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
#: data that a forger can send: 64 bytes at most
moves = st.builds(
    Move,
    st.sampled_from(KINDS),
    st.integers(0, 9),
    NUMBERS,
    NUMBERS,
    TEXTS.filter(lambda one: len(one.encode()) <= 64),
)


@cache
def morning() -> Stage:
    """The estate as every day begins."""
    return opened(MORNING)


def check(stage: Stage, made: Move, logged: Sequence[Mapping[str, object]]) -> None:
    """Nothing went wrong, and all that was sent was taken."""
    errors = [entry for entry in logged if entry["log_level"] in ("error", "critical")]
    assert not errors, (made, errors)
    assert not stage.desk.refused, (made, stage.desk.refused)


@settings(
    max_examples=DAYS or 120,
    derandomize=not DAYS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=(Phase.generate, Phase.shrink),
)
@given(st.lists(moves, min_size=5, max_size=40))
def test_any_day_goes_well(day: Sequence[Move]):
    stage = morning().fork()
    for move in day:
        with capture_logs() as logged:
            move.make(stage)
            stage.look()
        check(stage, move, logged)
