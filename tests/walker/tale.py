"""A story as it is told: what was done, and what everybody saw of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot import layout
from tests.walker.acts import Act
from tests.walker.flow import Flow, line
from tests.walker.guide import usual
from tests.walker.phones import Bubble
from tests.walker.stage import Asked, Stage

#: acts within which every story comes to its end
PATIENCE = 80


@dataclass(frozen=True)
class Silent:
    """Acts that are only named: what they lead to was told before."""

    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Told:
    """An act, and what everybody saw after it."""

    act: Act
    bubbles: tuple[Bubble, ...] = ()


@dataclass(frozen=True)
class Aside:
    """A remark."""

    words: str


Entry = Silent | Told | Aside


@dataclass
class Story:
    """One way through a flow, in a world of its own."""

    title: str
    #: what was done before it begins
    before: tuple[Act, ...] = ()
    entries: list[Entry] = field(default_factory=list)

    @property
    def acts(self) -> list[Act]:
        """Everything that is done in it."""
        found: list[Act] = []
        for entry in self.entries:
            found += (
                entry.acts if isinstance(entry, Silent) else [entry.act] if isinstance(entry, Told) else []
            )
        return found


class Teller:
    """Plays a story on a stage, and tells it."""

    def __init__(self, flow: Flow, title: str = "", stage: Stage | None = None) -> None:
        self.flow = flow
        self.stage = stage or opened(flow)
        self.story = Story(title, self.stage.before)
        #: everything done so far, also before this story branched off
        self.path: tuple[Act, ...] = ()
        self._run = ""

    def branch(self, title: str) -> "Teller":
        """Another story that begins like this one."""
        twin = Teller(self.flow, title, self.stage.fork())
        twin.path, twin._run = self.path, self._run
        if self.path:
            twin.story.entries.append(Silent(self.path))
        return twin

    # ── doing ──

    def tell(self, *acts: Act) -> list[Bubble]:
        """Does each, and tells what was seen after it; what was seen at last."""
        bubbles: list[Bubble] = []
        for act in acts:
            bubbles = self.stage.act([act])
            self.story.entries.append(Told(act, tuple(bubbles)))
            self.path += (act,)
        return bubbles

    def name(self, *acts: Act) -> None:
        """Does each, and only names it."""
        self.stage.act(acts)
        if acts and self.story.entries and isinstance(last := self.story.entries[-1], Silent):
            self.story.entries[-1] = Silent((*last.acts, *acts))
        elif acts:
            self.story.entries.append(Silent(acts))
        self.path += acts

    def remark(self, words: str) -> None:
        """Says something about it."""
        self.story.entries.append(Aside(words))

    # ── the usual way ──

    @property
    def asked(self) -> Asked | None:
        """The question of this conversation that is open; None once it is over."""
        asked = self.stage.asked(self.flow.who)
        if asked is not None and not self._run:
            self._run = asked.run
        return asked if asked is not None and asked.run == self._run else None

    def begin(self) -> None:
        """The conversation begins."""
        self.tell(self.flow.start)

    def answer(self) -> None:
        """The question that is open is answered as usual, until another one is."""
        asked = self.now()
        for _ in range(PATIENCE):
            self.tell(*usual(self.flow, self.now()))
            if self.asked is None or self.asked.question != asked.question:
                return
        raise AssertionError(f"no end of {asked}")

    def answers(self) -> tuple[Act, ...]:
        """The same without telling: the acts that it takes from here."""
        trial = self.branch("")
        before = len(trial.path)
        trial.answer()
        return trial.path[before:]

    def to_the_end(self) -> None:
        """On as usual: named, but for the last act, which is told with what comes of it."""
        trial = self.branch("")
        for _ in range(PATIENCE):
            if trial.asked is None:
                break
            trial.answer()
        assert trial.asked is None, f"no end after {trial.path}"
        onwards = trial.path[len(self.path) :]
        self.name(*onwards[:-1])
        self.tell(*onwards[-1:])

    @property
    def script(self) -> str:
        """The script that is being talked in; it may hand over to another one."""
        asked = self.asked
        run = asked and self.stage.desk.write(lambda work: work.runs.get(asked.run))
        return run.script if run else ""

    def forget(self) -> None:
        """The conversation is over; the next one may begin."""
        self._run = ""

    def labels(self) -> list[str]:
        """What can be tapped in the actor's private chat, the newest message first."""
        chat = self.stage.world.people[self.flow.who]
        rows = [row for message in reversed(self.stage.phones.shown(chat)) for row in message["buttons"]]
        return [self.stage.phones.plain(button["label"]) for row in rows for button in row]

    def stale(self, question: str) -> str:
        """The label of a button of that question that is not to be seen any more; "" if there is none."""

        def belongs(data: str) -> bool:
            found = layout.read(data)
            return isinstance(found, layout.InRun) and found.tapped.question == question

        return self.stage.phones.stale(self.stage.world.people[self.flow.who], belongs)

    def now(self) -> Asked:
        """The question that is open; there has to be one."""
        asked = self.asked
        assert asked is not None, f"the conversation is over after {[act.line for act in self.path]}"
        return asked

    def steps(self) -> Iterable[Asked]:
        """The usual way, question by question: each has to be answered before the next is asked for."""
        for _ in range(PATIENCE):
            asked = self.asked
            if asked is None:
                return
            yield asked
        raise AssertionError(f"no end after {[act.line for act in self.path]}")


#: stages on which all has happened that leads up to a flow, by its name
_OPENED: dict[str, Stage] = {}


def opened(flow: Flow) -> Stage:
    """A stage of one's own on which all has happened that leads up to a flow."""
    if flow.name not in _OPENED:
        _OPENED[flow.name] = _led_up_to(flow)
    return _OPENED[flow.name].fork()


def _led_up_to(flow: Flow) -> Stage:
    stage = Stage(flow)
    for one in flow.prelude:
        if isinstance(one, Flow):
            before = Teller(one, stage=stage)
            before.begin()
            for _ in before.steps():
                before.answer()
            stage.before += before.path
        else:
            stage.act([line(one)])
            stage.before += (line(one),)
    return stage
