"""What was sent a moment ago. Pure.

Calls, commits and news of new mail overlap, so the storage may speak of mail as it was before its call, and
not know yet which message came of it. What is on its way is remembered here, and what was recorded lately.
"""

from collections import OrderedDict
from typing import Final, TypeAlias

from desk.mail import Outgoing

#: how many recorded ones are remembered: some seconds' worth at any speed
KEPT: Final = 1000

Place: TypeAlias = tuple[int, str]


class Recent:
    """The newest revision of each piece of mail that was sent lately, and the messages that came of them."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._revisions: dict[int, int] = {}
        self._messages: dict[Place, int] = {}
        #: what is recorded, and may be forgotten before long, with the message that its key stood for
        self._recorded: OrderedDict[int, tuple[Place, int | None]] = OrderedDict()

    def has(self, mail: Outgoing) -> bool:
        """Whether it was sent in this form, or a newer one."""
        return self._revisions.get(mail.id, -1) >= mail.revision

    def older(self, mail: Outgoing) -> bool:
        """Whether it was sent in an older form."""
        return self._revisions.get(mail.id, mail.revision) < mail.revision

    def message(self, mail: Outgoing) -> int | None:
        """The message that its key stands for, if that was sent lately."""
        return self._messages.get((mail.chat_id, mail.key)) if mail.key else None

    def began(self, mail: Outgoing) -> None:
        """It is on its way."""
        self._revisions[mail.id] = mail.revision
        self._recorded.pop(mail.id, None)

    def forget(self, mail: Outgoing) -> None:
        """It did not go after all."""
        self._revisions.pop(mail.id, None)

    def sent(self, mail: Outgoing, message: int) -> None:
        """A new message came of it."""
        self._messages[mail.chat_id, mail.key] = message

    def recorded(self, mail: Outgoing) -> None:
        """Its outcome is in the storage; the oldest such are forgotten."""
        if self._revisions.get(mail.id) != mail.revision:
            return
        self._recorded[mail.id] = (mail.chat_id, mail.key), self.message(mail)
        while len(self._recorded) > self._kept:
            mail_id, (place, message) = self._recorded.popitem(last=False)
            self._revisions.pop(mail_id, None)
            if self._messages.get(place) == message:  # else a newer one took its place
                self._messages.pop(place, None)

    def lose(self, chat: int) -> None:
        """The messages of a chat may not be where they were."""
        for place in [place for place in self._messages if place[0] == chat]:
            del self._messages[place]
