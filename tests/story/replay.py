"""Transcripts played again over HTTP: the sandbox, a real bot process, and many small estates side by side.

All stories advance together, an act each a round, so that one bot process and one wait serve them all. The
bot's clock stands still but where something waits: what it says must not depend on how fast a machine is.
Stories in which time passes are played before the others, those in which equally much passes together.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sandbox.client import Sandbox
from sandbox.events import Event
from sandbox.running import Hosted
from storage.work import Database
from tests.story.nursery import SwiftStage
from tests.walker.acts import RESTART, Act
from tests.walker.flow import Flow
from tests.walker.page import parsed, written
from tests.walker.phones import Bubble, Phones, by_chat
from tests.walker.tale import Entry, Silent, Story, Told
from tests.walker.world import BOT, MONDAY, found

#: seconds within which everything has come to rest, also on a machine that is busy
PATIENCE: Final = 120.0
#: by how much time goes on where mail waits for that
A_MOMENT: Final = timedelta(seconds=1)
#: worlds that are made at once: the bot waits for the database meanwhile
AT_ONCE: Final = 25


@dataclass
class Player:
    """One story being played in a world of its own."""

    flow: Flow
    story: Story
    phones: Phones = field(init=False)
    at: int = 0
    seen: list[tuple[Bubble, ...]] = field(default_factory=list)
    #: why it could not be played to its end
    trouble: str = ""

    @property
    def acts(self) -> list[Act]:
        """All that is done, also before the story begins."""
        return [*self.story.before, *self.story.acts]

    @property
    def next(self) -> Act | None:
        """What is to be done next; None at the end."""
        return None if self.trouble or self.at == len(self.acts) else self.acts[self.at]

    @property
    def passes(self) -> tuple[timedelta, ...]:
        """How much time passes in it, piece by piece."""
        return tuple(act.passes for act in self.acts if act.passes)

    def look(self, act: Act, events: Mapping[int, Sequence[Event]]) -> None:
        """Notes what is to be seen after an act."""
        mine = [event for chat in self.phones.world.chats for event in events.get(chat, ())]
        self.seen.append(tuple(self.phones.look(sorted(mine, key=lambda event: event.number), act.who)))
        self.at += 1

    def told(self) -> Story:
        """The story as it was seen this time."""
        seen = iter(self.seen[len(self.story.before) :])
        return Story(self.story.title, self.story.before, [_again(one, seen) for one in self.story.entries])


def _again(entry: Entry, seen: Iterable[tuple[Bubble, ...]]) -> Entry:
    steps = iter(seen)
    match entry:
        case Silent(acts):
            for _ in acts:
                next(steps)
            return entry
        case Told(act):
            return Told(act, next(steps))
        case _:
            return entry


@dataclass
class Sheet:
    """One transcript, and its stories."""

    flow: Flow
    situation: str
    text: str
    players: list[Player] = field(init=False)

    def __post_init__(self) -> None:
        self.players = [Player(self.flow, story) for story in parsed(self.text, self.flow)]

    def again(self) -> str:
        """What it says now that it was played."""
        return written(self.flow, self.situation, [player.told() for player in self.players])


class Replay:
    """One bot process, and everybody in all worlds."""

    def __init__(self, hosted: Hosted, folder: Path, face: str, database: str) -> None:
        self._hosted = hosted
        self._stage = SwiftStage(
            Sandbox(hosted.base), folder, face, database, more={"STEWARD_PAYMENT_TOKEN": "walker"}
        )
        self._seen = 0
        self._worlds = 0
        self._stage.command("migrate")
        self._database = Database(database, durable=False)
        self._now = MONDAY

    def play(self, sheets: Iterable[Sheet]) -> None:
        """Plays all stories to their ends. When days pass, there are few estates yet that have mornings."""
        groups: dict[tuple[timedelta, ...], list[Player]] = defaultdict(list)
        for player in (player for sheet in sheets for player in sheet.players):
            groups[player.passes].append(player)
        self._set_clock(MONDAY)
        self._stage.start()
        try:
            for passes in sorted(groups, key=lambda one: sum(one, timedelta()), reverse=True):
                self._open_worlds(groups[passes])
                self._play_group(groups[passes])
        finally:
            self._stage.kill()
            self._database.close()

    def _open_worlds(self, players: Iterable[Player]) -> None:
        """A world for each; the bot sees that it is in their groups."""
        home = self._hosted.home
        waiting = list(players)
        while some := waiting[:AT_ONCE]:
            del waiting[:AT_ONCE]
            with self._database.write() as work:
                for player in some:
                    self._worlds += 1
                    make = partial(found, home, work, self._worlds, player.flow.setting, MONDAY)
                    player.phones = Phones(home, self._hosted.do(make), player.flow.hidden)
        self._settle()
        self._events()

    def _play_group(self, players: Sequence[Player]) -> None:
        """An act each a round; who comes to where time passes, waits for the others."""
        self._set_clock(MONDAY)
        while playing := [player for player in players if player.next is not None]:
            ready = [player for player in playing if not _next(player).passes]
            if not ready:
                (by,) = {_next(player).passes for player in playing}
                self._set_clock(self._now + by)
                ready = playing
            self._round(ready)

    def _round(self, players: Sequence[Player]) -> None:
        acts = [(player, _next(player)) for player in players]
        if any(act.what == RESTART for _, act in acts):
            self._stage.kill()
            self._stage.start()
        self._hosted.do(lambda: _perform(acts))
        self._settle()
        events = self._events()
        for player, act in acts:
            player.look(act, events)

    def _set_clock(self, now: datetime) -> None:
        """The bot's time is this, and stands still."""
        self._now = now
        file = self._stage.folder / "clock"
        draft = file.with_suffix(".new")
        draft.write_text(f"={now.timestamp()}")
        draft.replace(file)

    def _events(self) -> dict[int, list[Event]]:
        """What happened since this was last asked, chat by chat."""
        home = self._hosted.home
        found = self._hosted.do(lambda: home.events.after(self._seen))
        self._seen = found[-1].number if found else self._seen
        return by_chat(found)

    def _settle(self) -> None:
        """Waits until every update is confirmed, every tap answered, and every message delivered."""
        give_up = time.monotonic() + PATIENCE
        while not (self._hosted.do(self._taken_in) and self._idle()):
            assert time.monotonic() < give_up, f"{self._left()}\n{self._stage.log()[-6000:]}"
            time.sleep(0.01)
            if self._hosted.do(self._taken_in) and self._only_put_off():
                self._set_clock(self._now + A_MOMENT)

    def _only_put_off(self) -> bool:
        """Whether all that is left to be sent waits for its time, as the redraw of an album does."""
        with self._database.read() as work:
            return work.outbox.depth(BOT.id) > 0 and not work.outbox.waiting(BOT.id, self._now)

    def _idle(self) -> bool:
        """Whether nothing is left to be sent, and no timer is due."""
        with self._database.read() as work:
            return work.outbox.depth(BOT.id) == 0 and work.timers.overdue(self._now) == 0

    def _left(self) -> str:
        """What does not come to rest."""
        home = self._hosted.home
        taps = [tap for tap in home.world.taps.values() if not tap.answered]
        with self._database.read() as work:
            mail = work.outbox.waiting(BOT.id, self._now + timedelta(hours=1))[:5]
            late = work.timers.overdue(self._now)
        return (
            f"updates {home.line(BOT.id).mailbox.waiting()[:5]}, taps {taps[:5]}, timers {late}, mail {mail}"
        )

    def _taken_in(self) -> bool:
        home = self._hosted.home
        return not home.line(BOT.id).mailbox.waiting() and all(
            tap.answered for tap in home.world.taps.values()
        )


def _perform(acts: Iterable[tuple[Player, Act]]) -> None:
    """Who cannot do what comes next has come to the end of the story; the others go on."""
    for player, act in acts:
        try:
            if act.who:
                player.phones.perform(act)
        except AssertionError as error:
            player.trouble = f"{player.story.title}: {act.line}: {error}"


def _next(player: Player) -> Act:
    assert player.next is not None
    return player.next


def standing_still() -> datetime:
    """The sandbox's own time, which nobody sees: on a machine that is busy, too, no tap is too old."""
    return MONDAY
