"""A transcript on paper: stories written down for people, and read back to be played again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tests.walker.acts import Act, apart, read, together
from tests.walker.flow import SITUATIONS, Flow
from tests.walker.phones import Bubble
from tests.walker.tale import Aside, Entry, Silent, Story, Told

_HEAD: Final = re.compile(r"── \d+: (.+) ──")
_BEFORE: Final = "# Before: "
_SILENT: Final = "… "
#: a message this long is not written twice
LONG: Final = 4
#: the same in many lines: only what is new in it is written
ALIKE: Final = 0.5


def written(flow: Flow, situation: str, stories: Iterable[Story]) -> str:
    """One file: what it shows, and its stories."""
    stories = list(stories)
    head = [f"# {flow.title}: {SITUATIONS[situation]}."]
    head += [_BEFORE + together(stories[0].before, flow.who)] if stories[0].before else []
    ink = _Ink(flow)
    parts = [ink.story(number, story) for number, story in enumerate(stories, start=1)]
    return "\n\n".join(["\n".join(head), *parts]) + "\n"


def parsed(text: str, flow: Flow) -> list[Story]:
    """The stories of a file, as far as they have to be played; what was seen is to be seen again."""
    stories: list[Story] = []
    before: tuple[Act, ...] = ()
    for line in text.splitlines():
        if found := _HEAD.fullmatch(line):
            stories.append(Story(found[1], before))
        elif line.startswith(_BEFORE):
            before = apart(line.removeprefix(_BEFORE), flow.who)
        elif stories and line and not line.startswith((" ", "#")):
            stories[-1].entries.append(_entry(line, flow))
    return stories


def _entry(line: str, flow: Flow) -> Entry:
    if line.startswith(_SILENT):
        return Silent(apart(line.removeprefix(_SILENT), flow.who))
    act = read(line) if not line.startswith("or ") else None
    return Told(act) if act else Aside(line)


@dataclass
class _Ink:
    """What has been written in a file so far, so that nothing long is written twice."""

    flow: Flow
    _whole: set[Bubble] = field(default_factory=set)
    _lines: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def story(self, number: int, story: Story) -> str:
        lines = [f"── {number}: {story.title} ──"]
        for entry in story.entries:
            lines += self._entry(entry)
        return "\n".join(lines)

    def _entry(self, entry: Entry) -> list[str]:
        match entry:
            case Silent(acts):
                return [_SILENT + together(acts, self.flow.who)]
            case Aside(words):
                return [words]
            case Told(act, bubbles):
                seen = _together(bubbles, self.flow.who)
                return [act.line, *(line for bubble in seen for line in self._bubble(bubble))]

    def _bubble(self, bubble: Bubble) -> list[str]:
        whom = "" if bubble.where == self.flow.who else f" → {bubble.where}"
        how = f" ({bubble.how})" if bubble.how else ""
        first, *rest = self._news(bubble)
        return [f"  Steward{whom}{how}: {first}", *(f"    {line}".rstrip() for line in rest)]

    def _known_tail(self, bubble: Bubble) -> int | None:
        """Where a remark ends and a question begins that stands above already."""
        for at, line in enumerate(bubble.lines[:-LONG], start=1):
            if not line and Bubble(bubble.where, "", bubble.lines[at:]) in self._whole:
                return at
        return None

    def _news(self, bubble: Bubble) -> Sequence[str]:
        """The lines of it, without what stands above already."""
        same = Bubble(bubble.where, "", bubble.lines)
        known = self._lines.setdefault((bubble.where, bubble.lines[0]), set())
        before, repeated = set(known), same in self._whole
        self._whole.add(same)
        known.update(bubble.lines)
        if len(bubble.lines) < LONG:
            return bubble.lines
        if repeated:
            return [f"{bubble.lines[0]} … (as above)"]
        if (tail := self._known_tail(bubble)) is not None:
            return [*bubble.lines[:tail], f"{bubble.lines[tail]} … (as above)"]
        fresh = [line for line in bubble.lines if line not in before]
        if fresh and len(fresh) <= ALIKE * len(bubble.lines):
            return _short(bubble.lines, before)
        return bubble.lines


def _together(bubbles: Iterable[Bubble], who: str) -> list[Bubble]:
    """What several people see alike, as one; the actor's own stays alone."""
    found: dict[tuple[object, ...], Bubble] = {}
    for bubble in bubbles:
        key = (bubble.how, bubble.lines, bubble.where == who, bubble.how == "in passing")
        if key in found and bubble.where != who and bubble.where not in found[key].where.split(", "):
            found[key] = replace(bubble, where=f"{found[key].where}, {bubble.where}")
        else:
            found[(*key, len(found)) if key in found else key] = bubble
    return list(found.values())


def _short(lines: Sequence[str], known: set[str]) -> list[str]:
    """The first line and the new ones; what is left out between them is marked."""
    found = [lines[0]]
    for line in lines[1:]:
        if line not in known:
            found.append(line)
        elif found[-1] != "…":
            found.append("…")
    return found
