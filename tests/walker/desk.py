"""A whole service desk in this process: the sandbox's Telegram on one side, a store on the other.

Updates are read, handled, and their mail carried by the product's own parts, one after the other and without
a network: only the waiting is left out. What Telegram would refuse, the sandbox refuses here, too.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar, cast

from msgspec.json import decode, encode

from bot.arrivals import Arrivals
from bot.calls import call, needs_picture
from bot.clock import HandClock
from bot.clockwork import fire
from bot.faces.base import (
    Answer,
    AnswerPreCheckout,
    AnswerTap,
    Call,
    Denied,
    Fetch,
    Fetched,
    Me,
    Ok,
    Outcome,
    SendFile,
    SendPicture,
    Sent,
)
from bot.faces.line import answers, updates
from bot.faces.line.bodies import asked
from bot.flows import FILES
from bot.lanes import Parcel
from bot.postbox import Mandate, Postbox
from bot.reception import TOAST
from bot.said import PreCheckout, Said, Tap
from bot.session import Session
from bot.turns import handle
from bot.verdicts import Verdict, judge
from bot.writer import Writer
from desk.mail import Fate
from desk.ports import Work
from sandbox import methods
from sandbox.clock import Clock
from sandbox.emulator import Emulator
from sandbox.errors import Refused
from sandbox.events import Events
from sandbox.files import Upload, sample
from sandbox.methods.call import Call as Asked
from sandbox.params import Params
from storage.memory import MemoryDatabase
from storage.work import Database
from tests.walker.forks import fork_store, fork_town
from tests.walker.world import BOT, MONDAY, TOKEN

T = TypeVar("T")
Store = Database | MemoryDatabase

ME: Final = Me(id=BOT.id, username=BOT.username, name=BOT.name, takes_payments=True)
#: what the face adds to an invoice; other calls do not look at it
PROVIDER: Final = {"provider_token": "walker"}
#: mail that is put off for a moment goes out all the same
MOMENT: Final = timedelta(seconds=5)
#: exchanges with the storage within which all mail of one update has gone out
PATIENCE: Final = 60


def town(now: Callable[[], datetime]) -> Emulator:
    """An empty Telegram; it remembers more than a page would need."""
    home = Emulator(Clock(now=lambda: now().timestamp()))
    home.events = Events(keep=1_000_000)
    return home


@dataclass
class Desk:
    """One bot at work."""

    store: Store = field(default_factory=MemoryDatabase)
    now: datetime = MONDAY
    home: Emulator = field(init=False)
    #: what Telegram refused for good, in its own words
    refused: list[str] = field(default_factory=list)
    _methods: dict[str, methods.Method] = field(default_factory=methods.table)

    def __post_init__(self) -> None:
        self.home = town(lambda: self.now)
        self.home.world.bots[BOT.id] = BOT

    def fork(self) -> "Desk":
        """The same moment once more, to go on from there in another way; only a desk in memory can."""
        assert isinstance(self.store, MemoryDatabase)
        twin = Desk(now=self.now)
        twin.store = fork_store(self.store)
        fork_town(self.home, twin.home)
        return twin

    def write(self, act: Callable[[Session], T]) -> T:
        """One transaction."""
        with self.store.write() as work:
            return act(work)

    # ── coming in ──

    def take_in(self) -> None:
        """Takes in what waits, as one poll would bring it; then all mail goes out."""
        mailbox = self.home.line(BOT.id).mailbox
        while waiting := mailbox.waiting():
            for update in waiting:
                incoming = updates.read(encode(update.wire()), BOT.username)
                mailbox.remove(update)
                if incoming.said is not None:
                    self._handle(incoming.said)
            self.deliver()
        self.later(timedelta())

    def _handle(self, said: Said) -> None:
        toast = self.write(lambda work: handle(work, ME, said, self.now)).text[:TOAST]
        match said.act:
            case Tap(id=tap):
                self._answer(AnswerTap(tap=tap, text=toast))
            case PreCheckout(id=query):
                self._answer(AnswerPreCheckout(query=query, error=toast))

    def _answer(self, answer: Answer) -> None:
        outcome = self.ask(answer)
        if not isinstance(outcome, Ok):
            self.refused.append(f"{outcome}: {answer}")

    # ── time ──

    def later(self, by: timedelta) -> None:
        """Time has passed, all at once, and every timer fires that is due by now."""
        self.now += by
        while (due := self.write(lambda work: work.timers.next_due())) is not None and due <= self.now:
            self.write(self._fire)
            self.deliver()

    def _fire(self, work: Session) -> None:
        for timer in work.timers.take(self.now):
            fire(work, ME, timer, self.now)

    # ── going out ──

    def deliver(self) -> None:
        """All mail goes out, in the order of its lanes; what was put off for a moment goes last."""
        clock = HandClock(self.now)
        postbox = Postbox(ME.id, self._transact, clock, lambda mail: False, alone=True)
        verdicts: list[Verdict] = []
        for _ in range(PATIENCE):
            mandate = Mandate(verdicts=verdicts, look=True, deep=True, at=0.0)
            found = _ran(postbox.exchange(mandate))
            parcels = {parcel.mail.id: parcel for parcel in found.parcels}
            verdicts = [self._carry(parcel) for parcel in sorted(parcels.values(), key=_turn)]
            if not verdicts and found.look is None:
                return
            if not verdicts:
                clock.move(MOMENT)
        raise AssertionError(f"mail never ends: {found.parcels}")

    async def _transact(self, do: Callable[[Work], T], /) -> T:
        return self.write(do)

    def _carry(self, parcel: Parcel) -> Verdict:
        wanted = call(parcel, b"png" if needs_picture(parcel) else None)
        outcome = self.ask(wanted)
        if isinstance(wanted, Fetch):
            arrivals = Arrivals(ME, cast("Writer", _AtOnce(self)), HandClock(self.now), FILES)
            outcome = asyncio.run(arrivals(parcel.mail, outcome))
        verdict = judge(parcel, outcome, self.now)
        if verdict.delivery is not None and verdict.delivery.fate is Fate.REFUSED:
            self.refused.append(f"{verdict.delivery.why}: {parcel.mail}")
        return verdict

    def ask(self, wanted: Call) -> Outcome:
        """One call, to the sandbox's own methods."""
        match wanted:
            case Fetch(file_id=file_id):
                file = self.home.world.files.get(file_id)
                return Fetched(file.data) if file else Denied("wrong file_id")
            case SendPicture() | SendFile():
                method, params = _upload(wanted)
            case _:
                method, fields = asked(wanted)
                params = Params({**decode(encode(fields)), **PROVIDER})
        try:
            done: Any = self._methods[method.lower()](Asked(self.home, BOT, params))
            status, body = 200, {"ok": True, "result": done}
        except Refused as refused:
            status, body = refused.code, refused.body()
        else:
            if isinstance(wanted, SendPicture | SendFile):  # these go by a library, which tells the number
                return Sent(done["message_id"])
        return answers.outcome(wanted, status, encode(body), TOKEN)


