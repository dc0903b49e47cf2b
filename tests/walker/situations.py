"""The situations that every flow is told in, derived from the flow alone."""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle

from dialogs.engine.screen import AGAIN, BACK, CANCEL, CHANGE
from tests.walker.acts import BLOCKS, OLD, OPENS, RESTART, TWICE, Act
from tests.walker.branches import branches
from tests.walker.flow import Flow
from tests.walker.guide import looked_up, otherwise, tap, usual
from tests.walker.stage import Asked
from tests.walker.tale import Story, Teller
from tests.walker.world import STAFF

#: what is done in between, one after the other
DIGRESSIONS = ("/help", "/requests", "/nonsense")
#: what no question can use
STRAYS = ("(sticker)", "(video of 25 MB)", "(somebody's contact)")
NONSENSE = "qwerty"


def back(flow: Flow) -> Sequence[Story]:
    """From each question back to the one before, which is answered again; what was noted is cleared."""
    teller = Teller(flow, "back from each question, and on again")
    teller.begin()
    happened = False
    for asked in teller.steps():
        if BACK in asked.choices:
            happened = True
            teller.tell(tap(flow.who, asked.choices[BACK]))
            while teller.now().question != asked.question:
                teller.answer()
        happened = _say_and_clear(teller) or happened
        teller.answer()
    return [teller.story] if happened else []


def _say_and_clear(teller: Teller) -> bool:
    """What was said is cleared, to be said again; whether there is anything to be cleared."""
    clear = _says(teller)
    if clear is not None:
        teller.tell(*usual(teller.flow, teller.now()), clear)
    return clear is not None


def _says(teller: Teller) -> Act | None:
    """The tap that clears what is said to this question, if something is said and can be cleared."""
    question = teller.now().question
    trial = teller.branch("")
    trial.tell(*usual(teller.flow, trial.now()))
    asked = trial.asked
    if asked is None or asked.question != question or AGAIN not in asked.choices:
        return None
    return tap(teller.flow.who, asked.choices[AGAIN])


def change(flow: Flow) -> Sequence[Story]:
    """Each line of what is read back is changed; where nothing is, the last question but one is."""
    teller = Teller(flow, "each line is changed before it is sent")
    teller.name(flow.start)
    for asked in teller.steps():
        if CHANGE in asked.choices:
            _change_lines(teller)
            teller.to_the_end()
            return [teller.story]
        teller.name(*teller.answers())
    return _change_mind(flow)


def _change_lines(teller: Teller) -> None:
    review = teller.now()
    changed: set[str] = set()
    while lines := {key: label for key, label in _lines(teller).items() if key not in changed}:
        key, label = next(iter(lines.items()))
        changed.add(key)
        teller.tell(tap(teller.flow.who, review.choices[CHANGE]), tap(teller.flow.who, label))
        teller.tell(*otherwise(teller.flow, teller.now()))
        while teller.now().question != review.question:
            teller.answer()


def _lines(teller: Teller) -> dict[str, str]:
    """The lines that can be changed now: one that was changed may bring or take away others."""
    trial = teller.branch("")
    trial.tell(tap(teller.flow.who, trial.now().choices[CHANGE]))
    return {key: label for key, label in trial.now().choices.items() if key.startswith("=")}


def _change_mind(flow: Flow) -> Sequence[Story]:
    """Another answer to the last question: by Back, by Clear, or by beginning anew."""
    teller = Teller(flow, "another answer before it is sent")
    teller.name(flow.start)
    asked = _to_the_last(teller)
    clear = _says(teller)
    if BACK in asked.choices:
        teller.tell(tap(flow.who, asked.choices[BACK]))
    elif clear is not None:
        teller.tell(*usual(flow, asked), clear)
    elif CANCEL not in asked.choices:
        return []
    else:
        teller.tell(tap(flow.who, asked.choices[CANCEL]))
        teller.forget()
        teller.tell(flow.start)
    teller.tell(*otherwise(flow, teller.now()))
    teller.to_the_end()
    return [teller.story]


def _to_the_last(teller: Teller) -> Asked:
    """Goes on to the last question."""
    for _ in _questions(teller.flow)[1:]:
        teller.name(*teller.answers())
    return teller.now()


def cancel(flow: Flow) -> Sequence[Story]:
    """Called off at each question, one after the other, and by the command."""
    teller = Teller(flow, "called off at each question")
    for number in range(len(_questions(flow))):
        _there(teller, number)
        if (label := teller.now().choices.get(CANCEL)) is not None:
            teller.tell(tap(flow.who, label))
    _there(teller, 0)
    teller.tell(Act(flow.who, "/cancel"), Act(flow.who, "/cancel"))
    return [teller.story]


def _there(teller: Teller, number: int) -> None:
    """Begins anew, and goes on to a question by its number."""
    teller.forget()
    if teller.path:
        teller.name(teller.flow.start)
    else:
        teller.begin()
    for _ in range(number):
        teller.name(*teller.answers())


