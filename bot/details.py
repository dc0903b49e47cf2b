"""What helps whoever comes: where exactly, whom to call, how to get in, and who pays."""

from desk.records import Details, Place, Priority, Request, Type
from dialogs.scripts.repair import costs, when
from dialogs.spots import spot_in_words
from locales.text import EMPTY, Typed, Value, _


def spot(request: Request) -> list[Value]:
    """Which part of the building or the grounds; of an emergency also that nobody knows yet."""
    words = (
        [_("📍 {where}", where=spot_in_words(request.details.where, request.language))]
        if request.details.where
        else []
    )
    if request.place is Place.GROUNDS:
        return [_("🌳 On the grounds"), *words]
    if request.place is Place.BUILDING:
        shared = _("🏢 Building {building}, shared part", building=request.building)
        return [shared if request.building else _("🏢 A shared part of the building"), *words]
    unknown = request.priority is Priority.EMERGENCY and request.home_id is None and not words
    return [_("📍 Place not known yet: it is being asked")] if unknown else [*words]


def coming(request: Request) -> list[Value]:
    """When, and whether staff may go in; neither is asked in an emergency or outside of a home. Nobody comes
    for a bill, and the time of a service stands among its answers."""
    if request.type in {Type.FEES, Type.SERVICE}:
        return []
    if request.priority is Priority.EMERGENCY or request.place is not Place.HOME:
        return [_("🕑 Visit: {visit}", visit=when(request.visit))] if request.visit is not None else []
    entry = (
        _("🔑 Staff may go in when nobody is at home")
        if request.entry
        else _("🔒 Only when somebody is at home")
    )
    return [
        _("🕑 Visit: {visit}", visit=when(request.visit)),
        entry,
        *getting_in(request.details, request.language),
    ]


def getting_in(details: Details, language: str = "") -> list[Value]:
    """Pets, door codes, a phone."""
    told = [
        _("🐾 There are pets") if details.pets else EMPTY,
        _("🚪 {access}", access=Typed(details.access, language)) if details.access else EMPTY,
        _("📞 {phone}", phone=details.phone) if details.phone else EMPTY,
    ]
    return [one for one in told if one != EMPTY]


def pays(request: Request, currency: str) -> list[Value]:
    """Who pays, as the resident was shown it; nothing where it is free."""
    terms = request.details.terms
    return [] if terms.kind == "free" else [_("💰 {costs}", costs=costs(terms, currency))]
