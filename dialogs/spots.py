"""Where exactly in a building or on its grounds: spots to tap, and how one is said."""

from collections.abc import Mapping

from desk.records import Place
from locales.text import Text, Typed, _

SPOTS: Mapping[Place, Mapping[str, Text]] = {
    Place.BUILDING: {
        "entrance": _("Entrance"),
        "corridor": _("Corridor"),
        "lift": _("Lift"),
        "stairs": _("Stairs"),
        "roof": _("Roof"),
        "basement": _("Basement"),
    },
    Place.GROUNDS: {
        "garage": _("Garage"),
        "parking": _("Parking lot"),
        "gate": _("Gate"),
        "playground": _("Playground"),
        "garden": _("Garden"),
        "path": _("Path, road"),
    },
}
_KNOWN: Mapping[str, Text] = {text.id: text for spots in SPOTS.values() for text in spots.values()}


def spot_in_words(where: str, language: str = "") -> Text | Typed:
    """One of our own spots in the reader's language, or what a person who speaks this one wrote."""
    return _KNOWN.get(where) or Typed(where, language)
