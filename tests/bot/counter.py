"""A service desk in this process: updates go in at the counter, and a postman keeps what goes out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import TypeVar

from bot.clockwork import fire
from bot.faces.base import Me
from bot.said import Act, Chat, Command, Membership, Said, Speaker, Tap
from bot.session import Session
from bot.turns import handle
from desk.records import Estate, Home, Media, Occupancy, Opening, Person, Queue, Request, Role, Staff, Survey
from dialogs.engine.heard import Pictured, Words
from storage.memory import MemoryDatabase
from storage.work import Database
from tests.bot.postman import Post, Postman

T = TypeVar("T")
Store = Database | MemoryDatabase

#: a Monday, 10:00 in Shanghai
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ME = Me(id=7_000_000_001, name="Steward", username="steward_bot")
GROUP = -1001
DAILY = tuple(Opening(weekday=day, start=time(8), end=time(18)) for day in range(7))


@dataclass
class Counter:
    """The desk of Lotus Garden: Chinese is spoken in its staff group."""

    store: Store
    now: datetime = MONDAY
    estate: Estate = field(init=False)
    home: Home = field(init=False)
    queues: tuple[Queue, Queue] = field(init=False)
    postman: Postman = field(init=False)

    def __post_init__(self) -> None:
        self.postman = Postman(ME.id)
        self._updates = count(1)
        self._accounts = count(101)
        self.estate, self.home, self.queues = self.build("Lotus Garden", ("zh_CN", "en"))

    def build(self, name: str, languages: tuple[str, ...]) -> tuple[Estate, Home, tuple[Queue, Queue]]:
        """An estate with one home and two queues."""
        with self.store.write() as work:
            estate = work.estates.save(
                Estate(name=name, time_zone="Asia/Shanghai", languages=languages, hours=DAILY)
            )
            home = work.estates.save_home(Home(estate_id=estate.id, code="1-1-101"))
            titles = {"plumbing": "给排水", "electrical": "强电"}
            first, second = (
                work.estates.save_queue(
                    Queue(
                        estate_id=estate.id,
                        code=code,
                        title={"en": code.title(), "zh_CN": chinese},
                        kinds=(code,),
                    )
                )
                for code, chinese in titles.items()
            )
        return estate, home, (first, second)

    # ── people ──

    def newcomer(self, name: str, telegram: str = "en") -> "Guest":
        """Somebody whom the desk does not know yet."""
        return Guest(self, Speaker(id=next(self._accounts), name=name, language=telegram))

    def guest(self, name: str, language: str = "en") -> "Guest":
        """Somebody known, without home or post."""
        guest = self.newcomer(name)
        with self.store.write() as work:
            work.people.save(Person(telegram_id=guest.speaker.id, name=name, language=language))
        return guest

    def resident(self, name: str = "Lin", language: str = "en", home: Home | None = None) -> "Guest":
        """Somebody who lives here."""
        guest = self.guest(name, language)
        self.move_in(guest, home or self.home)
        return guest

    def move_in(self, guest: "Guest", home: Home) -> None:
        """They live there, too."""
        living = Occupancy(
            person_id=guest.id, home_id=home.id, estate_id=home.estate_id, since=self.now - DAY
        )
        self.write(lambda work: work.people.occupy(living))

    def staff(
        self,
        name: str,
        role: Role = Role.WORKER,
        badge: str = "",
        *,
        language: str = "en",
        estate: Estate | None = None,
    ) -> "Guest":
        """Somebody who works here."""
        guest = self.guest(name, language)
        self.hire(guest, role, badge, estate=estate)
        return guest

    def hire(self, guest: "Guest", role: Role, badge: str = "", *, estate: Estate | None = None) -> None:
        """They work here, too."""
        post = Staff(
            person_id=guest.id,
            estate_id=(estate or self.estate).id,
            role=role,
            badge=badge,
            since=self.now - DAY,
        )
        self.write(lambda work: work.people.hire(post))

    # ── the staff group ──

    def bind(self, *, forum: bool = False) -> None:
        """The staff group is connected, without a word."""
        self.estate = replace(self.estate, staff_chat=GROUP, staff_forum=forum)
        self.write(lambda work: work.estates.save(self.estate))

    # ── what happens ──

    def write(self, act: Callable[[Session], T]) -> T:
        """One transaction."""
        with self.opened() as work:
            return act(work)

    def read(self, look: Callable[[Session], T]) -> T:
        """One look at what is kept."""
        with self.store.read() as work:
            return look(work)

    def opened(self) -> AbstractContextManager[Session]:
        """A transaction to write in."""
        return self.store.write()

    def take(self, speaker: Speaker, chat: Chat, act: Act, update: int | None = None) -> str:
        """One update comes in, and its mail goes out; the toast."""
        number = next(self._updates) if update is None else update
        said = Said(update_id=number, speaker=speaker, chat=chat, act=act)
        toast = self.write(lambda work: handle(work, ME, said, self.now))
        self.deliver()
        return toast.text

    def deliver(self) -> None:
        """All mail goes out, also what could have waited a moment."""
        self.write(lambda work: self.postman.deliver(work, self.now))

    def later(self, by: timedelta) -> None:
        """Time passes, and every timer fires at its moment."""
        end = self.now + by
        while (due := self.read(lambda work: work.timers.next_due())) is not None and due <= end:
            self.now = max(self.now, due)
            self.fire()
        self.now = end

    def fire(self) -> None:
        """What is due fires."""
        with self.opened() as work:
            for timer in work.timers.take(self.now):
                fire(work, ME, timer, self.now)
        self.deliver()

    # ── what is there ──

    def request(self, number: int = 1, estate: Estate | None = None) -> Request:
        """The request with this number."""
        found = self.read(lambda work: work.requests.by_number((estate or self.estate).id, number))
        assert found is not None, f"there is no R-{number}"
        return found

    def survey(self, number: int = 1) -> Survey:
        """What its resident said."""
        found = self.read(lambda work: work.surveys.get(self.request(number).id))
        assert found is not None, f"nobody was asked about R-{number}"
        return found

    def timers(self) -> set[str]:
        """The keys of the timers of the first request, without its id."""
        kinds = ("unclaimed", "question", "resume", "silence", "survey", "survey_reminder")
        request = self.request().id
        return self.read(lambda work: {one for one in kinds if work.timers.get(f"{one}/{request}")})


@dataclass
class Guest:
    """Somebody at the counter, in their private chat unless a group is named."""

    counter: Counter
    speaker: Speaker

    @property
    def id(self) -> int:
        """Their number at the desk."""
        found = self.counter.read(lambda work: work.people.by_telegram(self.speaker.id))
        assert found is not None, f"nobody has met {self.speaker.name}"
        return found.id

    @property
    def chat(self) -> Chat:
        """Their private chat."""
        return Chat(id=self.speaker.id, private=True)

    def does(self, act: Act, chat: Chat | None = None, update: int | None = None) -> str:
        """Anything at all; the toast."""
        return self.counter.take(self.speaker, chat or self.chat, act, update)

    def says(self, *words: str) -> None:
        """Words, a message each; what begins with a slash is a command."""
        for one in words:
            self.does(command(one) if one.startswith("/") else Words(one))

    def shows(self, photo: str, *, album: str | None = None, caption: str = "") -> None:
        """A photo."""
        self.does(picture(photo, album=album, caption=caption))

    def taps(self, *labels: str) -> str:
        """Buttons of the private chat, newest first, each by a part of its label; the last toast."""
        toast = ""
        for label in labels:
            toast = self.does(Tap(id="t", data=self.button(label), message_id=None))
        return toast

    def claims(self) -> str:
        """The newest claim button in the staff group; the toast."""
        data = self.counter.postman.data(GROUP, ":claim")
        return self.does(Tap(id="t", data=data, message_id=None), group_chat())

    def sends(self, data: str) -> str:
        """A tap with data that nobody offered; the toast."""
        return self.does(Tap(id="t", data=data, message_id=None))

    def button(self, label: str) -> str:
        """The data behind the newest button with this label."""
        return self.counter.postman.button(self.speaker.id, label)

    def posts(self) -> list[Post]:
        """Everything in the private chat, the newest last."""
        return self.counter.postman.chat(self.speaker.id)

    def last(self) -> Post:
        """The newest message."""
        return self.posts()[-1]

    def news(self) -> str:
        """What came since this was last asked, new and edited messages alike."""
        return self.counter.postman.news(self.speaker.id)

    def picks(self, *keys: str) -> str:
        """Buttons by the key of their option, in whatever language they are; the last toast."""
        toast = ""
        for key in keys:
            toast = self.sends(self.counter.postman.data(self.speaker.id, f":{key}"))
        return toast

    def files(self, words: str = "The tap is leaking") -> Request:
        """Reports a leak, from the first word to Send."""
        self.says("/repair", words)
        self.picks("~done", "leak")
        if self.last().asks("again"):
            self.picks("different")
        self.picks("soon", "yes", "~send")
        return self.counter.read(lambda work: work.requests.of_resident(self.id)[0])


def command(text: str) -> Command:
    """`/name argument` as a face reads it."""
    name, _, argument = text[1:].partition(" ")
    return Command(name, argument)


def picture(name: str, *, album: str | None = None, caption: str = "", size: int = 1) -> Pictured:
    """A photo that Telegram keeps."""
    return Pictured(Media(kind="photo", file_id=name), caption, album, size)


def group_chat(chat: int = GROUP, *, forum: bool = False) -> Chat:
    """A group."""
    return Chat(id=chat, private=False, forum=forum, title="Staff")


def joins(*, topics: bool = False, status: str = "administrator") -> Membership:
    """The bot's own standing in a group."""
    return Membership(status=status, can_manage_topics=topics)
