"""The bots that are compared: ours on both faces, and each peer as its library's users would write it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
TOKEN: Final = "123456789:AAbenchbenchbenchbenchbenchbenchbench"


class Face(StrEnum):
    """Telegram's library under a bot."""

    AIOGRAM = "aiogram"
    PTB = "python-telegram-bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """One bot under test."""

    name: str
    title: str
    #: what `python -m` runs
    module: str
    scenario: str
    face: Face
    #: the stock bot on the same library, with conversations in memory
    peer: str
    environment: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    redis: bool = False

    @property
    def steps(self) -> int:
        """How many updates a conversation has."""
        return len(read_scenario(self.scenario))


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a scenario: who does what, and what the answer must contain."""

    kind: str
    sends: str
    expects: str


def read_scenario(name: str) -> list[Step]:
    """The steps of one of scenarios/*.txt."""
    lines = (HERE / "scenarios" / f"{name}.txt").read_text("utf-8").splitlines()
    spoken = (line for line in lines if line and not line.startswith("#"))
    return [Step(*(word.strip() for word in line.split("|"))) for line in spoken]


def _steward(face: Face, setting: str, synchronous: str) -> Bot:
    return Bot(
        name=f"steward-{setting}-{synchronous}",
        title=f"**Steward on {face}**, SQLite {synchronous.upper()}",
        module="bot",
        scenario="repair",
        face=face,
        peer=f"{setting}-memory",
        environment={"STEWARD_FACE": setting, "STEWARD_SYNCHRONOUS": synchronous},
        own=True,
    )


def _peer(name: str, title: str, module: str, face: Face, *, redis: bool = False) -> Bot:
    return Bot(
        name=name,
        title=title,
        module=f"benchmarks.peers.{module}",
        scenario="request",
        face=face,
        peer="ptb-memory" if face is Face.PTB else "aiogram-memory",
        redis=redis,
    )


BOTS: Final = (
    _steward(Face.AIOGRAM, "aiogram", "full"),
    _steward(Face.AIOGRAM, "aiogram", "normal"),
    _peer("aiogram-memory", "aiogram FSM, memory", "aiogram_fsm", Face.AIOGRAM),
    _peer("aiogram-redis", "aiogram FSM, Redis", "aiogram_fsm", Face.AIOGRAM, redis=True),
    _peer("dialog-memory", "aiogram_dialog, memory", "aiogram_dialogs", Face.AIOGRAM),
    _peer("dialog-redis", "aiogram_dialog, Redis", "aiogram_dialogs", Face.AIOGRAM, redis=True),
    _steward(Face.PTB, "ptb", "full"),
    _steward(Face.PTB, "ptb", "normal"),
    _peer("ptb-memory", "python-telegram-bot ConversationHandler, memory", "ptb_conversation", Face.PTB),
)
#: by name
NAMED: Final = {bot.name: bot for bot in BOTS}
#: those that the targets speak of
MAIN: Final = ("steward-aiogram-full", "aiogram-memory", "steward-ptb-full", "ptb-memory")


def own_settings(api: str, hook: str, secret: str = "bench") -> dict[str, str]:
    """Our settings under load. The driver has none of Telegram's limits, so ours are off."""
    return {
        "STEWARD_BOT_TOKEN": TOKEN,
        "STEWARD_TELEGRAM_API": api,
        "STEWARD_WEBHOOK_URL": hook,
        "STEWARD_WEBHOOK_SECRET": secret,
        "STEWARD_LIMITS": "none",
        "STEWARD_LOG": "json",
    }
