"""Coming in by a code, and choosing a language."""

from bot.session import Session
from desk.actions.joining import issue_home_code
from tests.walker.flow import Flow
from tests.walker.world import MONDAY, Setting, World


def slip(work: Session, world: World) -> None:
    """The office has printed a slip for a new resident of 1-1-102."""
    issue_home_code(work, world.homes["1-1-102"], f"slip-{world.number}", MONDAY)


JOIN = Flow(
    name="join",
    title="A new resident comes in with the code on the slip",
    who="Sun",
    setting=Setting(prepare=slip),
    begins="/start slip-⟨number⟩",
)
LANGUAGE = Flow(
    name="language",
    title="Another language",
    begins="/language",
    also={"language": [("english",)]},
    aside="/repair",
)

FLOWS = (JOIN, LANGUAGE)