def _questions(flow: Flow) -> list[str]:
    """The questions of the usual way."""
    teller = Teller(flow)
    teller.begin()
    found: list[str] = []
    for asked in teller.steps():
        found.append(asked.question)
        teller.answer()
    return found


def digression(flow: Flow) -> Sequence[Story]:
    """A command at each question, and in the middle another conversation."""
    teller = Teller(flow, "something else in between, and on again")
    middle = len(_questions(flow)) // 2
    between = cycle(DIGRESSIONS)
    teller.begin()
    for number, asked in enumerate(teller.steps()):
        if number == middle:
            _another(teller)
        else:
            teller.tell(Act(flow.who, next(between)))
        assert teller.now().question == asked.question, asked
        teller.answer()
    return [teller.story]


#: how the bot offers to go on with what was set aside
GO_ON = ("▶️ Continue", "▶️ 继续")


def _another(teller: Teller) -> None:
    """Another conversation is begun, and called off; this one is offered again, and goes on."""
    who = teller.flow.who
    teller.tell(Act(who, teller.flow.aside))
    other = teller.stage.asked(who)
    assert other is not None, f"{teller.flow.aside} begins nothing"
    assert teller.asked is None, f"{teller.flow.aside} is no other conversation"
    teller.tell(tap(who, other.choices[CANCEL]))
    offer = next((label for label in teller.labels() if label in GO_ON), None)
    if offer is not None:  # an emergency comes back by itself
        teller.tell(tap(who, offer))


def invalid_input(flow: Flow) -> Sequence[Story]:
    """At each question what does not fit it, and then what does."""
    teller = Teller(flow, "what does not fit, at each question")
    strays = cycle(STRAYS)
    teller.begin()
    for asked in teller.steps():
        wrong = [*looked_up(flow.wrong, asked), next(strays)]
        ways = len(looked_up(flow.says, asked)) + len(looked_up(flow.also, asked))
        words = [] if ways or asked.takes_words else [NONSENSE]
        for item in [*wrong, *words]:
            teller.tell(Act(flow.who, item))
            assert teller.now().question == asked.question, f"{item} was taken for an answer to {asked}"
        teller.answer()
    return [teller.story]


def stale_button(flow: Flow) -> Sequence[Story]:
    """At each question a button of the one before; at the end one of a conversation that is over."""
    teller = Teller(flow, "buttons of what is over")
    teller.begin()
    before = ""
    for asked in teller.steps():
        if old := teller.stale(before):
            teller.tell(Act(flow.who, f"[{old}]", OLD))
            assert teller.now().question == asked.question, asked
        teller.answer()
        before = asked.question
    teller.tell(Act(flow.who, f"[{teller.stale(before)}]", OLD))
    return [teller.story]


def double_tap(flow: Flow) -> Sequence[Story]:
    """Every button twice within a moment."""
    teller = Teller(flow, "every button is tapped twice")
    teller.tell(_twice(flow.start))
    for asked in teller.steps():
        while (now := teller.asked) is not None and now.question == asked.question:
            teller.tell(*map(_twice, usual(flow, now)))
    return [teller.story]


def _twice(act: Act) -> Act:
    return Act(act.who, act.what, TWICE) if act.label and not act.how else act


def restart(flow: Flow) -> Sequence[Story]:
    """Steward is stopped and started again after each step, and goes on from what it has kept."""
    teller = Teller(flow, "Steward is restarted after every step")
    again = Act("", RESTART)
    teller.begin()
    teller.tell(again)
    for asked in teller.steps():
        while (now := teller.asked) is not None and now.question == asked.question:
            for act in usual(flow, now):
                teller.tell(act, again)
    teller.tell(*flow.after)
    return [teller.story]


def blocked_bot(flow: Flow) -> Sequence[Story]:
    """Blocked in the middle, and blocked once it is sent; opened again, it shows where we are."""
    teller = Teller(flow, "the bot is blocked in the middle, and once it is sent")
    stop, go = Act(flow.who, BLOCKS), Act(flow.who, OPENS)
    teller.name(flow.start)
    for _ in range(len(_questions(flow)) // 2):
        teller.name(*teller.answers())
    asked = teller.now()
    teller.tell(stop, go)
    assert teller.now().question == asked.question, asked
    teller.to_the_end()
    teller.tell(stop, *(act for act in flow.after if act.who != flow.who), go)
    teller.tell(Act(flow.who, "/jobs" if flow.who in STAFF else "/requests"))
    return [teller.story]


TELL: Mapping[str, Callable[[Flow], Sequence[Story]]] = {
    "happy_path": branches,
    "back": back,
    "change": change,
    "cancel": cancel,
    "digression": digression,
    "invalid_input": invalid_input,
    "stale_button": stale_button,
    "double_tap": double_tap,
    "restart": restart,
    "blocked_bot": blocked_bot,
}
