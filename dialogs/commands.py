"""The commands that people can type, and what each one begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dialogs.understanding.normalise import normalise
from locales.lexicon import command_words
from locales.text import Text, _
from locales.words import languages, words


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
    Command("emergency", _("🆘 Emergency"), Begins.PAGE, "emergency"),
    Command("repair", _("Report a repair"), Begins.SCRIPT, "repair"),
    Command("visitor", _("Register a visitor"), Begins.SCRIPT, "visitor"),
    Command("visitors", _("My visitors"), Begins.PAGE, "visitors"),
    Command("gate", _("At the gate"), Begins.PAGE, "gate", in_menu=False),
    Command("walkup", _("Somebody without a pass"), Begins.SCRIPT, "walkup", in_menu=False),
    Command("requests", _("My requests"), Begins.PAGE, "requests"),
    Command("announce", _("Announce something"), Begins.SCRIPT, "announce", in_menu=False),
    Command("announcements", _("Announcements"), Begins.PAGE, "announcements"),
    Command("complaint", _("Complain"), Begins.SCRIPT, "complaint"),
    Command("ask", _("Ask a question"), Begins.SCRIPT, "question"),
    Command("answers", _("Our own answers"), Begins.PAGE, "answers", in_menu=False),
    Command("suggestion", _("Make a suggestion"), Begins.SCRIPT, "suggestion"),
    Command("praise", _("Praise somebody"), Begins.SCRIPT, "praise"),
    Command("owed", _("To be answered"), Begins.PAGE, "owed", in_menu=False),
    Command("investigations", _("Investigations"), Begins.PAGE, "investigations", in_menu=False),
    Command("services", _("Other services"), Begins.PAGE, "services"),
    Command("fees", _("My fees"), Begins.PAGE, "fees"),
    Command("arrears", _("Overdue fees"), Begins.PAGE, "arrears", in_menu=False),
    Command("tariffs", _("Tariffs"), Begins.PAGE, "tariffs", in_menu=False),
    Command("jobs", _("My jobs"), Begins.PAGE, "jobs", in_menu=False),
    Command("household", _("My household"), Begins.PAGE, "household"),
    Command("askin", _("Ask to be linked to a home"), Begins.SCRIPT, "askin", in_menu=False),
    Command("link", _("Who asks to be linked"), Begins.PAGE, "knocks", in_menu=False),
    Command("residents", _("Who belongs to a home"), Begins.SCRIPT, "residents", in_menu=False),
    Command("homecode", _("Make a code for a home"), Begins.SCRIPT, "homecode", in_menu=False),
    Command("settings", _("Settings"), Begins.PAGE, "settings"),
    Command("privacy", _("What is kept of me"), Begins.PAGE, "privacy"),
    Command("export", _("All my data as a file"), Begins.PAGE, "export", in_menu=False),
    Command("forget", _("Forget me"), Begins.PAGE, "forget", in_menu=False),
    Command("language", _("Language"), Begins.SCRIPT, "language"),
    Command("setup", _("Set up the staff group"), Begins.PAGE, "setup", in_menu=False),
    Command("reviews", _("Scores to look into"), Begins.PAGE, "reviews", in_menu=False),
    Command("menu", _("Everything that I can do"), Begins.PAGE, "menu"),
    Command("help", _("What can be done here"), Begins.PAGE, "help"),
    Command("cancel", _("Cancel what you are doing"), Begins.PAGE, "cancel"),
)

#: other names of the same commands
ALIASES = {"report": "repair", "start": "menu"}
#: understood without a slash in the middle of a conversation, too
ALWAYS = frozenset({"help", "cancel", "menu"})
#: how long a name in words may be
LONGEST = 60


def find(name: str) -> Command | None:
    """The command of this name or alias."""
    wanted = ALIASES.get(name, name)
    return next((command for command in COMMANDS if command.name == wanted), None)


def title_of(script: str) -> Text | None:
    """What the conversation is called, where a command begins it."""
    return next((one.title for one in COMMANDS if (one.begins, one.target) == (Begins.SCRIPT, script)), None)


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that somebody typed as words; Telegram marks only Latin ones."""

    #: None for a slash before what is no command
    command: Command | None
    slash: bool


def typed(text: str) -> Typed | None:
    """The command that these words are: a name in any language after a slash, or nothing but a name or a
    title; None for words that are something else."""
    said = normalise(text[: LONGEST + 1])
    slash = said.startswith("/")
    name = said.removeprefix("/").strip()
    if len(said) > LONGEST:
        return None
    command = find(name) or find(_named().get(name, ""))
    if command is None and slash:
        first = name.partition(" ")[0]
        command = find(first) or find(_named().get(first, ""))
    return Typed(command, slash) if command or slash else None


@cache
def _named() -> Mapping[str, str]:
    """Every command's name by each word and title of every language; who comes first keeps a word."""
    named: dict[str, str] = {}
    for language in languages():
        spoken, reader = command_words(language), words(language, "UTC")
        for command in COMMANDS:
            for word in (*spoken.get(command.name, ()), reader.plain(command.title)):
                named.setdefault(normalise(word), command.name)
    return named
