"""What leaves the desk: addressed and written, not yet delivered. The sender turns it into Telegram calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from desk.records import Json

#: nothing is put off for longer: an album's redraw waits for a moment, what failed for a minute at most
LONGEST_PUT_OFF = timedelta(minutes=2)


class Lane(IntEnum):
    """Which mail goes first when Telegram's limit makes some wait."""

    ANSWER = 0
    CARD = 1
    BROADCAST = 2


class Verb(StrEnum):
    """What is to be done in the chat."""

    #: make the keyed message look like this: edit it if it exists, send it if not
    SHOW = "show"
    #: send the keyed message anew at the end of the chat and retire the old one; SHOWs edit the new one
    REPOST = "repost"
    #: send a message that is never edited
    SAY = "say"
    #: send photos and files as an album (or alone), never edited
    ALBUM = "album"
    #: make the queue's topic in the staff group
    TOPIC = "topic"
    #: download a file that the person sent, and take it in (`bot.arrivals`); nothing appears in the chat
    FETCH = "fetch"
    #: take away a message that was posted anew; its buttons would mislead
    RETIRE = "retire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One piece of mail; rows with the same chat and key collapse to the newest while they wait."""

    id: int = 0
    #: id of the bot that sends it
    bot_id: int
    chat_id: int
    #: the queue whose topic it goes to; looked up when it is sent, since topics can be made anew
    queue_id: int | None = None
    lane: Lane = Lane.ANSWER
    verb: Verb = Verb.SAY
    #: names the message within the chat, such as `run/k3f9` or `card/17`; empty for SAY and ALBUM
    key: str = ""
    #: text, buttons, media, picture, file: see `bot.mail`
    payload: Mapping[str, Json] = field(default_factory=dict)
    #: not to be sent earlier (an album's redraw waits for its last photo)
    not_before: datetime | None = None
    #: when it was written; for how long it waits is told from that. None where nobody waits for it
    since: datetime | None = None
    attempts: int = 0
    #: goes up each time newer mail takes its place while it waits; settling an older one leaves the newer
    revision: int = 0

    @property
    def carries_file(self) -> bool:
        """Whether a file goes along that was made for somebody: it may hold all that is known of them, and is
        not kept beyond its delivery."""
        return "file" in self.payload

    def may_go(self, now: datetime) -> bool:
        """Whether its time has come. What seems put off for longer than anything is, was put off by a
        clock that has been set back since."""
        return self.not_before is None or not now < self.not_before <= now + LONGEST_PUT_OFF


class Fate(StrEnum):
    """What became of a piece of mail."""

    SENT = "sent"
    #: a newer state of the same message took its place
    REPLACED = "replaced"
    #: the person stopped the bot, or the chat is gone
    BLOCKED = "blocked"
    #: Telegram refused it for good; kept for a while, with its reason
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The outcome of one piece of mail, recorded in one batch with others."""

    outgoing: Outgoing
    fate: Fate
    #: what Telegram numbered the message; None where nothing was sent
    message_id: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """The mail of one lane that is not sent yet."""

    lane: Lane
    depth: int
    #: since when the oldest that may go has been waiting; None if none may
    since: datetime | None
