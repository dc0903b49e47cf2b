"""Ordering whatever else the estate offers: one conversation, whose questions are the estate's data."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from desk.actions.services import OrderService
from desk.errors import NotAllowed
from desk.records import Home, Json, Media, Slot
from desk.records.services import Asks, Field, Service
from desk.services import open_slots
from desk.view import DeskView
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.questions.moments import told
from dialogs.questions.reviewing import Line
from dialogs.scripts.repair import attached, pick_home
from dialogs.talk import Talk
from dialogs.understanding.normalise import normalise
from locales.text import Span, Text, Titles, Value, _, verbatim
from locales.words import words

#: how many days ahead are offered as buttons
DAYS = 14


@dataclass(slots=True)
class Form:
    """What has been filled in so far."""

    form: dict[str, Json] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    media: tuple[Media, ...] = ()
    slot: Slot | None = None

    def write(self, asked: Field, stored: Json, said: Value) -> None:
        """Notes an answer, and how it is read back."""
        self.form[asked.code] = stored
        self.lines.append(Line(Titles(asked.title), said, asked.code, sentence=True))


def order_service(talk: Talk, desk: DeskView) -> OrderService:
    """The form of a service, question by question, and read back."""
    service = _service(talk, desk)
    home = pick_home(talk, desk)
    filled = Form()
    for asked in service.fields:
        _ASK[asked.asks](talk, desk.at(home), service, asked, filled)
    lines = [Line(_("Home"), home.code, "home"), *filled.lines]
    talk.review("review", Titles(service.title), lines)
    return _order(desk, service, home, filled)


def _service(talk: Talk, desk: DeskView) -> Service:
    """What the conversation is about; raises `NotAllowed` where the person's estate does not offer it."""
    number = talk.subject.get("service")
    service = desk.work.services.get(number) if isinstance(number, int) else None
    if service is None or not service.open or service.estate_id != desk.estate.id:
        raise NotAllowed
    return service


def _order(desk: DeskView, service: Service, home: Home, filled: Form) -> OrderService:
    house = words(desk.estate.languages[0], desk.estate.time_zone)
    told = [f"{house.plain(line.label)} {house.plain(line.value)}" for line in filled.lines]
    return OrderService(
        service_id=service.id,
        home_id=home.id,
        form=filled.form,
        words="\n".join(told),
        media=filled.media,
        slot=filled.slot,
        language=desk.person.language or "",
    )


def _words(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    said = talk.line(asked.code, Titles(asked.title), str, otherwise=("",) if asked.optional else None)
    filled.write(asked, said, verbatim(said) if said else "—")


def _number(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    nothing = (None,) if asked.optional else None
    number = talk.line(asked.code, Titles(asked.title), read_number, otherwise=nothing)
    filled.write(asked, None if number is None else str(number), "—" if number is None else number)


def read_number(line: str) -> Decimal | None | Text:
    """A number in any digits; none below nought."""
    try:
        number = Decimal(normalise(line).replace(",", "."))
    except InvalidOperation:
        return _("Please write a number, such as 12.")
    if not number.is_finite() or not 0 <= number < 10**9:
        return _("Please write a number, such as 12.")
    return number


def _date(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    local = talk.now.astimezone(ZoneInfo(desk.estate.time_zone))
    today = local.date()
    days = [today + timedelta(days=ahead) for ahead in range(1, DAYS + 1)]
    offered = [Suggestion(f"{day:%Y%m%d}", day, day.isoformat()) for day in days]

    def read(line: str) -> date | Text:
        said = told(line, local)
        if said is None or said.day is None:
            return _("Please tap a day, or write it as {example}.", example=days[0].isoformat())
        return said.day if said.day >= today else _("This day has passed. Please choose a later one.")

    day = talk.line(asked.code, Titles(asked.title), read, offered)
    filled.write(asked, day.isoformat(), day)


def _choice(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    options = [Option(code, Titles(label), code) for code, label in asked.options.items()]
    chosen = talk.choose(asked.code, Titles(asked.title), options)
    filled.write(asked, chosen, Titles(asked.options[chosen]))


def _files(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    sent = talk.describe(asked.code, Titles(asked.title), optional=asked.optional)
    filled.media += sent.media
    shown = attached(len(sent.media)) if sent.media else verbatim(sent.words or "—")
    filled.write(asked, sent.words, shown)


def _slot(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    free = _room(desk, service)
    options = [Option(f"{one.start:%Y%m%d%H%M}", Span(one.start, one.end), one) for one in free]
    full = _("There is no free time in the next two weeks. Please ask again later.")
    filled.slot = slot = talk.choose(asked.code, Titles(asked.title) if options else full, options)
    filled.write(asked, slot.start.isoformat(), Span(slot.start, slot.end))


def _room(desk: DeskView, service: Service) -> tuple[Slot, ...]:
    queue, booked = (
        desk.work.estates.queue(service.queue_id),
        desk.work.services.bookings(service.id, desk.now),
    )
    return open_slots(service, queue, desk.estate, booked, desk.now, desk.days(desk.estate))


def _consent(talk: Talk, desk: DeskView, service: Service, asked: Field, filled: Form) -> None:
    talk.choose(asked.code, Titles(asked.title), [Option("yes", _("✅ I agree"), True)])
    filled.write(asked, True, _("✅ I agree"))


_ASK = {
    Asks.WORDS: _words,
    Asks.NUMBER: _number,
    Asks.DATE: _date,
    Asks.CHOICE: _choice,
    Asks.FILES: _files,
    Asks.SLOT: _slot,
    Asks.CONSENT: _consent,
}
