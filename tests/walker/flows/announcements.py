"""Announcing something, and what it spares everybody."""

from tests.walker.flow import Flow

ANNOUNCE = Flow(
    name="announce",
    title="The office announces something",
    who="Dai",
    begins="/announce",
    says={"words": ("The fountain is repaired. Mind the hoses.",)},
    also={"words": [("(photo: The plan)",)], "start": [("tomorrow 9:00",)], "until": [("tomorrow 18:00",)]},
    wrong={"start": ("some day",), "until": ("yesterday 9:00", "some day")},
)
WATER_OFF = Flow(
    name="announce_water_off",
    title="The office announces that the water is off",
    who="Dai",
    begins="/announce",
    says={
        "off": ("[🚰 Water off]",),
        "words": ("A burst main. We are at it.",),
        "until": ("today 18:00",),
    },
    situations=("happy_path", "change"),
)

PROLONG = Flow(
    name="prolong",
    title="It takes longer than was announced",
    who="Dai",
    prelude=(WATER_OFF, "Dai: /announcements"),
    begins="[⏳ It takes longer]",
    says={"until": ("today 20:00",)},
    wrong={"until": ("some day", "yesterday 9:00")},
)

FLOWS = (ANNOUNCE, WATER_OFF, PROLONG)
