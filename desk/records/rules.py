"""What an estate sets for each family of requests; what its file leaves out holds as it is written here."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRules:
    """How an estate answers when somebody may come to harm."""

    #: called first, shown at once; "" is the country's own number alone
    hotline: str = ""
    #: how often those on call are alerted again until somebody accepts
    repeat: timedelta = timedelta(minutes=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The estate's own rules, one record a family."""

    emergency: EmergencyRules = EmergencyRules()
