"""The commands that people can type, and what each one begins."""

from dataclasses import dataclass
from enum import StrEnum

from locales.text import Text, _


class Begins(StrEnum):
    """What a command leads to."""

    SCRIPT = "script"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what the menu says of it, and the script or page that it opens."""

    name: str
    title: Text
    begins: Begins
    target: str
    #: whether everybody's menu shows it; what only staff need is in their help
    in_menu: bool = True


COMMANDS = (
    Command("repair", _("Report a repair"), Begins.SCRIPT, "repair"),
    Command("requests", _("My requests"), Begins.PAGE, "requests"),
    Command("jobs", _("My jobs"), Begins.PAGE, "jobs", in_menu=False),
    Command("language", _("Language"), Begins.SCRIPT, "language"),
    Command("setup", _("Set up the staff group"), Begins.PAGE, "setup", in_menu=False),
    Command("reviews", _("Scores to look into"), Begins.PAGE, "reviews", in_menu=False),
    Command("help", _("What I can do"), Begins.PAGE, "help"),
    Command("cancel", _("Cancel what you are doing"), Begins.PAGE, "cancel"),
)

#: other names of the same commands
ALIASES = {"report": "repair", "menu": "help", "start": "help"}


def find(name: str) -> Command | None:
    """The command of this name or alias."""
    wanted = ALIASES.get(name, name)
    return next((command for command in COMMANDS if command.name == wanted), None)
