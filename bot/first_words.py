"""Something written out of the blue: understood, and answered with as few questions as it leaves."""

from collections.abc import Mapping
from datetime import datetime

from bot import conversation, first_page, flows, pages, taps
from bot.scene import Scene
from desk.lifecycle import OPEN
from desk.records import Json, Person, Request, State
from dialogs import said
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Edited, Heard, Pictured, Words
from dialogs.names import estate_name
from dialogs.openings import Begins, Declines, Greets, Opening, Shows, opening
from dialogs.questions.describing import Describe
from dialogs.understanding.entities import entities
from dialogs.understanding.understand import understand
from locales.languages import languages
from locales.text import EMPTY, _

#: among how many of a person's requests the one that they ask for is looked for
MOST = 100


def learn() -> None:
    """Reads the words of all languages: some seconds of work, which the first message need not wait for."""
    for language in languages():
        understand("", language)
    entities("", datetime.fromisoformat("2026-01-01"))


def begin_with(scene: Scene, person: Person, heard: Heard) -> None:
    """Begins what the words ask for; pictures alone begin a report. What cannot be used is told first."""
    begun = Describe("problem", EMPTY, optional=False).hear(heard, Answers())
    if begun.notice != EMPTY:
        scene.tell(person, begun.notice)
    if isinstance(heard, Edited):
        return None
    if not begun.answers.drafts or not scene.view(person).homes():
        return pages.show_menu(scene, person)
    words = _words(heard)
    opens = _opening(scene, person, words, begun.answers.drafts["problem"]) if words else None
    if opens is None or (isinstance(heard, Pictured) and not isinstance(opens, Begins)):
        return taps.begin(scene, person, "repair", answers=begun.answers, heard=heard)
    return _open(scene, person, opens, words, heard)


def _words(heard: Heard) -> str:
    """What the person wrote themselves; what they forward is somebody else's."""
    match heard:
        case Words(text, author="") | Pictured(caption=text, author=""):
            return text.strip()
        case _:
            return ""


def _opening(scene: Scene, person: Person, words: str, told: Json) -> Opening:
    return opening(
        understand(words, person.language or person.telegram_language),
        told,
        words,
        _open_requests(scene, person),
    )


def _open_requests(scene: Scene, person: Person) -> tuple[Request, ...]:
    found = scene.session.requests.of_resident(person.id, MOST)
    return tuple(one for one in found if one.state in OPEN or one.state is State.DONE)


def _open(scene: Scene, person: Person, opening: Opening, words: str, heard: Heard) -> None:
    match opening:
        case Begins(script, answers):
            message = heard.message if isinstance(heard, Words | Pictured) else 0
            subject: Mapping[str, Json] = said.subject(words, scene.now, message)
            return conversation.begin(scene, person, script, subject, answers, heard)
        case Shows(page, about):
            return flows.PAGES[page](scene, person, about)
        case Greets():
            hello = _("👋 Hello! Tell me in your own words what you need; nothing is sent unseen.")
            return first_page.show(scene, person, hello)
        case Declines():
            sorry = _(
                "I only know about {estate}. Tell me what you need here, or tap a button:",
                estate=estate_name(scene.estate),
            )
            return first_page.show(scene, person, sorry)
