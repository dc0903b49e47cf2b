"""When it is not plain what somebody means: it is asked, and nothing of what they wrote is lost."""

from collections.abc import Mapping

from desk.records import Json
from desk.view import DeskView
from dialogs.engine.answers import Answers
from dialogs.kinds import title
from dialogs.questions.choices import Option
from dialogs.scripts.elsewhere import HandOver
from dialogs.talk import Talk
from dialogs.understanding.categories import propose
from locales.text import Text, _

#: the conversations that it may be for, and what each calls the description
WAYS: Mapping[str, tuple[Text, str]] = {
    "repair": (_("🛠 Report a repair"), "problem"),
    "complaint": (_("Complain"), "problem"),
    "suggestion": (_("Make a suggestion"), "idea"),
    "question": (_("Ask a question"), "question"),
}


def sort_out(talk: Talk, desk: DeskView) -> HandOver:
    """What it is about: one of the likeliest kinds, or what is to be done with it."""
    told = talk.describe("problem", _("What is wrong? Tell us in words, photos or a voice note."))
    guesses = propose(told.words, offered=desk.catalogue(), language=desk.person.language or "")
    likely = [
        Option(f"kind/{one.code}", title(one), HandOver(script="repair", answers=_kind(talk, one.code)))
        for one in guesses
    ]
    ways = [Option(script, label, _over(talk, script, name)) for script, (label, name) in WAYS.items()]
    ways.append(Option("visitor", _("Register a visitor"), HandOver(script="visitor")))
    prompt = _("I am not sure what you need. Which of these is it?")
    return talk.choose("what", prompt, [*likely, *ways])


def _told(talk: Talk) -> Json:
    return talk.answers.given.get("problem")


def _kind(talk: Talk, code: str) -> Answers:
    return Answers({"problem": _told(talk), "kind": code})


def _over(talk: Talk, script: str, name: str) -> HandOver:
    """A question is not asked twice, but sent only when somebody says so."""
    kept = {name: _told(talk)}
    return HandOver(script=script, answers=Answers(drafts=kept) if script == "question" else Answers(kept))
