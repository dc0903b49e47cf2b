"""What the office decides about a request, and what follows from it."""

from dataclasses import replace

from tests.walker.flow import Flow
from tests.walker.flows.my_requests import ASK_OFF
from tests.walker.flows.repair import REPAIR
from tests.walker.flows.work import CLAIMED
from tests.walker.world import Setting

#: the office comes to a request by the morning's digest
MORNING = (REPAIR, "— 23 hours pass —", "Mo: [📂 Open]", "Mo: [🟡 R-1…]")
DRAWN = "a digest is drawn for every estate there is"

ASSIGN = Flow(
    name="assign",
    alone=DRAWN,
    title="A manager gives a request to somebody",
    who="Mo",
    prelude=MORNING,
    begins="[👤 Assign…]",
    says={"who": ("[Wang…]",)},
)
DECLINE = Flow(
    name="decline",
    alone=DRAWN,
    title="A worker declines what was given to him",
    who="Wang",
    prelude=(*MORNING, ASSIGN),
    begins="[✖️ Decline…]",
)
REJECT = Flow(
    name="reject",
    alone=DRAWN,
    title="A manager rejects a request",
    who="Mo",
    prelude=MORNING,
    begins="[✖️ Reject…]",
    says={"why": ("This tap is not ours",)},
)
APPEAL = Flow(
    name="appeal",
    alone=DRAWN,
    title="The resident asks to look at a rejected request again",
    prelude=(*MORNING, REJECT),
    begins="[🙏 Please look at it again]",
    says={"why": ("It is not my own tap",)},
)
TRANSFER = Flow(
    name="transfer",
    title="A worker hands a job on",
    who="Wang",
    prelude=CLAIMED,
    begins="[👤 Hand on…]",
)
REFUSE_CANCEL = Flow(
    name="refuse_cancel",
    title="The office goes on with what a resident wants called off",
    who="Dai",
    prelude=(*ASK_OFF.prelude, ASK_OFF),
    begins="[▶️ Go on with it…]",
    says={"why": ("The valve is open",)},
)
MERGE = Flow(
    name="merge",
    alone=DRAWN,
    title="A manager finds that two requests are the same",
    who="Mo",
    prelude=(*MORNING[:1], replace(REPAIR, name="repair_of_mei", who="Mei"), *MORNING[1:]),
    begins="[🔗 Same as…]",
    says={"number": ("R-2",)},
    also={"number": [("2",)]},
    wrong={"number": ("R-1", "R-99", "the other one")},
)

#: neighbours of one building, who all have no water
HOMES = {"Lin": ("1-1-101",), "Mei": ("1-1-102",), "Ben": ("1-2-301",), "Ute": ("1-2-302",)}
DRY = replace(
    REPAIR,
    says={"problem": ("There is no water at all",), "kind": ("[No water]",), "phone": ("138 0013 8000",)},
    epilogue=(),
)
OUTAGE = Flow(
    name="outage",
    title="The dispatcher says that it is an outage",
    who="Dai",
    setting=Setting(homes=HOMES),
    prelude=tuple(replace(DRY, name=f"dry_{name}", who=name) for name in HOMES),
    begins="[⚡ It is an outage…]",
    also={"until": [("today 18:00",)]},
    wrong={"until": ("yesterday", "some day")},
    situations=("happy_path", "invalid_input", "double_tap", "restart"),
)

FLOWS = (OUTAGE, ASSIGN, DECLINE, REJECT, APPEAL, TRANSFER, REFUSE_CANCEL, MERGE)
