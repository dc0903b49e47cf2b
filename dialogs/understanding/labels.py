"""The evaluation data's names for kinds: coarser than ours, and cut otherwise."""

from collections.abc import Iterable, Mapping
from typing import Final

from desk.taxonomy import kinds
from dialogs.understanding.intents import Intent
from dialogs.understanding.understand import Understood

#: no request
NONE: Final = "none"
_BY_GROUP: Mapping[str, str] = {
    "plumbing": "plumbing",
    "electrical": "electrical",
    "hvac": "hvac",
    "gas": "gas",
    "lift": "lift",
    "structure": "structure",
    "access": "security",
    "fire": "fire_safety",
    "cleaning": "cleaning",
    "grounds": "facility",
    "parking": "parking",
    "network": "internet",
    "paid": "other",
    "warranty": "structure",
    "billing": "fee",
    "paperwork": "other",
    "complaint": "other",
    "feedback": "other",
}
_BY_LABEL: Mapping[str, tuple[str, ...]] = {
    "plumbing": ("plumber", "w_plumbing"),
    "electrical": ("electrician", "w_electrical"),
    "lighting": ("corridor_light", "motion_sensor", "outdoor_light"),
    "door_access": ("door_lock", "intercom", "key_card", "gate"),
    "security": ("c_safety",),
    "fire_safety": ("c_fire_access",),
    "cleaning": ("c_hygiene", "deep_clean"),
    "odour": ("sewer_smell", "odour"),
    "pests": ("pests",),
    "green": ("greenery",),
    "road": ("paving", "manhole"),
    "facility": ("c_facility",),
    "parking": ("c_parking",),
    "encroachment": ("clutter", "encroachment"),
    "appliance": ("appliance",),
    "noise": ("c_noise", "riser_noise"),
    "neighbour": ("c_neighbour",),
    "staff": ("c_staff", "c_slow", "c_quality"),
    "structure": ("c_building",),
    "fee": ("c_fee",),
    NONE: ("praise", "enquiry"),
}
_LABELS: Final = {code: label for label, codes in _BY_LABEL.items() for code in codes}
#: what is about nothing that could be repaired or complained of
_ABOUT_NOTHING: Final = {
    Intent.CHITCHAT,
    Intent.OOS,
    Intent.STATUS,
    Intent.PRAISE,
    Intent.QUESTION,
    Intent.VISITOR,
}


def label(subject: str) -> str:
    """The evaluation's name for a kind or a subject that no kind names."""
    if subject in _LABELS:
        return _LABELS[subject]
    return _BY_GROUP[subject] if subject in _BY_GROUP else _BY_GROUP[kinds()[subject].group]


def labels(understood: Understood) -> tuple[str, ...]:
    """What a message is about in the evaluation's names, the likeliest first; `none` for no request."""
    about = tuple(_once(label(subject) for subject, _weight in understood.subjects))
    if understood.intent is Intent.FEE:
        return tuple(_once(("fee", *about)))
    if understood.intent in _ABOUT_NOTHING:
        return tuple(_once((NONE, *about)))
    return about or ("other",)


def _once(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)
