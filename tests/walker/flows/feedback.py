"""Complaints, suggestions, praise and questions, and what the office answers."""

from tests.walker.flow import Flow
from tests.walker.flows.work import CLAIMED, FINISH

DONE = (*CLAIMED, "Wang: [▶️ Start]", FINISH, "Lin: [👍 Fixed]", "— 1 minute passes —")

COMPLAINT = Flow(
    name="complaint",
    title="A complaint",
    begins="/complaint",
    says={
        "problem": ("Drilling every night until two",),
        "phone": ("138 0013 8000",),
        "described": ("A tall man",),
    },
    also={"problem": [("(video: Listen)",)], "described": [("badge 08",)]},
    wrong={"phone": ("12", "call me")},
)
COMPLAINT_OF_STAFF = Flow(
    name="complaint_of_staff",
    title="A complaint of somebody who works here, which that person never sees",
    prelude=DONE,
    begins="/complaint",
    says={
        "kind": ("[Staff attitude]",),
        "problem": ("He shouted at my mother",),
        "phone": ("138 0013 8000",),
    },
    situations=("happy_path", "change", "stale_button"),
)
SUGGESTION = Flow(
    name="suggestion",
    title="A suggestion",
    begins="/suggestion",
    says={"idea": ("A bench below the old tree",)},
    also={"idea": [("(photo: Here)",)]},
)
PRAISE = Flow(
    name="praise",
    title="Praise for a worker",
    prelude=DONE,
    begins="/praise",
    says={"praise": ("Quick and clean",), "badge": ("08",)},
    also={"praise": [("(photo)",)]},
)
QUESTION = Flow(
    name="question",
    title="A question",
    begins="/ask",
    says={"question": ("Where can I get my parcel?",)},
    also={"question": [("(photo: What is this?)",), ("When is the pool open?",)]},
)

REPLY = Flow(
    name="reply",
    title="The office answers a complaint",
    who="Dai",
    prelude=(COMPLAINT,),
    begins="[💬 Answer]",
    says={"reply": ("From today they stop at ten",)},
    also={"reply": [("(photo: The notice)",)]},
    epilogue=("Lin: [👍 That settles it]",),
)
DECIDE = Flow(
    name="decide",
    title="A manager decides on a suggestion",
    who="Mo",
    prelude=(SUGGESTION,),
    begins="[⚖️ Decide]",
    says={"why": ("In April",)},
)
INVESTIGATE = Flow(
    name="investigate",
    title="A manager looks into what is complained of again and again",
    who="Mo",
    prelude=(COMPLAINT, COMPLAINT, COMPLAINT),
    begins="[✅ Close it]",
    says={"finding": ("The bins are too small",), "measure": ("Two more from Monday",)},
    epilogue=("Mo: /investigations",),
    situations=("happy_path", "change", "double_tap", "restart"),
)
EDIT_ANSWER = Flow(
    name="edit_answer",
    title="A manager writes an answer of the estate's own",
    who="Mo",
    prelude=("Mo: /answers",),
    begins="[➕ Add an answer]",
    says={"asked": ("When is the pool open?",), "told": ("From six to ten",)},
    epilogue=("Lin: /ask", "Lin: What time does the pool open?", "Lin: [✅ Done]", "Lin: [👍 That helps]"),
    situations=("happy_path", "back", "change", "restart"),
)

FLOWS = (REPLY, DECIDE, INVESTIGATE, EDIT_ANSWER, COMPLAINT, COMPLAINT_OF_STAFF, SUGGESTION, PRAISE, QUESTION)
