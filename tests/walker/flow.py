"""What a flow needs to be walked: about ten lines each, in `tests/walker/flows/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.walker.acts import Act, does, read
from tests.walker.world import Setting

#: the situations that each flow is told in, and what each of them shows
SITUATIONS: Mapping[str, str] = {
    "happy_path": "the usual way, and every other way that leads on",
    "back": "back from each question, and on again",
    "change": "each line is changed before it is sent",
    "cancel": "called off at each question",
    "digression": "something else in between, and on again",
    "invalid_input": "what does not fit, at each question",
    "stale_button": "buttons of what is over",
    "double_tap": "every button is tapped twice",
    "restart": "Steward is restarted after every step",
    "blocked_bot": "the bot is blocked in the middle, and once it is sent",
}


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One conversation: who holds it, how it begins, what they say to what is asked."""

    name: str
    title: str
    who: str = "Lin"
    setting: Setting = field(default_factory=Setting)
    #: what leads up to it: other flows, played as usual, and lines of a transcript
    prelude: "Sequence[Flow | str]" = ()
    #: how it begins: `/repair`, `[💬 Ask]`, or words
    begins: str
    #: question, or its name before the slash → the usual answer: words, `(2 photos)`, `[a label]`
    says: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: the same → further ways to answer it, each of them a good one
    also: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    #: the same → what is said to it and does not fit
    wrong: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: lines of a transcript that follow once it is over
    epilogue: Sequence[str] = ()
    #: what differs from run to run: pattern → what is read instead
    hidden: Mapping[str, str] = field(default_factory=dict)
    #: why its worlds cannot stand side by side, if they cannot; over HTTP it is then not played again
    alone: str = ""
    #: another conversation that may be begun in between
    aside: str = "/language"
    #: the situations that it is told in
    situations: Sequence[str] = tuple(SITUATIONS)
    #: questions whose options are tried in another flow
    elsewhere: frozenset[str] = frozenset()

    @property
    def after(self) -> tuple[Act, ...]:
        """What follows it."""
        return tuple(line(one) for one in self.epilogue)

    @property
    def start(self) -> Act:
        """How it begins."""
        return does(self.who, self.begins)


def line(text: str) -> Act:
    """A line of a transcript; an error if it is none."""
    found = read(text)
    assert found is not None, text
    return found
