"""What worker and resident say to each other about a job, until it is closed and rated."""

from dataclasses import replace

from tests.walker.flow import Flow
from tests.walker.flows.repair import REPAIR

CLAIMED = (REPAIR, "Wang: [🙋 Claim] (in the staff group)")

ASK = Flow(
    name="ask",
    title="A worker asks the resident",
    who="Wang",
    prelude=CLAIMED,
    begins="[💬 Ask the resident]",
    says={"question": ("Is anybody in at three?",)},
    also={"question": [("(photo: Which of these two taps?)",)]},
)
ANSWER = Flow(
    name="answer",
    title="The resident answers the worker",
    prelude=(*CLAIMED, ASK),
    begins="[💬 Answer]",
    says={"answer": ("Yes, ring twice",)},
    also={"answer": [("(photo)", "This one")]},
)
HOLD = Flow(
    name="hold",
    title="A worker puts a job on hold",
    who="Wang",
    prelude=CLAIMED,
    begins="[⏸ Hold]",
    epilogue=("— 2 hours pass —",),
)
RELEASE = Flow(
    name="release",
    title="A worker gives a job back to the queue",
    who="Wang",
    prelude=CLAIMED,
    begins="[↩️ Release]",
    epilogue=("Zhao: [🙋 Claim] (in the staff group)",),
)
FINISH = Flow(
    name="finish",
    title="A worker reports a job as done",
    who="Wang",
    prelude=(*CLAIMED, "Wang: [▶️ Start]"),
    begins="[✅ Done]",
    says={"note": ("New washer", "(photo)")},
    also={"note": [("(photo)",)]},
    epilogue=("Lin: [👍 Fixed]",),
)
NOT_FIXED = Flow(
    name="not_fixed",
    title="The resident says that it is not fixed",
    prelude=(*CLAIMED, "Wang: [▶️ Start]", FINISH),
    begins="[👎 Not fixed]",
    says={"why": ("It drips again",)},
    also={"why": [("(video)",)]},
)
RATED = (*CLAIMED, "Wang: [▶️ Start]", FINISH, "Lin: [👍 Fixed]", "— 3 hours pass —")
EXPLAIN_PRAISE = Flow(
    name="explain_praise",
    title="The resident gives five of five",
    prelude=RATED,
    begins="[5]",
    also={"words": [("Thank you!",)]},
)
EXPLAIN_BLAME = replace(
    EXPLAIN_PRAISE,
    name="explain_blame",
    title="The resident gives two of five",
    begins="[2]",
    also={"words": [("He came late",)]},
)

FLOWS = (ASK, ANSWER, HOLD, RELEASE, FINISH, NOT_FIXED, EXPLAIN_PRAISE, EXPLAIN_BLAME)