def _turn(parcel: Parcel) -> tuple[int, int]:
    return parcel.mail.lane, parcel.mail.id


class _AtOnce:
    """A writer for what has to be written in between."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, work: Callable[[Session], T], chat: int | None = None, *, long: bool = False) -> T:
        """One transaction, at once."""
        return self._desk.write(work)


def _upload(wanted: SendPicture | SendFile) -> tuple[str, Params]:
    """What a library's upload comes to. Which picture it is makes no difference to its place in the chat."""
    if isinstance(wanted, SendFile):
        file = Upload(wanted.name, "application/octet-stream", wanted.content)
        return "sendDocument", Params(_around(wanted), {"document": file})
    file = Upload("picture.png", "image/png", sample("photo", 0).data)
    return "sendPhoto", Params(_around(wanted), {"photo": file})


def _around(wanted: SendPicture | SendFile) -> dict[str, Any]:
    buttons = [[_button(one.label, one.url, one.data, one.copy) for one in row] for row in wanted.rows]
    values: dict[str, Any] = {"chat_id": wanted.chat, "caption": wanted.caption, "parse_mode": "HTML"}
    values |= {"reply_markup": {"inline_keyboard": buttons}} if buttons else {}
    return values | ({"message_thread_id": wanted.thread} if wanted.thread else {})


def _button(label: str, url: str, data: str, copy: str) -> dict[str, Any]:
    if copy:
        return {"text": label, "copy_text": {"text": copy}}
    return {"text": label, "url": url} if url else {"text": label, "callback_data": data}


def _ran(work: "Coroutine[Any, Any, T]") -> T:
    """What a coroutine comes to that never has to wait."""
    try:
        work.send(None)
    except StopIteration as over:
        value: T = over.value
        return value
    raise AssertionError("it waits")
