"""A complaint: about what, where, which job and whom; and what a manager finds out about many of them."""

from collections.abc import Mapping

from desk.actions.complaints import CloseInvestigation, Complain, may_investigate
from desk.complaints import ABOUT_A_JOB, complaint_kinds, named_in, recent_jobs, worked_on
from desk.discretion import ABOUT_STAFF
from desk.errors import NotFound, NotPossible
from desk.records import Home, Person, Place, Request
from desk.taxonomy import Kind
from desk.view import DeskView
from dialogs.kinds import about, title
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.said import Said, said
from dialogs.scripts.elsewhere import HandOver
from dialogs.scripts.instead import likely, misunderstood, shortcuts
from dialogs.scripts.repair import attached, pick_home
from dialogs.talk import Talk
from dialogs.understanding.phones import looks_like_phone, phone
from locales.text import Joined, Text, Value, _, verbatim

PLACES: Mapping[Place, Text] = {
    Place.HOME: _("In or around my home"),
    Place.BUILDING: _("In my building"),
    Place.GROUNDS: _("Outside, on the grounds"),
    Place.ESTATE: _("Nowhere in particular"),
}
#: complaints of what neighbours do
BY_NEIGHBOURS = frozenset({"c_noise", "c_neighbour"})
NONE, OTHER = "none", "other"


def complain(talk: Talk, desk: DeskView) -> Complain | HandOver:
    """The complaint that a resident confirmed. Whom it is against never hears of it."""
    if over := misunderstood(talk, desk):
        return over
    first = said(talk, desk)
    home = pick_home(talk, desk, first)
    by_kind = _kinds(desk.at(home), first)
    if not by_kind:
        raise NotPossible
    prompt = _("I am sorry to hear that. What is it about?")
    kind = talk.choose("kind", prompt, by_kind, columns=2, plain=_meant(by_kind, first))
    place = Place.ESTATE if kind.code == ABOUT_STAFF else pick_place(talk, kind, first)
    told = talk.describe("problem", _("What happened? Tell us in words, photos or a voice note."))
    job = pick_job(talk, desk.at(home), _("Which job is it about?")) if kind.code in ABOUT_A_JOB else None
    accused, described = (
        pick_accused(talk, desk.at(home), job, first) if kind.code == ABOUT_STAFF else (None, "")
    )
    order = Complain(
        home_id=home.id,
        words=told.words,
        media=told.media,
        language=desk.person.language or "",
        kind=kind.code,
        place=place,
        about_id=job.id if job else None,
        accused_id=accused.id if accused else None,
        accused=described,
        phone=pick_phone(talk, desk.at(home), first),
    )
    against = name_of(desk, accused) if accused else verbatim(described or "—")
    lines, others = _lines(order, home, kind, job, against), shortcuts(talk, desk.at(home), kind)
    talk.review("review", _("<b>Please check your complaint</b>"), lines, others)
    return order


def _kinds(desk: DeskView, first: Said | None) -> list[Option[Kind]]:
    """What can be complained of; what the first words may mean comes first."""
    offered = desk.catalogue()
    meant = likely(first.words, offered, desk.person.language) if first else ()
    found = sorted(complaint_kinds(offered), key=lambda kind: kind not in meant)
    return [Option(kind.code, title(kind), kind) for kind in found]


def _meant(offered: list[Option[Kind]], first: Said | None) -> tuple[Kind] | None:
    """The kind of complaint that the first words leave no doubt about."""
    plain = (
        first.kind([option.value for option in offered if option.key in first.understood.first])
        if first
        else None
    )
    return (plain,) if plain else None


def pick_place(talk: Talk, kind: Kind, first: Said | None = None) -> Place:
    """Where it is; what neighbours do is in the building, if nobody says otherwise."""
    options = [Option(place.value, text, place) for place, text in PLACES.items()]
    usual = Place.BUILDING if kind.code in BY_NEIGHBOURS else Place.ESTATE
    plain = (first.place(usual),) if first else None
    return talk.choose("place", _("Where is it?"), options, plain=plain)


def pick_job(talk: Talk, desk: DeskView, prompt: Text) -> Request | None:
    """One of the resident's own recent jobs; nobody without one is asked."""
    jobs = recent_jobs(desk.work, desk.person, desk.estate.id)
    if not jobs:
        return None
    options: list[Option[Request | None]] = [Option(f"{job.id}", job_name(job), job) for job in jobs]
    options.append(Option(NONE, _("None of these"), None))
    return talk.choose("job", prompt, options)


