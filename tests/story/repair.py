"""The story of one repair, told once: every test plays these scenes, on any face, database and mode."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sandbox.client import Group, Message, Person
from tests.story.stage import ESTATE, Stage


@dataclass
class Cast:
    """Who plays: two residents, two workers, a dispatcher, the owner, and their staff group."""

    stage: Stage
    resident: Person = field(init=False)
    worker: Person = field(init=False)
    other: Person = field(init=False)
    stranger: Person = field(init=False)
    dispatcher: Person = field(init=False)
    owner: Person = field(init=False)
    group: Group = field(init=False)

    def __post_init__(self) -> None:
        sandbox = self.stage.sandbox
        self.owner = sandbox.person("Olga", language_code="en")
        self.resident = sandbox.person("Lin", language_code="en")
        self.worker = sandbox.person("Wang", language_code="en")
        self.other = sandbox.person("Zhao", language_code="en")
        self.stranger = sandbox.person("Sun", language_code="en")
        self.dispatcher = sandbox.person("Dai", language_code="en")
        members = [self.owner, self.worker, self.other, self.stranger, self.dispatcher]
        self.group = sandbox.group("Sunny Court staff", forum=True, owner=self.owner, members=members)

    def topic(self) -> int:
        """The plumbers' topic."""
        return self.group.topic("Plumbing")

    def card(self) -> Message:
        """The newest card in the plumbers' topic."""
        cards = [one for one in self.owner.chat(self.group, thread=self.topic()) if "R-1" in one.html]
        return cards[-1]


def import_estate(cast: Cast) -> None:
    """The office imports the estate."""
    cast.stage.sandbox.move_clock(to="next 10:00", zone="Asia/Shanghai")
    file = cast.stage.folder / "estate.toml"
    file.write_text(ESTATE)
    cast.stage.command("migrate")
    cast.stage.command("import-estate", str(file))


def owner_comes(cast: Cast) -> None:
    """The owner opens the owner's link and chooses a language."""
    cast.owner.open(cast.stage.bot, cast.stage.command("invite", "--role", "owner", "--badge", "01"))


def owner_speaks(cast: Cast) -> None:
    """English."""
    cast.owner.tap("English", chat=cast.stage.bot)


def owner_adds_bot(cast: Cast) -> None:
    """The owner adds the bot to the staff group; it makes one topic a queue."""
    cast.group.add(cast.stage.bot, by=cast.owner)
    cast.group.promote(cast.stage.bot, by=cast.owner, can_manage_topics=True)


def workers_come(cast: Cast) -> None:
    """Two plumbers and a dispatcher open their links."""
    for person, role, badge in (
        (cast.worker, "worker", "07"),
        (cast.other, "worker", "08"),
        (cast.dispatcher, "dispatcher", "02"),
    ):
        words = ("--queue", "plumbing") if role == "worker" else ()
        person.open(cast.stage.bot, cast.stage.command("invite", "--role", role, "--badge", badge, *words))


def workers_speak(cast: Cast) -> None:
    """All of them in English."""
    for person in (cast.worker, cast.other, cast.dispatcher):
        person.tap("English", chat=cast.stage.bot)


def resident_comes(cast: Cast) -> None:
    """The resident opens the link on the slip."""
    cast.resident.open(cast.stage.bot, cast.stage.command("home-code", "1-1-101"))


def resident_speaks(cast: Cast) -> None:
    """English, which stands first as Telegram speaks it."""
    cast.resident.tap("English", chat=cast.stage.bot)


def resident_begins(cast: Cast) -> None:
    """A report, step by step."""
    cast.resident.say("/repair")


def resident_writes(cast: Cast) -> None:
    """What is wrong, in the resident's own words."""
    cast.resident.say("Kitchen tap is leaking under the sink")


def resident_sends_album(cast: Cast) -> None:
    """Three photos, one answer, one redraw."""
    cast.resident.album(3)


def resident_is_done(cast: Cast) -> None:
    """That is all."""
    cast.resident.tap("Done")


def resident_picks_kind(cast: Cast) -> None:
    """One of the kinds proposed from the words."""
    cast.resident.tap("Leak")


def resident_picks_time(cast: Cast) -> None:
    """The second window of the queue's calendar."""
    cast.resident.tap(cast.resident.last(by_bot=True).labels[2])


def resident_says_entry(cast: Cast) -> None:
    """Staff may go in."""
    cast.resident.tap("Yes, they may go in")


def resident_changes(cast: Cast) -> None:
    """One line is to be changed."""
    cast.resident.tap("Change")


def resident_changes_visit(cast: Cast) -> None:
    """The time."""
    cast.resident.tap("Visit")


def resident_picks_soon(cast: Cast) -> None:
    """As soon as possible."""
    cast.resident.tap("As soon as possible")


def resident_goes_back(cast: Cast) -> None:
    """Once back, to the question before."""
    cast.resident.tap("Back")


def resident_says_entry_again(cast: Cast) -> None:
    """And the same answer again."""
    cast.resident.tap("Yes, they may go in")


def resident_sends(cast: Cast) -> None:
    """The order goes out, and is filed."""
    cast.resident.tap("Send")


def stranger_claims(cast: Cast) -> None:
    """Somebody without the right to claim is told so."""
    card = cast.card()
    tapped = cast.stranger.tap("Claim", message=card.id, chat=cast.group)
    assert "no right" in tapped.answer().text


