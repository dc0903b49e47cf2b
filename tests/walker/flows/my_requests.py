"""What a resident still wishes of a request."""

from tests.walker.flow import Flow
from tests.walker.flows.repair import REPAIR
from tests.walker.flows.work import CLAIMED, FINISH

OPEN = (REPAIR, "Lin: /requests", "Lin: [🟡 R-1…]")
STARTED = (*CLAIMED, "Wang: [▶️ Start]")

NOTE = Flow(
    name="note",
    title="The resident adds something to a request",
    prelude=OPEN,
    begins="[➕ Add a note or photo]",
    says={"note": ("It is worse when the boiler runs",)},
    also={"note": [("(photo)",)]},
)
MOVE = Flow(
    name="move",
    title="The resident changes the time",
    prelude=OPEN,
    begins="[🕑 Change the time]",
)
CALL_OFF = Flow(
    name="call_off",
    title="The resident calls a request off",
    prelude=OPEN,
    begins="[✖️ Cancel this request]",
    says={"words": ("My uncle has mended it",)},
)
ASK_OFF = Flow(
    name="call_off_begun",
    title="The resident calls off what is begun already",
    prelude=(*STARTED, "Lin: /requests", "Lin: [🔧 R-1…]"),
    begins="[✖️ Cancel this request]",
    situations=("happy_path",),
)
REOPEN = Flow(
    name="reopen",
    title="The resident opens a closed request again",
    prelude=(*STARTED, FINISH, "Lin: [👍 Fixed]", "Lin: /requests", "Lin: [✅ R-1…]"),
    begins="[👎 Not fixed after all]",
    says={"why": ("It drips again",)},
    also={"why": [("(video)",)]},
)

LOOK = Flow(
    name="my_requests",
    title="Looking after one's requests",
    begins="/requests",
    prelude=(REPAIR,),
    epilogue=(
        "Lin: [🟡 R-1…]",
        "Lin: [⏩ Please hurry]",
        "Lin: [⏩ Please hurry]",
        "Wang: [🙋 Claim] (in the staff group)",
        "Wang: [▶️ Start]",
        "Lin: /requests",
        "Lin: [🔧 R-1…]",
    ),
    situations=("happy_path", "restart"),
)

FLOWS = (LOOK, NOTE, MOVE, CALL_OFF, ASK_OFF, REOPEN)
