"""What is simulated: on which face, mode and database, how much of it, and what came out."""

from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True, kw_only=True)
class Combination:
    """One way to run the product."""

    face: str
    mode: str
    database: str
    #: whether Telegram's flood limits are on, in the sandbox and in the bot
    floods: bool = False

    @property
    def name(self) -> str:
        """As the table shows it."""
        return f"{self.face}, {self.mode}, {self.database}{', flood limits' * self.floods}"


#: every way there is
ALL = tuple(
    Combination(face=face, mode=mode, database=database)
    for face, mode, database in product(("aiogram", "ptb"), ("polling", "webhook"), ("sqlite", "postgres"))
)


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is simulated."""

    conversations: int
    kills: int
    #: conversations that are held at the same time
    width: int = 30
    #: pairs of workers
    crews: int = 4
    #: whether each start is a new Python, as it is at the customer's, or a fork of one that is loaded already
    cold: bool = True

    @property
    def early(self) -> int:
        """The kills while requests come in; the others come while surveys do."""
        return self.kills - max(self.kills // 4, 1)


@dataclass(kw_only=True)
class Report:
    """What came out of one combination."""

    name: str
    seed: str
    conversations: int
    kills: int = 0
    moments: dict[str, int] = field(default_factory=dict)
    updates: int = 0
    confirmed: int = 0
    claimed: int = 0
    surveys: int = 0
    #: claims whose answer fell victim to a kill or to the weather, so that the worker tapped again
    silent: int = 0
    #: requests that were sent or confirmed and are not there
    lost: list[str] = field(default_factory=list)
    #: requests, claims, surveys that are there more than once, or messages repeated without a reason
    doubled: list[str] = field(default_factory=list)
    #: messages repeated because a kill hit before it was noted that they were sent
    repeated: int = 0
    #: messages repeated because Telegram's answer got lost
    resent: int = 0
    #: the most repeated messages that one kill left in one chat
    worst: int = 0
    #: who waited in vain, and what else is not as it has to be
    stuck: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    #: what was called for those who are stuck, to find out why
    traces: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether nothing was lost, nothing is there twice, and nobody waits in vain."""
        return not (self.lost or self.doubled or self.stuck or self.wrong)

    def explain(self) -> str:
        """All that went wrong, and how to do it again."""
        parts = {"lost": self.lost, "doubled": self.doubled, "stuck": self.stuck, "wrong": self.wrong}
        lines = [f"{kind}: {one}" for kind, found in parts.items() for one in found[:20]]
        return "\n".join([f"{self.name}: seed {self.seed}", *lines, *self.traces])
