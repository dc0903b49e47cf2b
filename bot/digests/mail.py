"""The digest as mail: yesterday's figures to every manager, with buttons that open the lists."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.digests.words import digest_text, lists
from bot.mail import Letter
from bot.pages import list_button
from bot.scene import Scene, Tap, buttons
from desk.catalogue import catalogue
from desk.figures import Digest
from desk.records import Estate, Person, Role
from desk.statistics import digest
from dialogs.names import estate_name
from locales.text import Text, _

TITLES: dict[str, Text] = {
    "new": _("🆕 New"),
    "backlog": _("📂 Open"),
    "unclaimed": _("🙋 Unclaimed"),
    "late": _("⏰ Late"),
    "reviews": _("⚠️ Scores to look into"),
}


def send_digest(scene: Scene) -> None:
    """Yesterday's digest, to everybody who leads the estate."""
    leaders = scene.people_in(Role.MANAGER, Role.OWNER)
    if not leaders:
        return
    names = {kind.code: kind.names for kind in catalogue(scene.session, scene.estate.id).named}
    today = scene.now.astimezone(ZoneInfo(scene.estate.time_zone)).date()
    for person in leaders:
        hidden = [one.id for one in scene.session.requests.against(person.id)]
        figures = digest(scene.session, scene.estate, today - timedelta(days=1), hidden)
        called = scene.reader(person).plain(estate_name(scene.estate))
        told = replace(figures, names=names, estate=called)
        scene.send(person.telegram_id, letter(scene, person, told))


def letter(scene: Scene, person: Person, figures: Digest) -> Letter:
    """The digest for one reader: words, buttons, and what the picture is drawn from."""
    reader = scene.reader(person)
    return Letter(
        html=reader.html(digest_text(figures)),
        rows=buttons(reader, _rows(scene.estate, figures)),
        picture={
            "digest": figures.to_json(),
            "language": reader.language,
            "zone": scene.estate.time_zone,
        },
    )


def _rows(estate: Estate, figures: Digest) -> list[list[Tap]]:
    day, filled = figures.day.day, [name for name in lists(figures) if name in TITLES]
    taps = [list_button(TITLES[name], name, day, estate) for name in filled]
    return [taps[at : at + 2] for at in range(0, len(taps), 2)]
