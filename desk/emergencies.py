"""Dangers that are answered at once: what each is filed as, who is called, and by which numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.records import Place


class Service(StrEnum):
    """Who comes when life is in danger."""

    FIRE = "fire"
    POLICE = "police"
    MEDICAL = "medical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """One kind of emergency, the same in every estate."""

    code: str
    #: what it is filed as (the taxonomy's code), from which its queue follows
    kind: str
    #: whose number is told beside the estate's own
    services: tuple[Service, ...] = ()
    #: where it is, if nobody says otherwise; None: at home, where somebody has one home only
    place: Place | None = None


#: in the order in which they are offered
DANGERS: Mapping[str, Danger] = {
    danger.code: danger
    for danger in (
        Danger(code="fire", kind="fire_smoke", services=(Service.FIRE,)),
        Danger(code="gas", kind="gas_smell", services=(Service.FIRE,)),
        Danger(code="lift", kind="trapped", services=(Service.FIRE,), place=Place.BUILDING),
        Danger(code="flood", kind="flood"),
        Danger(code="sparks", kind="sparking", services=(Service.FIRE,)),
        Danger(code="person", kind="guard", services=(Service.MEDICAL,)),
        Danger(code="violence", kind="guard", services=(Service.POLICE,)),
        Danger(code="falling", kind="falling_facade", services=(Service.FIRE,), place=Place.GROUNDS),
        Danger(code="manhole", kind="manhole", place=Place.GROUNDS),
        Danger(code="other", kind="guard", services=(Service.FIRE, Service.POLICE, Service.MEDICAL)),
    )
}

#: a number for everything, where no country is known or it has one for all
EVERYWHERE = "112"
_F, _P, _M = Service.FIRE, Service.POLICE, Service.MEDICAL
_NUMBERS: Mapping[str, Mapping[Service, str]] = {
    "AE": {_F: "997", _P: "999", _M: "998"},
    "AR": dict.fromkeys(Service, "911"),
    "AU": dict.fromkeys(Service, "000"),
    "BR": {_F: "193", _P: "190", _M: "192"},
    "CA": dict.fromkeys(Service, "911"),
    "CN": {_F: "119", _P: "110", _M: "120"},
    "GB": dict.fromkeys(Service, "999"),
    "HK": dict.fromkeys(Service, "999"),
    "ID": {_F: "113", _P: "110", _M: "119"},
    "JP": {_F: "119", _P: "110", _M: "119"},
    "KR": {_F: "119", _P: "112", _M: "119"},
    "MO": dict.fromkeys(Service, "999"),
    "MX": dict.fromkeys(Service, "911"),
    "MY": dict.fromkeys(Service, "999"),
    "NZ": dict.fromkeys(Service, "111"),
    "PH": dict.fromkeys(Service, "911"),
    "SA": {_F: "998", _P: "999", _M: "997"},
    "SG": {_F: "995", _P: "999", _M: "995"},
    "TH": {_F: "199", _P: "191", _M: "1669"},
    "TW": {_F: "119", _P: "110", _M: "119"},
    "US": dict.fromkeys(Service, "911"),
    "VN": {_F: "114", _P: "113", _M: "115"},
}


def numbers(danger: Danger, country: str) -> tuple[str, ...]:
    """What to dial in a country (ISO 3166) for a danger, each number once."""
    known = _NUMBERS.get(country, {})
    return tuple(dict.fromkeys(known.get(service, EVERYWHERE) for service in danger.services))