def job_name(job: Request) -> Value:
    """A job by its number and what it is about."""
    return Joined((f"R-{job.number}", about(job)), " ")


def pick_accused(
    talk: Talk, desk: DeskView, job: Request | None, first: Said | None = None
) -> tuple[Person | None, str]:
    """Whom it is against: one of those who worked on the job, or somebody described in words."""
    crew = [one for one in worked_on(desk.work, job) if one.id != desk.person.id] if job else []
    if job and crew:
        options: list[Option[Person | None]] = [Option(f"{one.id}", name_of(desk, one), one) for one in crew]
        options.append(Option(OTHER, _("Somebody else"), None))
        accused = talk.choose(f"accused/{job.id}", _("Whom is it about? They never see it."), options)
        if accused is not None:
            return accused, ""
    prompt = _("Whom is it about? A name, a badge, or how they look. They never see it.")
    return None, talk.line("described", prompt, str, otherwise=("",), plain=_against(desk, first))


def _against(desk: DeskView, first: Said | None) -> tuple[str] | None:
    """Whom the first words name of the staff; of several it is asked who is meant. A bare number may be one
    of anything."""
    if first is None:
        return None
    found = named_in(desk.work, first.words, desk.estate.id, desk.now)
    named = [said for said, one in found.items() if one.id != desk.person.id and not said.isdecimal()]
    return (named[0] if named else "",) if len(named) < 2 else None


def name_of(desk: DeskView, person: Person) -> Value:
    """Somebody of the staff as residents know them."""
    posts = desk.work.people.staff_of(person.id, desk.now)
    badge = next((post.badge for post in posts if post.badge), "")
    return _("{name}, badge {badge}", name=person.name, badge=badge) if badge else verbatim(person.name)


def pick_phone(talk: Talk, desk: DeskView, first: Said | None = None) -> str:
    """Whom to call back; "" is nobody."""
    options = [
        Option("no", _("An answer here is enough"), False),
        Option("yes", _("📞 Please call me"), True),
    ]
    given = first.found.phone if first else ""
    if not talk.choose(
        "call", _("Shall we call you back as well?"), options, plain=(bool(given),) if first else None
    ):
        return ""
    country = desk.estate.country
    if given and "call" in talk.assumed:
        return given
    return talk.line("phone", _("On which number can we reach you?"), lambda line: _number(line, country))


def _number(line: str, country: str) -> str | Text:
    """A number that can be called, as it is dialled from anywhere; as it was typed, where nobody can tell."""
    if not country and looks_like_phone(line):
        return line
    wrong = _("That is no phone number. Please write it in digits, such as +86 138 0013 8000.")
    return phone(line, country) or wrong


def _lines(order: Complain, home: Home, kind: Kind, job: Request | None, against: Value) -> list[Line]:
    told = [
        Line(_("Home"), home.code, "home"),
        Line(_("Kind"), title(kind), "kind"),
        Line(_("What happened"), order.words or "—", "problem"),
    ]
    if order.media:
        told.append(Line(_("Attached"), attached(len(order.media))))
    if order.kind != ABOUT_STAFF:
        told.insert(2, Line(_("Where"), PLACES[order.place], "place"))
    if job is not None:
        told.append(Line(_("Job"), job_name(job), "job"))
    if order.kind == ABOUT_STAFF:
        told.append(Line(_("Against"), against, "accused" if order.accused_id else "described"))
    return [*told, Line(_("Call back"), order.phone or _("No"), "call")]


def investigate(talk: Talk, desk: DeskView) -> CloseInvestigation:
    """What was found, and what is done about it."""
    number = talk.subject.get("investigation")
    found = desk.work.investigations.get(number) if isinstance(number, int) else None
    if found is None or not may_investigate(desk.work, found, desk.person, desk.now):
        raise NotFound
    finding = talk.describe("finding", _("What did you find out?"))
    measure = talk.describe("measure", _("What is done about it?"))
    lines = [
        Line(_("Found"), finding.words or "📎", "finding"),
        Line(_("Measure"), measure.words or "📎", "measure"),
    ]
    talk.review("review", _("<b>Close this investigation?</b>"), lines)
    return CloseInvestigation(
        investigation_id=found.id, finding=finding.words or "📎", measure=measure.words or "📎"
    )
