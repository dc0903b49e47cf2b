"""When it is not plain what somebody means: it is asked, and nothing of what they wrote is lost."""

from collections.abc import Iterator, Mapping

from desk.records import Json
from desk.view import DeskView
from dialogs.engine.answers import Answers
from dialogs.kinds import title
from dialogs.questions.choices import Option
from dialogs.scripts.elsewhere import HandOver, kept
from dialogs.scripts.instead import ELSE, SORTED, likely
from dialogs.talk import Talk
from locales.text import Text, _

#: the conversations that it may be for beside a report, and what each calls the description
WAYS: Mapping[str, tuple[Text, str]] = {
    "complaint": (_("Complain"), "problem"),
    "suggestion": (_("Make a suggestion"), "idea"),
    "praise": (_("Praise somebody"), "praise"),
    "question": (_("Ask a question"), "question"),
    "visitor": (_("Register a visitor"), ""),
}
#: groups that are ways of their own here
_WAYS_TOO = frozenset({"complaint", "feedback"})


def sort_out(talk: Talk, desk: DeskView) -> HandOver:
    """What it is: one of the likeliest kinds, any group of them, or something else to be done with it."""
    told = talk.describe("problem", _("What is wrong? Tell us in words, photos or a voice note."))
    guesses = likely(told.words, desk.catalogue(), desk.person.language)
    kinds = [Option(f"kind/{one.code}", title(one), _report(talk, kind=one.code)) for one in guesses]
    prompt = _("I am not sure what you need. Which of these is it?")
    return talk.choose("what", prompt, [*kinds, *_groups(talk, desk), *_ways(talk)], columns=2)


def _groups(talk: Talk, desk: DeskView) -> Iterator[Option[HandOver]]:
    """What it may be about, as where a report asks for the kind."""
    for group in desk.catalogue().groups:
        if group.code not in _WAYS_TOO:
            over = _report(talk, **{"kind": ELSE, "kind/group": group.code})
            yield Option(f"group/{group.code}", Text(group.title), over)


def _ways(talk: Talk) -> Iterator[Option[HandOver]]:
    for script, (label, name) in WAYS.items():
        yield Option(script, label, _over(talk, script, name))


def _told(talk: Talk) -> Json:
    return talk.answers.given.get("problem")


def _report(talk: Talk, **chosen: Json) -> HandOver:
    answers = Answers({**kept(talk, "home"), "problem": _told(talk), **chosen})
    return HandOver(script="repair", answers=answers, subject={SORTED: True})


def _over(talk: Talk, script: str, name: str) -> HandOver:
    """A question is not asked twice, but sent only when somebody says so."""
    told: Mapping[str, Json] = {name: _told(talk)} if name else {}
    answers = Answers(drafts=told) if script == "question" else Answers({**kept(talk, "home"), **told})
    return HandOver(script=script, answers=answers, subject={SORTED: True})
