"""Visitors: registering one, and somebody who stands at the gate without a pass."""

from dataclasses import replace

from tests.walker.flow import Flow

#: a pass's code, and the signed part of its link
SECRETS = {r"\b\d{3} ?\d{3}\b": "⟨code⟩", r"start=\S+": "start=⟨pass⟩", r"\b[A-Za-z0-9_-]{20,}\b": "⟨pass⟩"}

VISITOR = Flow(
    name="visitor",
    title="Registering a visitor",
    begins="/visitor",
    says={"name": ("Ma Ming",), "mode": ("[Once]",), "from": ("tomorrow 15:00",)},
    also={
        "from": [("4.3. 18:30",)],
        "people": [("٣",)],
        "plate": [("粤B·12345",), ("١٢٣ أ ب ج",)],
    },
    wrong={
        "name": ("!!!",),
        "from": ("yesterday 10:00", "some day"),
        "until": ("14:00", "in ten years"),
        "people": ("0", "many"),
        "plate": ("this is no plate at all",),
    },
    hidden=SECRETS,
)
#: somebody whom the office is asked about
CLEANER = Flow(
    name="visitor_regular",
    title="Registering somebody who comes on some days",
    begins="/visitor",
    says={"name": ("Ma Ming",), "mode": ("[Regularly…]",), "from/day": ("8:00",), "until/day": ("[12:00]",)},
    wrong={
        "from/day": ("23:30", "soon"),
        "until/day": ("7:00",),
        "until/last": ("yesterday", "some day", "31.12."),
    },
    hidden=SECRETS,
    situations=("happy_path", "back", "change", "invalid_input"),
    epilogue=(
        "Dai: [✅ Approve] (in the staff group)",
        "— 1 minute passes —",
        "Gu: Ma Ming",
        "Lin: [✖️ Take the pass back]",
        "Gu: Ma Ming",
    ),
)
REFUSE = Flow(
    name="refuse_visitor",
    title="The office refuses a visitor",
    who="Dai",
    prelude=(replace(CLEANER, epilogue=()),),
    begins="[✖️ Refuse] (in the staff group)",
    also={"why": [("Nobody told us",)]},
    hidden=SECRETS,
)
WALK_UP = Flow(
    name="walkup",
    title="Somebody at the gate without a pass",
    who="Gu",
    begins="/walkup",
    says={"home": ("1-1-101",), "name": ("A courier",)},
    also={"home": [("1 1 101",)]},
    wrong={"home": ("9-9-999",), "name": ("?",)},
    epilogue=("Lin: [✅ Let in…]",),
    hidden=SECRETS,
)

AT_THE_GATE = Flow(
    name="gate",
    title="A visitor comes to the gate",
    who="Gu",
    prelude=(
        replace(VISITOR, name="visitor_now", says={**VISITOR.says, "from": ("[Now]",)}),
        "— 1 minute passes —",
    ),
    begins="/gate",
    epilogue=("Gu: Ma Ming", "Gu: [🚪 Has arrived…]", "Gu: Ma Ming", "Lin: /visitors"),
    situations=("happy_path", "restart"),
    hidden=SECRETS,
)

FLOWS = (VISITOR, CLEANER, REFUSE, WALK_UP, AT_THE_GATE)
