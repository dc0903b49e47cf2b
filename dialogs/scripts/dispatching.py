"""Who does a job, and whether it is done at all: what the office and those say who are given it."""

from desk.actions import again, dispatching
from desk.actions.dispatching import Appeal, Assign, Decline, Reject, Transfer
from desk.actions.merging import STANDING, Merge
from desk.errors import NotPossible
from desk.records import Request, Type
from desk.view import DeskView
from dialogs.kinds import about
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.scripts.work import RELEASE_REASONS
from dialogs.talk import Talk
from locales.text import Joined, Text, Value, _, _n

#: how many open requests are offered to be the same
OFFERED = 6


def assign(talk: Talk, desk: DeskView) -> Assign:
    """One of those who may do it."""
    request = desk.request(talk.subject.get("request"))
    return Assign(request_id=request.id, to=_who(talk, desk, request))


def transfer(talk: Talk, desk: DeskView) -> Transfer:
    """A colleague, and why."""
    request = desk.request(talk.subject.get("request"))
    to = _who(talk, desk, request)
    return Transfer(request_id=request.id, to=to, why=_why(talk, _("Why do you hand it on?")))


def _who(talk: Talk, desk: DeskView, request: Request) -> int:
    posts = dispatching.able(desk.work, request, desk.now)
    if not posts:
        raise NotPossible
    busy = {post.person_id: len(desk.work.requests.of_worker(post.person_id)) for post in posts}
    options = [
        Option(
            f"{one.person_id}", _colleague(desk, one.person_id, one.badge, busy[one.person_id]), one.person_id
        )
        for one in sorted(posts, key=lambda post: (busy[post.person_id], post.person_id))
    ]
    return talk.choose("who", _("Who shall do R-{number}?", number=str(request.number)), options)


def _colleague(desk: DeskView, person_id: int, badge: str, busy: int) -> Value:
    name = desk.work.people.get(person_id).name
    return Joined((name, badge, _n("{n} open job", "{n} open jobs", busy)))


def _why(talk: Talk, prompt: Text) -> str:
    options = [Option(code, text, code) for code, text in RELEASE_REASONS.items()]
    return RELEASE_REASONS[talk.choose("why", prompt, options)].id


def decline(talk: Talk, desk: DeskView) -> Decline:
    """Why it is not taken."""
    request = desk.request(talk.subject.get("request"))
    return Decline(request_id=request.id, why=_why(talk, _("Why do you not take it?")))


def reject(talk: Talk, desk: DeskView) -> Reject:
    """Why it is not taken on at all."""
    request = desk.request(talk.subject.get("request"))
    told = talk.describe(
        "why", _("Why is R-{number} not taken on? The resident reads it.", number=str(request.number))
    )
    return Reject(request_id=request.id, why=told.words or "📎")


def appeal(talk: Talk, desk: DeskView) -> Appeal:
    """Why it should be looked at again."""
    request = desk.request(talk.subject.get("request"))
    told = talk.describe("why", _("Why should we look at R-{number} again?", number=str(request.number)))
    return Appeal(request_id=request.id, why=told.words or "📎")


def merge(talk: Talk, desk: DeskView) -> Merge:
    """Which other one it is the same as."""
    request = desk.request(talk.subject.get("request"))
    found = again.alike(desk.work, desk.estate, again.report_of(desk.work, request), desk.now)
    offered = [
        Suggestion(f"{one.number}", Joined((f"R-{one.number}", about(one)), " "), f"{one.number}")
        for one in found
        if one.id != request.id
    ]
    into = talk.line(
        "number",
        _("Which request is R-{number} the same as? Its number, please.", number=str(request.number)),
        lambda line: _number(desk, request, line),
        offered[:OFFERED],
    )
    return Merge(request_id=request.id, into=into)


def _number(desk: DeskView, request: Request, line: str) -> int | Text:
    digits = line.strip().upper().removeprefix("R-")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    into = desk.work.requests.by_number(request.estate_id, number) if number else None
    if into is None or into.id == request.id or into.state not in STANDING or into.type is not Type.REPAIR:
        return _("There is no such open request. Please write a number such as R-12.")
    return number
