"""Every way through a flow: the usual one in full, and each other button that leads on, once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.walker.acts import Act, does
from tests.walker.flow import Flow
from tests.walker.guide import looked_up, options, tap, usual
from tests.walker.phones import Bubble
from tests.walker.stage import Asked
from tests.walker.tale import Story, Teller


def branches(flow: Flow) -> Sequence[Story]:
    """The usual way with what follows it, and then what branches off."""
    return _Branches(flow).all()


@dataclass
class _Branches:
    """A walk along every branch: deeper only where a question was not met before."""

    flow: Flow
    stories: list[Story] = field(default_factory=list)
    #: the script that the usual way is played in
    script: str = ""
    #: questions whose options have been tried
    met: set[str] = field(default_factory=set)
    #: (question without what it hangs on, the same of what follows) that were told
    told: set[tuple[str, str]] = field(default_factory=set)

    def all(self) -> list[Story]:
        """Every story, the usual one first."""
        teller = Teller(self.flow, "the usual way")
        forks: list[Teller] = []
        teller.begin()
        self.script = teller.script
        for _ in teller.steps():
            forks.append(teller.branch(""))
            teller.answer()
        teller.tell(*self.flow.after)
        self.stories.append(teller.story)
        while forks:
            forks += self._explored(forks.pop(0))
        return self.stories

    def _explored(self, here: Teller) -> list[Teller]:
        """Every way on from a question that was not met before; where each of them leads to."""
        asked = here.now()
        if asked.question in self.met or asked.stem in self.flow.elsewhere:
            return []
        self.met.add(asked.question)
        ways = self._ways(asked)
        following: dict[str, list[Teller]] = {}
        for way in ways:
            there = here.branch(f"“{_question(asked)}” otherwise")
            bubbles = there.tell(*way)
            following.setdefault(_after(there, bubbles), []).append(there)
        ways_on = [there for group in following.values() for there in group if there.asked is not None]
        forks = [there.branch("") for there in ways_on if not self._goes_over(there)]
        for after, group in following.items():
            self._tell(asked, after, group)
        return forks

    def _goes_over(self, there: Teller) -> bool:
        """Whether it has become another conversation, which is a flow of its own."""
        return there.script != self.script

    def _ways(self, asked: Asked) -> list[tuple[Act, ...]]:
        """All but the usual one."""
        who, as_usual = self.flow.who, usual(self.flow, asked)
        said = [tuple(does(who, item) for item in items) for items in looked_up(self.flow.also, asked)]
        taps = [(tap(who, asked.choices[key]),) for key in options(asked)]
        return [way for way in (*said, *taps) if way != as_usual]

    def _tell(self, asked: Asked, after: str, group: list[Teller]) -> None:
        """The first of several that lead to the same question is told to its end, the others are named."""
        if (asked.stem, after) in self.told:
            return
        self.told.add((asked.stem, after))
        first, *others = group
        rest = [entry_items(other) for other in others]
        if first.asked is not None and self._goes_over(first):
            first.remark("and on as in another conversation")
        elif first.asked is not None:
            first.to_the_end()
        if rest:
            first.remark(f"or {' · '.join(rest)}: on in the same way")
        self.stories.append(first.story)


def entry_items(teller: Teller) -> str:
    """The last thing done."""
    return teller.path[-1].item


def _question(asked: Asked) -> str:
    """How a question reads, in one line."""
    return asked.words.strip().splitlines()[0]


def _after(teller: Teller, bubbles: Sequence[Bubble]) -> str:
    """What follows: the next question, or at the end what everybody is told, as far as it is alike."""
    asked = teller.asked
    return asked.stem if asked is not None else "\n".join(f"{one.where}: {one.lines[0]}" for one in bubbles)
