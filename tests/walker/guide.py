"""Which way to go: the usual answer to a question, and all that can be done on its screen."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from dialogs.engine.screen import AGAIN, BACK, CANCEL, CHANGE, DONE, SKIP, STAY
from tests.walker.acts import Act, does
from tests.walker.flow import Flow
from tests.walker.stage import Asked

T = TypeVar("T")

#: buttons that lead back to what is known; each has a situation of its own
DETOURS = (AGAIN, STAY, BACK, CANCEL, CHANGE)


def tap(who: str, label: str) -> Act:
    """A tap on a button."""
    return Act(who, f"[{label}]")


def usual(flow: Flow, asked: Asked) -> tuple[Act, ...]:
    """What is answered to a question as a rule: what the flow says, else the first button that leads on."""
    said = looked_up(flow.says, asked)
    if said and not noted(asked):
        return tuple(does(flow.who, item) for item in said)
    best = _best(asked)
    assert best not in (BACK, CANCEL), f"the flow {flow.name} does not say what is answered to {asked}"
    return (tap(flow.who, asked.choices[best]),)


def otherwise(flow: Flow, asked: Asked) -> tuple[Act, ...]:
    """Another answer than the one that was given before, if there is one."""
    for items in looked_up(flow.also, asked):
        return tuple(does(flow.who, item) for item in items)
    for key in options(asked):
        if not asked.choices[key].startswith("✓") and key not in (DONE, SKIP):
            return (tap(flow.who, asked.choices[key]),)
    return usual(flow, asked)


def looked_up(table: Mapping[str, Sequence[T]], asked: Asked) -> Sequence[T]:
    """What a flow has for a question, by its name or by that before the slash."""
    none: Sequence[T] = ()
    return table.get(asked.question) or table.get(asked.stem) or none


def options(asked: Asked) -> list[str]:
    """The keys of all buttons that lead on."""
    return [key for key in asked.choices if key not in DETOURS and not key.startswith("=")]


def noted(asked: Asked) -> bool:
    """Whether something is said or ticked already, so that Done ends it; before, it says Skip."""
    return "✅" in asked.choices.get(DONE, "")


def _best(asked: Asked) -> str:
    return min(asked.choices, key=lambda key: _rank(asked, key))


def _rank(asked: Asked, key: str) -> int:
    """What is tried first: what leads on, and what was chosen before."""
    if key == DONE:
        return 0 if noted(asked) else 2
    if key in DETOURS or key.startswith(("-", "=")) or (noted(asked) and key.startswith("+")):
        return 4 if key in (BACK, CANCEL) else 3
    return 2 if key == SKIP else 0 if asked.choices[key].startswith("✓") else 1
