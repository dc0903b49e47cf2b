"""The command menu of private chats, in every language that there is a catalogue for."""

from collections.abc import Iterator

from bot.faces.base import SetCommands
from dialogs.commands import COMMANDS
from locales.words import SOURCE, languages, words


def command_menus() -> Iterator[SetCommands]:
    """One menu a language; the first one is for everybody else. Telegram knows two-letter codes only, so of
    two that share one the first has it."""
    codes = {language[:2]: language for language in reversed(languages())}
    for language in (one for one in languages() if codes[one[:2]] == one):
        reader = words(language, "UTC")
        menu = tuple((command.name, reader.plain(command.title)) for command in COMMANDS if command.in_menu)
        yield SetCommands(commands=menu, language="" if language == SOURCE else language[:2])
