"""Coming in: which language to speak, and the code that opens the door."""

from desk.actions.orders import Join, Speak
from desk.view import DeskView
from dialogs.questions.choices import Option
from dialogs.talk import Talk
from locales.facts import own_name
from locales.text import _, verbatim
from locales.words import nearest


def join(talk: Talk, desk: DeskView) -> Join:
    """A new resident or colleague; whoever chose a language before is not asked again."""
    code = str(talk.subject.get("code"))
    language = desk.person.language
    if language is None:
        language = pick_language(talk, desk)
    return Join(code=code, language=language)


def change_language(talk: Talk, desk: DeskView) -> Speak:
    """Another language, please."""
    return Speak(language=pick_language(talk, desk))


def pick_language(talk: Talk, desk: DeskView) -> str:
    """One of the estate's languages; the one that Telegram speaks stands first."""
    offered = desk.estate.languages
    first = nearest(desk.person.telegram_language, offered)
    ordered = sorted(offered, key=lambda code: code != first)
    options = [Option(code, verbatim(own_name(code)), code) for code in ordered]
    return talk.choose("language", _("Which language shall we speak?"), options)
