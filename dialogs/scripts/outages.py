"""A dispatcher's word on an outage: when it is expected to be over, and what everybody is told."""

from datetime import timedelta

from desk.actions.outages import ConfirmOutage
from desk.errors import NotAllowed
from desk.view import DeskView
from dialogs.questions.choices import Option
from dialogs.talk import Talk
from locales.text import _

#: how long it may take, by the answer's key
WAITS: dict[str, timedelta] = {f"{hours}h": timedelta(hours=hours) for hours in (1, 2, 4, 8, 12, 24)}
UNKNOWN = "unknown"


def outage(talk: Talk, desk: DeskView) -> ConfirmOutage:
    """How long, then a few words if wished."""
    incident = talk.subject.get("incident")
    if not isinstance(incident, int):
        raise NotAllowed
    options: list[Option[timedelta | None]] = [Option(key, wait, wait) for key, wait in WAITS.items()]
    options.append(Option(UNKNOWN, _("Not known yet"), None))
    wait = talk.choose("expected", _("In how long do you expect it to be over?"), options, columns=3)
    told = talk.describe("words", _("What shall the residents be told?"), optional=True)
    return ConfirmOutage(
        incident_id=incident, expected_at=talk.now + wait if wait else None, words=told.words
    )
