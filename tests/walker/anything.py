"""Things that somebody may do, picked by numbers: so that any list of numbers is a day at Sunny Court."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot import flows, taps
from dialogs import commands
from dialogs.scripts import SCRIPTS
from sandbox import acts as telegram
from sandbox.errors import Problem
from sandbox.records import Json, Place
from tests.walker.acts import BLOCKS, OPENS, Act
from tests.walker.stage import Stage
from tests.walker.world import BOT

THINGS: Final = (
    "(photo)", "(3 photos)", "(photo: look)", "(voice)", "(video)", "(video of 25 MB)", "(document)",
    "(file fees.csv)", "(file wrong.csv)", "(sticker)", "(location)", "(contact)",
    "(somebody's contact)", "(10000 characters)",
)  # fmt: skip
#: what people say whom the bot is to understand, and whom it should not
SAYINGS: Final = (
    "The kitchen tap is leaking", "I smell gas!", "电梯困人了", "hello", "complain about noise", "thank you",
    "粤B12345", "138 0013 8000", "tomorrow 3 pm", "99999999999999999999", "-1", "0", "1-1-101", "30.02.2037",
    "<b>bold</b> & <script>", "</blockquote><a href='tg://user?id=1'>x</a>", "{name} {0} %s",
    "\u202eRTL\u202c",
    "مرحبا كيف حالك", "\u200b\u200d\ufe0f", "a\x01b\x7f\x85c", "👩‍👩‍👧‍👦" * 50,
    "@steward_bot", "https://example.com/?a=1&b=2",
    "zero" + "\u0336" * 300, "x" * 4096, "\n" * 50 + "end",
)  # fmt: skip
ABOUT: Final = (
    "", "0", "1", "2", "7", "-1", "99999999999999999999", "2037-03-02/1", "2037-13-99/1", "x/1", "plumbing",
    "1/2", "1.2", "request", "continue", "drop", "over", "~send", "~cancel", "claim", "5", "6",
)  # fmt: skip
#: what buttons are named after, whoever may use them
NAMES: Final = tuple(
    dict.fromkeys(
        [*SCRIPTS, *flows.PAGES, *flows.ACTS, *flows.BEGINS, *flows.LINKS, *taps.ORDERS, *taps.ABOUT, *ABOUT]
    )
)
STARTS: Final = (
    "",
    "slip",
    "setup",
    *(f"{prefix}{rest}" for prefix in flows.LINKS for rest in ("", "1", "1-2")),
)
TYPED: Final = (*(command.name for command in commands.COMMANDS), *commands.ALIASES, "nonsense")


@dataclass(frozen=True)
class Move:
    """One thing that is done: `how` says of which kind, the numbers pick who and what."""

    how: str
    who: int
    what: int
    more: int = 0
    words: str = ""

    def make(self, stage: Stage) -> None:
        """Does it, if Telegram's apps would let anybody do it."""
        names = list(stage.world.people)
        who = names[self.who % len(names)]
        try:
            getattr(self, self.how)(stage, who)
        except Problem:  # a chat that is blocked, an empty message, a group that somebody is not in
            return
        stage.desk.take_in()

    # ── the kinds ──

    def answers(self, stage: Stage, who: str) -> None:
        """A button of the question that is open."""
        asked = stage.asked(who)
        if asked is not None:
            self._tap(
                stage,
                who,
                stage.world.people[who],
                [f"{asked.run}:{asked.question}:{key}" for key in asked.choices],
            )

    def taps(self, stage: Stage, who: str) -> None:
        """A button that is to be seen in somebody's private chat."""
        self._tap(stage, who, stage.world.people[who], _offered(stage, stage.world.people[who]))

    def taps_in_group(self, stage: Stage, who: str) -> None:
        """A button that is to be seen in the staff group."""
        self._tap(stage, who, stage.world.group, _offered(stage, stage.world.group))

    def taps_anothers(self, stage: Stage, who: str) -> None:
        """A button that was ever shown to anybody."""
        data = [one for chat in sorted(stage.world.chats) for one in stage.phones.ever(chat)]
        self._tap(stage, who, stage.world.people[who], data)

    def forges(self, stage: Stage, who: str) -> None:
        """Data that nobody has offered: of the usual form, or any."""
        letter = "rvpskfx"[self.what % 7]
        made = f"{letter}:{NAMES[self.more % len(NAMES)]}:{NAMES[self.what % len(NAMES)]}"
        turned = f"{letter}:{NAMES[self.what % len(NAMES)]}:{NAMES[self.more % len(NAMES)]}"
        self._tap(stage, who, stage.world.people[who], [made, turned, self.words or "x"])

    def says(self, stage: Stage, who: str) -> None:
        """Words that somebody might say."""
        stage.phones.perform(Act(who, SAYINGS[self.what % len(SAYINGS)]))

    def babbles(self, stage: Stage, who: str) -> None:
        """Any words at all."""
        telegram.say(
            stage.desk.home,
            Place(stage.world.people[who], BOT.id),
            stage.world.people[who],
            self.words or "…",
        )

    def commands(self, stage: Stage, who: str) -> None:
        """A command, in private or in the group."""
        place = Place(stage.world.group) if self.more % 5 == 0 else Place(stage.world.people[who], BOT.id)
        start = f"start {STARTS[self.more % len(STARTS)]}"
        typed = (*TYPED, start, start, f"{TYPED[self.more % len(TYPED)]} {self.words}")
        telegram.say(
            stage.desk.home, place, stage.world.people[who], f"/{typed[self.what % len(typed)]}".strip()
        )

    def sends(self, stage: Stage, who: str) -> None:
        """Something that is no words."""
        stage.phones.perform(Act(who, THINGS[self.what % len(THINGS)]))

    def stops(self, stage: Stage, who: str) -> None:
        """Blocks the bot."""
        stage.phones.perform(Act(who, BLOCKS))

    def opens(self, stage: Stage, who: str) -> None:
        """Opens it, blocked or not."""
        stage.phones.perform(Act(who, OPENS))

    def waits(self, stage: Stage, who: str) -> None:
        """Time passes: minutes, hours, or days."""
        stage.desk.later(timedelta(minutes=(5, 45, 200, 1500, 6000)[self.what % 5]))

    def _tap(self, stage: Stage, who: str, chat: int, data: Sequence[str]) -> None:
        place = Place(chat) if chat == stage.world.group else Place(chat, BOT.id)
        shown = [one["message_id"] for one in stage.phones.shown(chat) if one["from"]["is_bot"]]
        if data and shown:
            picked = data[self.what % len(data)]
            telegram.tap(stage.desk.home, place, stage.world.people[who], shown[-1], picked)


KINDS: Final = tuple(
    kind.__name__
    for kind, often in (
        (Move.answers, 6),
        (Move.taps, 4),
        (Move.says, 3),
        (Move.commands, 3),
        (Move.taps_in_group, 2),
        (Move.taps_anothers, 2),
        (Move.forges, 2),
        (Move.babbles, 1),
        (Move.sends, 2),
        (Move.stops, 1),
        (Move.opens, 1),
        (Move.waits, 1),
    )
    for _ in range(often)
)


def _offered(stage: Stage, chat: int) -> list[str]:
    rows: list[list[Json]] = [row for message in stage.phones.shown(chat)[-6:] for row in message["buttons"]]
    return [button["data"] for row in rows for button in row if "data" in button]
