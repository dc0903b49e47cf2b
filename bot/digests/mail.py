"""The digest as mail: yesterday's figures to every manager, with buttons that open the lists."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot import layout
from bot.digests.words import digest_text, lists
from bot.mail import Letter
from bot.scene import Scene, Tap, buttons
from desk.figures import Digest
from desk.records import Person, Role
from desk.statistics import digest
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
    today = scene.now.astimezone(ZoneInfo(scene.estate.time_zone)).date()
    figures = digest(scene.session, scene.estate, today - timedelta(days=1))
    for person in leaders:
        scene.send(person.telegram_id, letter(scene, person, figures))


def letter(scene: Scene, person: Person, figures: Digest) -> Letter:
    """The digest for one reader: words, buttons, and what the picture is drawn from."""
    reader = scene.reader(person)
    return Letter(
        html=reader.html(digest_text(figures)),
        rows=buttons(reader, _rows(figures)),
        picture={
            "digest": figures.to_json(),
            "language": reader.language,
            "zone": scene.estate.time_zone,
        },
    )


def _rows(figures: Digest) -> list[list[Tap]]:
    day = figures.day.day.isoformat()
    taps = [layout.page(TITLES[name], name, day) for name in lists(figures) if name in TITLES]
    return [taps[at : at + 2] for at in range(0, len(taps), 2)]
