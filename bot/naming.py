"""How requests and colleagues are called, and how their words are repeated."""

from bot.scene import Scene
from desk.records import Person, Request
from dialogs.engine.screen import cut
from locales.text import EMPTY, Typed, Value, _, verbatim

#: how much of somebody's words a card shows
SHOWN = 700


def number(request: Request) -> str:
    """The number that people quote."""
    return f"R-{request.number}"


def badge(scene: Scene, person: Person) -> Value:
    """A worker as colleagues and residents know them: name and badge."""
    shown = next((post.badge for post in scene.posts(person) if post.badge), "")
    return _("{name}, badge {badge}", name=person.name, badge=shown) if shown else verbatim(person.name)


def quoted(words: str, most: int = SHOWN, language: str = "") -> Value:
    """Somebody's own words, as far as they fit into a message; `language` is what the person speaks."""
    return cut(Typed(words, language, quotation=True), most) if words else EMPTY


def speech(scene: Scene, person_id: int | None) -> str:
    """What somebody speaks; "" where it was nobody."""
    return "" if person_id is None else scene.reader(scene.session.people.get(person_id)).language
