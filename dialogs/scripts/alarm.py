"""After an alarm is raised: where it is, and that is all that is asked; the rest is for who comes."""

from desk.actions.emergencies import Locate, Stand, is_located
from desk.actions.my_requests import CallOff
from desk.actions.orders import RequestOrder
from desk.errors import NotPossible
from desk.records import Home, Place, Request
from desk.view import DeskView
from dialogs.dangers import MISTAKE
from dialogs.questions.choices import Option
from dialogs.questions.urgent import Urgent
from dialogs.talk import Talk
from locales.text import EMPTY, Lines, Value, _

Options = tuple[Option[RequestOrder], ...]


def alarm(talk: Talk, desk: DeskView) -> RequestOrder:
    """Where it is, that it was a mistake, or that this is all."""
    request = desk.request(talk.subject.get("request"))
    if not request.state.open:
        raise NotPossible
    if is_located(request):
        return talk.ask(Urgent("more", more(), ends(request)))
    return talk.ask(Urgent("where", where(request, desk), places(request, desk)))


def where(request: Request, desk: DeskView) -> Value:
    """The one question."""
    home = next((home for home in desk.homes() if home.id == request.home_id), None)
    return Lines(
        (
            _("📍 <b>Where is it?</b>"),
            _("We go to <b>{home}</b> unless you say otherwise.", home=home.code)
            if home is not None and request.place is Place.HOME
            else EMPTY,
            _("Tap, write it, or send your location. Photos help, too."),
        )
    )


def more() -> Value:
    """What still helps."""
    return _("Whatever you write or send here now goes to the staff at once: words, photos, your location.")


def places(request: Request, desk: DeskView) -> Options:
    """Home, or not; a shared part of the building only where somebody lives in one. Somebody may live in two
    estates, and was taken to be in one of them."""
    at_home: Options = tuple(
        _at_home(request, home) for home in desk.homes() if home.estate_id == request.estate_id
    )
    away: Options = tuple(
        _at_home(request, home) for home in desk.homes() if home.estate_id != request.estate_id
    )
    shared = Option("building", _("🏢 In my building, not at home"), _in(request, Place.BUILDING))
    outside = Option("grounds", _("🌳 Outside, on the grounds"), _in(request, Place.GROUNDS))
    return (*at_home, *away, *([shared] if at_home else []), outside, mistake(request))


def _at_home(request: Request, home: Home) -> Option[RequestOrder]:
    label = _("🏠 At home, {home}", home=home.code)
    return Option(f"h{home.id}", label, _in(request, Place.HOME, home.id))


def _in(request: Request, place: Place, home_id: int | None = None) -> RequestOrder:
    return Locate(request_id=request.id, place=place, home_id=home_id)


def ends(request: Request) -> Options:
    """Nothing more to say, or nothing at all."""
    return (Option("all", _("✅ That is all"), Stand(request_id=request.id)), mistake(request))


def mistake(request: Request) -> Option[RequestOrder]:
    """It was no emergency."""
    return Option("mistake", _("↩️ It was a mistake"), CallOff(request_id=request.id, why=MISTAKE.id))
