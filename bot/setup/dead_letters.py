"""What went wrong for good, for an operator: updates that were set aside, and mail that Telegram refused.

A letter is called `update/17` or `mail/17`. What people wrote is shown only to whoever asks for it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.session import Session
from bot.setup.errors import BadLetterName, NotThere
from desk.mail import Delivery
from dialogs.engine.runs import DeadLetter

#: so many of each kind are listed
MOST: Final = 200
#: values that say what something is, not what somebody said
PLAIN: Final = frozenset({"type", "status", "data", "kind", "language_code"})


@dataclass(frozen=True, slots=True)
class Letters:
    """The dead letters of one bot, in one transaction."""

    work: Session
    bot_id: int
    now: datetime

    def all(self) -> list[str]:
        """A line for each, the updates first."""
        updates = [_update_line(one) for one in self.work.dead_letters.waiting(self.bot_id, MOST)]
        mail = [_mail_line(one) for one in self.work.outbox.refused(self.bot_id, MOST)]
        left = self._count() - len(updates) - len(mail)
        more = [f"… and {left} more"] if left > 0 else []
        return [*updates, *mail, *more] or ["no dead letters"]

    def names(self) -> list[str]:
        """What each is called."""
        waiting = self.work.dead_letters.waiting(self.bot_id, MOST)
        refused = self.work.outbox.refused(self.bot_id, MOST)
        return [f"update/{one.update_id}" for one in waiting] + [f"mail/{one.outgoing.id}" for one in refused]

    def show(self, name: str, *, whole: bool) -> list[str]:
        """All that is known of one; what people wrote only with `whole`."""
        kind, number = _read(name)
        if kind == "update":
            letter = self._found(name, self.work.dead_letters.get(self.bot_id, number))
            return [_update_line(letter), f"first failed {_moment(letter.first_at)}", _body(letter, whole)]
        refusal = self._found(name, self.work.outbox.refusal(self.bot_id, number))
        payload = dict(refusal.outgoing.payload)
        return [_mail_line(refusal), _json(payload if whole else hidden(payload))]

    def retry(self, name: str) -> str:
        """Has one tried again; what happens next."""
        kind, number = _read(name)
        if kind == "update":
            asked = self.work.dead_letters.ask(self.bot_id, number, self.now)
            self._found(name, asked or None)
            return f"{name}: the running bot takes it up within a second, or as soon as it starts"
        refusal = self._found(name, self.work.outbox.refusal(self.bot_id, number))
        if not self.work.outbox.resend(self.bot_id, refusal.outgoing.id, self.now):
            return f"{name}: left alone, as newer mail took its place. Drop it"
        return f"{name}: in the outbox again"

    def drop(self, name: str) -> str:
        """Forgets one."""
        kind, number = _read(name)
        forget = self.work.dead_letters.drop if kind == "update" else self.work.outbox.drop
        self._found(name, forget(self.bot_id, number) or None)
        return f"{name}: dropped"

    def each(self, names: Sequence[str], act: Callable[[str], str]) -> list[str]:
        """Does it to each, all or none; no names are all letters."""
        return [act(name) for name in names or self.names()] or ["no dead letters"]

    def _found(self, name: str, found: Any) -> Any:
        if found is None:
            raise NotThere("dead letter", name)
        return found

    def _count(self) -> int:
        return self.work.dead_letters.count(self.bot_id) + self.work.outbox.refused_count(self.bot_id)


def _read(name: str) -> tuple[str, int]:
    kind, _, number = name.partition("/")
    if kind not in {"update", "mail"} or not number.isdecimal():
        raise BadLetterName(name)
    return kind, int(number)


def _update_line(letter: DeadLetter) -> str:
    asked = ", to be tried again" if letter.asked_at else ""
    when = _moment(letter.last_at)
    return f"update/{letter.update_id}: {letter.error}, {letter.failures} times, last {when}{asked}"


def _mail_line(refusal: Delivery) -> str:
    mail = refusal.outgoing
    what = " ".join(part for part in (mail.verb.value, mail.key) if part)
    written = f", written {_moment(mail.since)}" if mail.since else ""
    return f"mail/{mail.id}: {refusal.why or 'refused'} ({what} to chat {mail.chat_id}{written})"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _body(letter: DeadLetter, whole: bool) -> str:
    if whole:
        return letter.body
    try:
        return _json(hidden(json.loads(letter.body)))
    except ValueError:
        return f"{len(letter.body)} characters that are no JSON"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def hidden(value: Any, key: str = "") -> Any:
    """The same shape, without anybody's words, names and numbers."""
    match value:
        case dict():
            return {name: hidden(inner, name) for name, inner in value.items()}
        case list():
            return [hidden(inner, key) for inner in value]
        case str() if key not in PLAIN:
            return f"<{len(value)} characters>"
        case _:
            return value
