"""Who belongs to a home: asking to be linked, letting in, inviting, moving out."""

from dataclasses import replace

from tests.walker.flow import Flow

CODE = {r"start=\S+": "start=⟨code⟩", r"\b[A-Za-z0-9_-]{8,}⟩?$": "⟨code⟩"}

#: who is linked to no home is asked which of all estates it is
ESTATES = "who asks is shown every estate there is"
ASK_IN = Flow(
    name="askin",
    alone=ESTATES,
    title="Somebody asks to be linked to a home",
    who="Sun",
    begins="/askin",
    says={"door": ("1-1-101",), "words": ("Sun Li, Lin's sister",)},
    also={"door": [("99-99",)]},
    epilogue=("Lin: /household",),
)
ASK_TO_RENT = replace(ASK_IN, name="askin_tenant", says={**ASK_IN.says, "role": ("[Tenant]",)})
LET_IN = Flow(
    name="letin",
    alone=ESTATES,
    title="An owner lets a tenant in",
    prelude=(ASK_TO_RENT,),
    begins="[✅ Let in…]",
    wrong={"until": ("yesterday", "some day")},
    also={"until": [("31.12.",)]},
)
LINK = Flow(
    name="link",
    alone=ESTATES,
    title="The office links somebody who asked",
    who="Dai",
    prelude=(ASK_IN, "Dai: /link"),
    begins="[🔗…]",
    wrong={"home": ("99-99",), "until": ("yesterday",)},
)
HOME_CODE = Flow(
    name="homecode",
    title="The office makes a code for a home",
    who="Dai",
    begins="/homecode",
    says={"home": ("1-2-301",)},
    wrong={"home": ("9-9-9",), "until": ("yesterday",)},
    hidden=CODE,
)
INVITE = Flow(
    name="invite",
    title="An owner invites a tenant",
    prelude=("Lin: /household",),
    begins="[➕ Invite family or a tenant]",
    wrong={"until": ("yesterday",)},
    hidden=CODE,
)
RESIDENTS = Flow(
    name="residents",
    title="The office looks up who belongs to a home",
    who="Dai",
    begins="/residents",
    says={"home": ("1-1-101",)},
    wrong={"home": ("9-9-9",)},
)
MOVE_OUT = Flow(
    name="moveout",
    title="Moving out",
    prelude=("Lin: /household",),
    begins="[📦 Move out]",
    also={"until": [("31.12.",)]},
    wrong={"until": ("yesterday",)},
)

END_LINK = Flow(
    name="endlink",
    alone=ESTATES,
    title="An owner takes somebody out of a home",
    prelude=(ASK_TO_RENT, LET_IN, "Lin: /household"),
    begins="[✖️ End: Sun]",
)

FLOWS = (ASK_IN, LET_IN, LINK, HOME_CODE, INVITE, RESIDENTS, MOVE_OUT, END_LINK)
