"""What begins with words out of the blue, and what they leave to be asked."""

from tests.walker.flow import Flow
from tests.walker.flows.visitors import SECRETS

FIRST_WORDS = Flow(
    name="first_words",
    title="One message, one tap",
    begins="The kitchen tap is leaking, I am at home tomorrow after 3 pm",
    says={"phone": ("138 0013 8000",)},
    situations=("happy_path", "change", "cancel", "stale_button", "double_tap", "restart"),
)
FIRST_WORDS_OF_A_VISIT = Flow(
    name="first_words_of_a_visit",
    title="A visitor in one message",
    begins="My friend comes tomorrow at 5 pm, plate AB12 CDE, two people",
    says={
        "name": ("Ma Ming",),
        "from": ("tomorrow 15:00",),
        "until": ("tomorrow 18:00",),
        "people": ("2",),
        "plate": ("M AB 1234",),
    },
    hidden=SECRETS,
    situations=("happy_path", "cancel"),
    elsewhere=frozenset({"mode", "reason", "until", "from"}),
)
SORT_OUT = Flow(
    name="sort_out",
    title="Words that may mean anything",
    begins="It is the usual thing once more",
    says={
        "problem": ("The kitchen tap is leaking",),
        "name": ("Ma Ming",),
        "from": ("tomorrow 15:00",),
        "until": ("tomorrow 18:00",),
        "people": ("2",),
        "plate": ("M AB 1234",),
    },
    situations=("cancel", "invalid_input", "stale_button", "double_tap"),
    elsewhere=frozenset({"kind", "kind/of", "kind/group", "place", "mode", "reason", "until", "from"}),
)

FLOWS = (FIRST_WORDS, FIRST_WORDS_OF_A_VISIT, SORT_OUT)
