"""What a worker and a resident say to each other about a job."""

from collections.abc import Mapping
from datetime import timedelta

from desk.actions.orders import AnswerWorker, AskResident, Finish, Hold, NotFixed, Release
from desk.catalogue import catalogue
from desk.records import Request
from desk.view import DeskView
from dialogs.dangers import ELSEWHERE, MISTAKE
from dialogs.questions.choices import Option
from dialogs.talk import Talk
from locales.text import Text, Typed, _

HOLD_REASONS: Mapping[str, Text] = {
    "parts": _("Waiting for parts"),
    "access": _("No access to the home"),
    "contractor": _("Waiting for a contractor"),
    "weather": _("Weather"),
}
RELEASE_REASONS: Mapping[str, Text] = {
    "busy": _("Too much other work"),
    "skill": _("Needs another trade"),
    "tools": _("Tools or parts are missing"),
    "shift": _("End of shift"),
}
NO_LONGER: Mapping[str, Text] = {
    "solved": _("It works again"),
    "mistake": _("Reported by mistake"),
    "myself": _("I have it done myself"),
    "other": _("Another reason"),
}
#: what the desk itself gives as a reason (`desk.actions.jobs`)
_OWN = (_("No answer from the resident"), _("Not accepted in time"), MISTAKE, ELSEWHERE)
_KNOWN = {
    text.id: text for text in (*HOLD_REASONS.values(), *RELEASE_REASONS.values(), *NO_LONGER.values(), *_OWN)
}


def reason(why: str, language: str = "") -> Text | Typed:
    """A reason from the audit trail: one of ours in the reader's language, or the words of a person."""
    return _KNOWN.get(why) or Typed(why, language)


def ask_resident(talk: Talk, desk: DeskView) -> AskResident:
    """A question from the worker."""
    request = _request(talk, desk)
    asked = talk.describe(
        "question", _("What would you like to ask about R-{number}?", number=str(request.number))
    )
    return AskResident(request_id=request.id, question=asked.words or "📎", media=asked.media)


def answer_worker(talk: Talk, desk: DeskView) -> AnswerWorker:
    """The resident's answer."""
    request = _request(talk, desk)
    told = talk.describe("answer", _("Your answer about R-{number}:", number=str(request.number)))
    return AnswerWorker(request_id=request.id, words=told.words, media=told.media)


def hold(talk: Talk, desk: DeskView) -> Hold:
    """Putting a job off, with a reason and a date."""
    request = _request(talk, desk)
    why = talk.choose("why", _("Why is it put on hold?"), _by_code(HOLD_REASONS))
    waits = [
        Option("2h", _("2 hours"), timedelta(hours=2)),
        Option("1d", _("1 day"), timedelta(days=1)),
        Option("3d", _("3 days"), timedelta(days=3)),
        Option("7d", _("7 days"), timedelta(days=7)),
    ]
    wait = talk.choose("until", _("For how long?"), waits, columns=2)
    return Hold(request_id=request.id, why=HOLD_REASONS[why].id, until=talk.now + wait)


def release(talk: Talk, desk: DeskView) -> Release:
    """Giving a job back to the queue, with a reason."""
    request = _request(talk, desk)
    why = talk.choose("why", _("Why do you give it back?"), _by_code(RELEASE_REASONS))
    return Release(request_id=request.id, why=RELEASE_REASONS[why].id)


def finish(talk: Talk, desk: DeskView) -> Finish:
    """What was done, with a photo if there is one."""
    request = _request(talk, desk)
    note = talk.describe("note", _("What was done? Write a line, and add a photo of the result."))
    known = catalogue(desk.work, request.estate_id).kinds.get(request.kind)
    media = note.media
    if known is not None and known.photo and not media:
        media = talk.describe("photo", _("This job needs a photo of the result. Please send one.")).media
    return Finish(request_id=request.id, note=note.words or "📷", media=media)


def not_fixed(talk: Talk, desk: DeskView) -> NotFixed:
    """Why it is not fixed; whoever follows it may say so, too."""
    request = desk.shared(talk.subject.get("request"))
    told = talk.describe("why", _("I am sorry. What is still wrong?"))
    return NotFixed(request_id=request.id, why=told.words or "📷", media=told.media)


def _request(talk: Talk, desk: DeskView) -> Request:
    return desk.request(talk.subject.get("request"))


def _by_code(reasons: Mapping[str, Text]) -> list[Option[str]]:
    return [Option(code, text, code) for code, text in reasons.items()]
