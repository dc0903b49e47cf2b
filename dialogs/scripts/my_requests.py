"""What a resident may still say about a request: something more, another time, no longer, open again."""

from desk.actions.my_requests import AddNote, CallOff, Move, RefuseCancel, Reopen
from desk.view import DeskView
from dialogs.questions.choices import Option
from dialogs.scripts.repair import visits
from dialogs.scripts.work import NO_LONGER
from dialogs.talk import Talk
from locales.text import _

OTHER = "other"


def add_note(talk: Talk, desk: DeskView) -> AddNote:
    """Words or pictures, while somebody deals with it."""
    request = desk.request(talk.subject.get("request"))
    told = talk.describe(
        "note",
        _("What would you like to add to R-{number}? Words or photos.", number=str(request.number)),
    )
    return AddNote(request_id=request.id, words=told.words, media=told.media)


def move_visit(talk: Talk, desk: DeskView) -> Move:
    """Another time, out of the queue's own calendar."""
    request = desk.request(talk.subject.get("request"))
    queue = desk.work.estates.queue(request.queue_id)
    prompt = _("When may we come for R-{number}?", number=str(request.number))
    return Move(
        request_id=request.id, visit=talk.choose(f"visit/{queue.id}", prompt, visits(desk.slots(queue)))
    )


def call_off(talk: Talk, desk: DeskView) -> CallOff:
    """No longer needed; a reason helps, and is not owed."""
    request = desk.request(talk.subject.get("request"))
    options = [Option(code, text, code) for code, text in NO_LONGER.items()]
    prompt = _("Call off R-{number}? Please say why.", number=str(request.number))
    why = talk.choose("why", prompt, options)
    if why != OTHER:
        return CallOff(request_id=request.id, why=NO_LONGER[why].id)
    told = talk.describe("words", _("Would you like to tell us why?"), optional=True)
    return CallOff(request_id=request.id, why=told.words)


def refuse_cancel(talk: Talk, desk: DeskView) -> RefuseCancel:
    """The office goes on with it, and owes a reason."""
    request = desk.request(talk.subject.get("request"))
    told = talk.describe(
        "why", _("Why does the work on R-{number} go on? The resident reads it.", number=str(request.number))
    )
    return RefuseCancel(request_id=request.id, why=told.words or "📎")


def reopen(talk: Talk, desk: DeskView) -> Reopen:
    """Not fixed after all."""
    request = desk.request(talk.subject.get("request"))
    told = talk.describe(
        "why", _("I am sorry. What is wrong again with R-{number}?", number=str(request.number))
    )
    return Reopen(request_id=request.id, why=told.words or "📷", media=told.media)
