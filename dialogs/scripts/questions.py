"""A question, which the estate's own answers may settle; and how a manager writes these answers."""

from desk.actions.answers import SaveAnswer, may_edit, phrasings
from desk.actions.feedback import Ask, Helped
from desk.errors import NotAllowed
from desk.records.answers import Answer
from desk.view import DeskView
from dialogs.engine.screen import cut
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.scripts.repair import pick_home
from dialogs.talk import Talk
from dialogs.understanding.answers import best
from locales.facts import own_name
from locales.text import EMPTY, Lines, Titles, Value, _, verbatim

#: how much of an answer is shown when it is edited
SHOWN = 500


def ask(talk: Talk, desk: DeskView) -> Ask | Helped:
    """What somebody would like to know: told at once where it is known, else passed on to a person."""
    home = pick_home(talk, desk)
    told = talk.describe("question", _("What would you like to know?"))
    found = best(told.words, desk.work.answers.of(desk.at(home).estate.id))
    if found is not None and _helps(talk, found):
        return Helped(answer_id=found.id)
    return Ask(home_id=home.id, words=told.words, media=told.media, language=desk.person.language or "")


def _helps(talk: Talk, answer: Answer) -> bool:
    options = [
        Option("yes", _("👍 That helps"), True),
        Option("no", _("👎 Ask a person"), False),
    ]
    return talk.choose(f"helps/{answer.id}", Titles(answer.words), options)


def edit_answer(talk: Talk, desk: DeskView) -> SaveAnswer:
    """An answer of the estate's own in one language: how people ask it, and what is told them."""
    if not may_edit(desk.work, desk.person, desk.estate.id, desk.now):
        raise NotAllowed
    number = talk.subject.get("answer")
    known = desk.work.answers.get(number) if isinstance(number, int) and number else None
    if known is not None and known.estate_id != desk.estate.id:
        raise NotAllowed
    language = _language(talk, desk)
    asked = known.questions.get(language, ()) if known else ()
    there = known.words.get(language, "") if known else ""
    questions = talk.describe(
        f"asked/{language}",
        Lines((_("How do people ask it? Write several ways, a line each."), _now("\n".join(asked)))),
        optional=bool(asked),
    )
    words = talk.describe(
        f"told/{language}", Lines((_("What do we answer?"), _now(there))), optional=bool(there)
    )
    lines = [
        Line(_("Language"), own_name(language), "language"),
        Line(_("Asked"), "; ".join(phrasings(questions.words) or asked) or "—", "asked"),
        Line(_("Answer"), words.words or there or "—", "told"),
    ]
    talk.review("review", _("<b>Please check this answer</b>"), lines)
    return SaveAnswer(
        estate_id=desk.estate.id,
        answer_id=known.id if known else 0,
        language=language,
        questions=phrasings(questions.words),
        words=words.words,
    )


def _language(talk: Talk, desk: DeskView) -> str:
    """Nobody whose estate speaks one language is asked."""
    offered = desk.estate.languages
    if len(offered) == 1:
        return offered[0]
    options = [Option(code, verbatim(own_name(code)), code) for code in offered]
    return talk.choose("language", _("In which language?"), options)


def _now(words: str) -> Value:
    """How it reads now; to be left as it is by skipping."""
    if not words:
        return EMPTY
    return _("Now: <blockquote>{words}</blockquote>", words=cut(words, SHOWN))
