"""One story being played in this process: somebody acts, the desk reacts, everybody looks at their phones."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field

from bot import layout
from dialogs.engine.runs import RunState
from tests.walker.acts import RESTART, Act
from tests.walker.desk import Desk
from tests.walker.flow import Flow
from tests.walker.phones import Bubble, Phones
from tests.walker.world import World, found

#: the question of a script that has failed
TROUBLE = "~trouble"


@dataclass(frozen=True)
class Asked:
    """The question that somebody is asked now, and the buttons under it: key → label."""

    run: str
    question: str
    choices: dict[str, str]
    words: str

    @property
    def stem(self) -> str:
        """The question's name without what it hangs on."""
        return self.question.rpartition("/")[0] or self.question

    @property
    def takes_words(self) -> bool:
        """Whether anything said is an answer: no button but those that every question has, or Done."""
        return all(key.startswith("~") for key in self.choices)


@dataclass
class Stage:
    """One world, its desk, and what was seen of it so far."""

    flow: Flow
    desk: Desk = field(default_factory=Desk)
    world: World = field(init=False)
    phones: Phones = field(init=False)
    #: what was done before the story begins
    before: tuple[Act, ...] = ()
    _seen: int = 0

    def __post_init__(self) -> None:
        self.world = self.desk.write(
            lambda work: found(self.desk.home, work, 1, self.flow.setting, self.desk.now)
        )
        self.phones = Phones(self.desk.home, self.world, self.flow.hidden)
        self.desk.take_in()
        self.look()

    def fork(self) -> "Stage":
        """The same moment once more."""
        twin = copy(self)
        twin.desk = self.desk.fork()
        twin.phones = self.phones.fork(twin.desk.home)
        return twin

    def act(self, acts: Iterable[Act]) -> list[Bubble]:
        """Several acts, one after the other; what is seen after the last."""
        bubbles: list[Bubble] = []
        for act in acts:
            bubbles = self._one(act)
        return bubbles

    def _one(self, act: Act) -> list[Bubble]:
        if act.passes:
            self.desk.later(act.passes)
        elif act.who:
            self.phones.perform(act)
            self.desk.take_in()
        else:
            assert act.what == RESTART, act
        seen = self.look(act.who)
        assert not self.desk.refused, self.desk.refused
        return seen

    def look(self, first: str = "") -> list[Bubble]:
        """What has changed on everybody's phones."""
        events = self.desk.home.events.after(self._seen)
        self._seen = self.desk.home.events.last
        return self.phones.look(events, first)

    def asked(self, who: str) -> Asked | None:
        """The question that somebody has open; raises if a script failed them."""
        for message in reversed(self.phones.shown(self.world.people[who])):
            asked = _read(message["buttons"], message.get("text") or "", self.phones)
            if asked is not None and self._under_way(asked.run):
                assert asked.question != TROUBLE, f"a script failed: {asked}"
                return asked
        return None

    def _under_way(self, number: str) -> bool:
        run = self.desk.write(lambda work: work.runs.get(number))
        return run is not None and run.state is not RunState.ENDED


def _read(rows: list[list[dict[str, str]]], words: str, phones: Phones) -> Asked | None:
    choices: dict[str, str] = {}
    where = ("", "")
    for button in (button for row in rows for button in row):
        data = layout.read(button.get("data", ""))
        if isinstance(data, layout.InRun):
            where = data.run, data.tapped.question
            choices[data.tapped.key] = phones.plain(button["label"])
    return Asked(*where, choices, phones.plain(words)) if choices else None