def two_claim(cast: Cast) -> None:
    """Two workers tap within a millisecond: one has it, the other is told who."""
    card = cast.card()
    taps = [one.tap("Claim", message=card.id, chat=cast.group) for one in (cast.worker, cast.other)]
    told = [tap.answer().text for tap in taps]
    assert told == ["It is yours. You find it in our private chat.", "Wang, badge 07 has it already."]


def worker_goes(cast: Cast) -> None:
    """On my way."""
    cast.worker.tap("On my way", chat=cast.stage.bot)


def worker_asks(cast: Cast) -> None:
    """A question to the resident."""
    cast.worker.tap("Ask")


def worker_words_question(cast: Cast) -> None:
    """In the worker's own words."""
    cast.worker.say("Is the valve under the sink closed?")


def worker_sends_question(cast: Cast) -> None:
    """That is all."""
    cast.worker.tap("Done", message=cast.worker.last(by_bot=True).id)


def resident_answers(cast: Cast) -> None:
    """The resident answers."""
    cast.resident.tap("Answer")


def resident_words_answer(cast: Cast) -> None:
    """In own words."""
    cast.resident.say("Yes, since this morning")


def resident_sends_answer(cast: Cast) -> None:
    """That is all."""
    cast.resident.tap("Done")


def worker_holds(cast: Cast) -> None:
    """The job is put off."""
    cast.worker.tap("Hold")


def worker_gives_reason(cast: Cast) -> None:
    """Parts are missing."""
    cast.worker.tap("Waiting for parts")


def worker_gives_date(cast: Cast) -> None:
    """For two hours."""
    cast.worker.tap("2 hours")


def hold_is_over(cast: Cast) -> None:
    """The date comes, and the job goes on."""
    cast.stage.later(timedelta(hours=2, minutes=1))


def worker_starts(cast: Cast) -> None:
    """The worker begins."""
    cast.worker.tap("Start")


def worker_finishes(cast: Cast) -> None:
    """The worker is done …"""
    cast.worker.tap("Done")


def worker_notes(cast: Cast) -> None:
    """… with a note …"""
    cast.worker.say("New seal fitted")


def worker_shows(cast: Cast) -> None:
    """… and a photo."""
    cast.worker.photo()


def worker_reports(cast: Cast) -> None:
    """That is all."""
    cast.worker.tap("Done", message=cast.worker.last(by_bot=True).id)


def resident_not_fixed(cast: Cast) -> None:
    """It is not fixed."""
    cast.resident.tap("Not fixed")


def resident_says_why(cast: Cast) -> None:
    """Why."""
    cast.resident.say("It still drips")


def resident_passes_on(cast: Cast) -> None:
    """That is all; the job is back with the same worker."""
    cast.resident.tap("Done")


def resident_confirms(cast: Cast) -> None:
    """Now it is fixed."""
    cast.resident.tap("Fixed")


def survey_comes(cast: Cast) -> None:
    """Some hours after closing, within decent hours."""
    cast.stage.later(timedelta(hours=3))


def resident_rates(cast: Cast) -> None:
    """Two of five."""
    cast.resident.tap("2")


def resident_ticks_reason(cast: Cast) -> None:
    """A reason."""
    cast.resident.tap("Too slow")


def resident_ends_reasons(cast: Cast) -> None:
    """That is all."""
    cast.resident.tap("Done", message=cast.resident.last(by_bot=True).id)


def resident_skips_words(cast: Cast) -> None:
    """No words."""
    cast.resident.tap("Skip")


def digest_comes(cast: Cast) -> None:
    """The next morning, the owner's digest."""
    cast.stage.sandbox.move_clock(to="next 08:31", zone="Asia/Shanghai")


def owner_opens_reviews(cast: Cast) -> None:
    """The low score waits to be looked into."""
    cast.owner.tap("Scores to look into", chat=cast.stage.bot)


def owner_reviews(cast: Cast) -> None:
    """It was looked into."""
    cast.owner.tap("Looked into", chat=cast.stage.bot)


Scene = Callable[[Cast], None]

OPENING: tuple[Scene, ...] = (
    owner_comes,
    owner_speaks,
    owner_adds_bot,
    workers_come,
    workers_speak,
    resident_comes,
    resident_speaks,
)

ORDER: tuple[Scene, ...] = (
    resident_begins,
    resident_writes,
    resident_sends_album,
    resident_is_done,
    resident_picks_kind,
    resident_picks_time,
    resident_says_entry,
    resident_changes,
    resident_changes_visit,
    resident_picks_soon,
    resident_goes_back,
    resident_says_entry_again,
    resident_sends,
)

JOB: tuple[Scene, ...] = (
    stranger_claims,
    two_claim,
    worker_goes,
    worker_asks,
    worker_words_question,
    worker_sends_question,
    resident_answers,
    resident_words_answer,
    resident_sends_answer,
    worker_holds,
    worker_gives_reason,
    worker_gives_date,
    hold_is_over,
    worker_starts,
    worker_finishes,
    worker_notes,
    worker_shows,
    worker_reports,
    resident_not_fixed,
    resident_says_why,
    resident_passes_on,
    worker_finishes,
    worker_notes,
    worker_reports,
    resident_confirms,
)

ENDING: tuple[Scene, ...] = (
    survey_comes,
    resident_rates,
    resident_ticks_reason,
    resident_ends_reasons,
    resident_skips_words,
    digest_comes,
    owner_opens_reviews,
    owner_reviews,
)

STORY = (*OPENING, *ORDER, *JOB, *ENDING)
