"""How requests and colleagues are called, and how their words are repeated."""

from bot.scene import Scene
from desk.records import Person, Request
from dialogs.engine.screen import cut
from locales.text import EMPTY, Value, _, verbatim

#: how much of somebody's words a card shows
SHOWN = 700


def number(request: Request) -> str:
    """The number that people quote."""
    return f"R-{request.number}"


def badge(scene: Scene, person: Person) -> Value:
    """A worker as colleagues and residents know them: name and badge."""
    shown = next((post.badge for post in scene.posts(person) if post.badge), "")
    return _("{name}, badge {badge}", name=person.name, badge=shown) if shown else verbatim(person.name)


def quoted(words: str, most: int = SHOWN) -> Value:
    """Somebody's own words, as far as they fit into a message."""
    return _("<blockquote>{words}</blockquote>", words=cut(words, most)) if words else EMPTY
