"""What a request is about in its resident's own words; a form has each question in the reader's language."""

from datetime import date
from decimal import Decimal

from bot.naming import SHOWN, quoted, speech
from bot.scene import Scene
from desk.errors import NotFound
from desk.records import Json, Request, Type
from desk.records.fees import Charge
from desk.records.services import Asks, Field
from dialogs.engine.screen import cut
from dialogs.fees import Naming, month
from dialogs.scripts.repair import attached
from locales.text import EMPTY, Joined, Lines, Money, Span, Titles, Typed, Value, _


def problem(scene: Scene, request: Request, most: int = SHOWN) -> Value:
    """As far as it fits into a message."""
    if request.type is Type.SERVICE and (answers := _answers(scene, request)):
        form = Lines(tuple(cut(one, most // len(answers)) for one in answers))
        return _("<blockquote>{words}</blockquote>", words=form)
    if request.type is Type.FEES and (charge := _charge(scene, request)):
        own_words = request.problem.partition("\n")[2]
        return Lines((_line(scene, charge), quoted(own_words, most, _spoken(scene, request))))
    return quoted(request.problem, most, _spoken(scene, request))


def _spoken(scene: Scene, request: Request) -> str:
    """What the resident speaks: as it was then, or as the telephone tells."""
    return request.language or speech(scene, request.resident_id)


def _answers(scene: Scene, request: Request) -> list[Value]:
    """The form of a service; nothing where its questions are others by now."""
    services = scene.session.services.all(request.estate_id)
    asked = next((one.fields for one in services if one.code == request.kind), ())
    form = request.details.form
    if not form or not set(form) <= {one.code for one in asked}:
        return []
    alone = sum(one.asks is Asks.FILES for one in asked) == 1
    files = attached(len(request.media)) if alone and request.media else "📎" if request.media else "—"
    told = ((one, _answer(request, one, form[one.code], files)) for one in asked if one.code in form)
    return [Joined((Titles(one.title), said), " ") for one, said in told]


def _answer(request: Request, asked: Field, stored: Json, files: Value) -> Value:
    """One answer as its reader would have given it. Which question each file answers, nobody kept."""
    if stored in (None, ""):
        return files if asked.asks is Asks.FILES else "—"
    match asked.asks:
        case Asks.CHOICE if str(stored) in asked.options:
            return Titles(asked.options[str(stored)])
        case Asks.NUMBER:
            return Decimal(str(stored))
        case Asks.DATE:
            return date.fromisoformat(str(stored))
        case Asks.SLOT if request.visit is not None:
            return Span(request.visit.start, request.visit.end)
        case Asks.CONSENT:
            return _("✅ I agree")
        case _:
            return Typed(str(stored), request.language)


def _charge(scene: Scene, request: Request) -> Charge | None:
    """The line of a bill that is in dispute."""
    number = request.details.form.get("charge")
    try:
        return scene.session.fees.charge(number) if isinstance(number, int) else None
    except NotFound:
        return None


def _line(scene: Scene, charge: Charge) -> Value:
    naming = Naming(scene.session.fees.tariffs(charge.estate_id))
    amount: Value = Money(charge.amount, scene.estate.currency) if scene.estate.currency else EMPTY
    return Joined((month(charge.period), naming.line(charge), amount))
