"""Suggestions and praise, and how the office answers what residents tell it."""

from desk.actions.feedback import Decide, Praise, Reply, Suggest, by_badge
from desk.view import DeskView
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.said import said
from dialogs.scripts.complaints import job_name, name_of, pick_job
from dialogs.scripts.elsewhere import HandOver
from dialogs.scripts.instead import misunderstood, shortcuts
from dialogs.scripts.repair import attached, pick_home
from dialogs.talk import Talk
from locales.text import Value, _, verbatim


def suggest(talk: Talk, desk: DeskView) -> Suggest | HandOver:
    """How something could be better."""
    if over := misunderstood(talk, desk):
        return over
    home = pick_home(talk, desk, said(talk, desk))
    told = talk.describe("idea", _("What could be better here? Tell us in words or photos."))
    files = [Line(_("Attached"), attached(len(told.media)))] if told.media else []
    lines = [Line(_("Home"), home.code, "home"), Line(_("Suggestion"), told.words or "—", "idea"), *files]
    talk.review("review", _("<b>Please check your suggestion</b>"), lines, shortcuts(talk, desk.at(home)))
    return Suggest(home_id=home.id, words=told.words, media=told.media, language=desk.person.language or "")


def praise(talk: Talk, desk: DeskView) -> Praise | HandOver:
    """Somebody did well: known by one of the resident's jobs, or by a badge."""
    if over := misunderstood(talk, desk):
        return over
    first = said(talk, desk)
    home = pick_home(talk, desk, first)
    here = desk.at(home)
    told = talk.describe("praise", _("How nice! What did they do well?"))
    job = pick_job(talk, here, _("Which job was it?"))
    badge = "" if job is not None else _badge(talk, said_before=first is not None)
    for_whom: Value = verbatim(badge) if badge else _("The whole team")
    if job is not None:
        worker = desk.work.people.get(job.worker_id) if job.worker_id else None
        for_whom = name_of(here, worker) if worker else job_name(job)
    elif badge and (wearer := by_badge(desk.work, here.estate.id, badge, desk.now)):
        for_whom = name_of(here, wearer)
    lines = [
        Line(_("Praise"), told.words or "—", "praise"),
        Line(_("For"), for_whom, "badge" if job is None else "job"),
    ]
    talk.review("review", _("<b>Please check your praise</b>"), lines, shortcuts(talk, here))
    return Praise(
        home_id=home.id,
        words=told.words,
        media=told.media,
        language=desk.person.language or "",
        about_id=job.id if job else None,
        badge=badge,
    )


def _badge(talk: Talk, *, said_before: bool) -> str:
    """Whoever praised out of the blue named them, or means everybody."""
    prompt = _("Which badge, or what is their name? Skip it if you do not know.")
    return talk.line("badge", prompt, str, otherwise=("",), plain=("",) if said_before else None)


def reply(talk: Talk, desk: DeskView) -> Reply:
    """What the office answers."""
    request = desk.request(talk.subject.get("request"))
    told = talk.describe("reply", _("Your answer to R-{number}:", number=str(request.number)))
    return Reply(request_id=request.id, words=told.words, media=told.media)


def decide(talk: Talk, desk: DeskView) -> Decide:
    """What becomes of a suggestion."""
    request = desk.request(talk.subject.get("request"))
    options = [
        Option("yes", _("👍 We do it"), True),
        Option("no", _("👎 We do not"), False),
    ]
    prompt = _("What becomes of R-{number}?", number=str(request.number))
    accepted = talk.choose("verdict", prompt, options)
    why = talk.describe("why", _("Please say why, or when: the resident reads it."))
    return Decide(request_id=request.id, accepted=accepted, why=why.words or "📎")
