"""Four languages over one repair, over HTTP: a Russian resident, an English staff group, a Chinese worker, an
Arab manager. All read their own, and what the others typed as it was typed, with the name of its language."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from locales.text import Text
from locales.words import words
from sandbox.client import Group, Message, Person, Sandbox
from sandbox.running import running
from tests.reading import from_the_right, only_in
from tests.story.nursery import SwiftStage
from tests.story.stage import ESTATE

PROBLEM, QUESTION, ANSWER = "На кухне течёт кран", "是冷水还是热水？", "Горячая вода"
DONE, COMPLAINT = "已更换垫圈", "Долго ждали и грязно"
TYPED = (PROBLEM, QUESTION, ANSWER, DONE, COMPLAINT)
OWN_NAMES = {"ru": "Русский", "zh_CN": "简体中文", "ar": "العربية", "en": "English"}


@dataclass
class House:
    """The estate at work, and who speaks what."""

    stage: SwiftStage
    lin: Person
    wang: Person
    badr: Person
    olga: Person
    group: Group

    def tap(self, person: Person, language: str, label: str) -> None:
        """The newest button with this label, in the person's language."""
        said = words(language, "UTC").plain(Text(label))
        person.tap(said, chat=self.stage.bot)
        self.stage.settle()

    def tell(self, person: Person, language: str, typed: str) -> None:
        """Words, and that this is all."""
        person.say(typed, chat=self.stage.bot)
        self.stage.settle()
        self.done(person, language)

    def done(self, person: Person, language: str) -> None:
        """That is all."""
        said = words(language, "UTC").plain(Text("✅ Done"))
        person.tap(said, message=person.last(self.stage.bot, by_bot=True).id, chat=self.stage.bot)
        self.stage.settle()

    def read(self, person: Person) -> list[Message]:
        """What the bot wrote to somebody after they had chosen a language."""
        heard = [one for one in person.chat(self.stage.bot) if one.by_bot]
        return heard[1:]

    def last(self, person: Person) -> str:
        """The newest message."""
        return self.read(person)[-1].html

    def card(self) -> str:
        """The newest card in the group."""
        cards = [one.html for one in self.olga.chat(self.group, thread=self.group.topic("Plumbing"))]
        return next(card for card in reversed(cards) if "R-1" in card)


def comes(stage: SwiftStage, person: Person, code: str, language: str) -> None:
    """Opens a link, and chooses a language."""
    person.open(stage.bot, code)
    stage.settle()
    person.tap(OWN_NAMES[language], chat=stage.bot)
    stage.settle()


def house(stage: SwiftStage) -> House:
    """Everybody comes in."""
    sandbox = stage.sandbox
    sandbox.move_clock(to="next 10:00", zone="Asia/Shanghai")
    file = stage.folder / "estate.toml"
    four = ESTATE.replace('languages = ["en", "zh_CN"]', 'languages = ["en", "zh_CN", "ru", "ar"]')
    file.write_text(four.replace('zh_CN = "给排水"', 'zh_CN = "给排水", ru = "Сантехника", ar = "سباكة"'))
    stage.command("migrate")
    stage.command("import-estate", str(file))
    stage.start()
    olga = sandbox.person("Olga", language_code="en")
    lin = sandbox.person("Lin", language_code="ru")
    wang = sandbox.person("Wang", language_code="zh-hans")
    badr = sandbox.person("Badr", language_code="ar")
    group = sandbox.group("Staff", forum=True, owner=olga, members=[olga, wang, badr])
    invite = ("invite", "--badge")
    comes(stage, olga, stage.command(*invite, "01", "--role", "owner"), "en")
    group.add(stage.bot, by=olga)
    group.promote(stage.bot, by=olga, can_manage_topics=True)
    stage.settle()
    comes(stage, wang, stage.command(*invite, "07", "--role", "worker", "--queue", "plumbing"), "zh_CN")
    comes(stage, badr, stage.command(*invite, "03", "--role", "manager"), "ar")
    comes(stage, lin, stage.command("home-code", "1-1-101"), "ru")
    return House(stage, lin, wang, badr, olga, group)


def test_four_languages_over_one_repair(tmp_path: Path, face: str):
    with running(clock=tmp_path / "clock") as base:
        stage = SwiftStage(Sandbox(base), tmp_path, face, f"sqlite:///{tmp_path / 'steward.db'}")
        try:
            play(house(stage))
        finally:
            stage.kill()


def play(at: House) -> None:
    """From the first word to the manager's review."""
    at.lin.say(PROBLEM, chat=at.stage.bot)
    at.stage.settle()
    at.tap(at.lin, "ru", "📨 Send")
    assert f"🌐 Russian\n<blockquote>{PROBLEM}</blockquote>" in at.card()

    at.wang.tap("Claim", chat=at.group, thread=at.group.topic("Plumbing"))
    at.stage.settle()
    assert f"🌐 俄语\n<blockquote>{PROBLEM}</blockquote>" in at.last(at.wang)
    at.tap(at.wang, "zh_CN", "💬 Ask the resident")
    at.tell(at.wang, "zh_CN", QUESTION)
    assert f"🌐 Китайский\n<blockquote>{QUESTION}</blockquote>" in at.last(at.lin)
    at.tap(at.lin, "ru", "💬 Answer")
    at.tell(at.lin, "ru", ANSWER)
    assert any(f"🌐 俄语\n<blockquote>{ANSWER}</blockquote>" in one.html for one in at.read(at.wang))
    at.tap(at.wang, "zh_CN", "✅ Done")
    at.tell(at.wang, "zh_CN", DONE)
    assert f"🌐 Китайский\n<blockquote>{DONE}</blockquote>" in at.last(at.lin)
    at.tap(at.lin, "ru", "👍 Fixed")

    at.stage.later(timedelta(hours=3))
    at.lin.tap("1", chat=at.stage.bot)
    at.stage.settle()
    at.tap(at.lin, "ru", "⏭ Skip")
    at.tell(at.lin, "ru", COMPLAINT)
    assert f"🌐 الروسية\n<blockquote>{COMPLAINT}</blockquote>" in at.last(at.badr)

    for person, language in ((at.lin, "ru"), (at.wang, "zh_CN"), (at.badr, "ar"), (at.olga, "en")):
        for message in at.read(person):
            only_in(language, message.html, *TYPED)
            for label in message.labels:
                only_in(language, label, *OWN_NAMES.values())
    for message in at.read(at.badr):
        from_the_right(message.html)
    only_in("en", at.card(), *TYPED)
