"""An emergency: the alarm is raised at once, and then one question is asked."""

from tests.walker.flow import SITUATIONS, Flow

EMERGENCY = Flow(
    name="emergency",
    title="An emergency by its button",
    prelude=("Lin: /emergency",),
    begins="[💨 Smell of gas]",
    also={"where": [("In the cellar of 1-1",), ("(location)",)]},
    epilogue=("Wang: [🏃 I am going]",),
    situations=tuple(one for one in SITUATIONS if one != "change"),
)
IN_WORDS = Flow(
    name="emergency_in_words",
    title="An emergency in words",
    begins="I smell gas in the kitchen!",
    situations=("happy_path", "double_tap", "restart", "blocked_bot"),
)

FLOWS = (EMERGENCY, IN_WORDS)
