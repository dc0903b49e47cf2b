"""What people send by mistake or in malice: each has a clear answer, and nothing is lost by it."""

import json
import random
import urllib.request
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sandbox.client import Person
from tests.story.office import Office, office
from tests.story.stage import TOKEN

MB = 1024 * 1024
#: HTML, both directions of writing, marks that turn them round, nothing at all, and a family of one sign
NASTY = "<b>&amp;</a> \u202eשלום\u2066 \u200b\u200d مرحبا 👩‍👩‍👧‍👦 &lt;script&gt; </blockquote> "
TOO_MANY = "Leak! " + "1234567 " * 624


@pytest.fixture(scope="module", params=["aiogram", "ptb"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An estate at work."""
    with office(tmp_path_factory.mktemp("office"), request.param) as found:
        yield found


@pytest.fixture(autouse=True)
def unharmed(desk: Office) -> Iterator[None]:
    """Whatever happens, no code of ours raises, and Telegram refuses nothing."""
    before = len(desk.stage.log())
    yield
    desk.stage.settle()
    assert "Traceback" not in desk.stage.log()[before:], desk.stage.log()[before:][-3000:]
    assert desk.ask("SELECT why FROM outbox WHERE fate = 'refused'") == []
    assert desk.ask("SELECT error FROM dead_letters") == []


@pytest.fixture
def resident(desk: Office) -> Person:
    """Somebody who has just moved in."""
    return desk.resident()


def answer(desk: Office, person: Person) -> str:
    """The last words of the bot to this person."""
    return desk.said(person)[-1].text


def reports(resident: Person, words: str) -> int:
    """Begins a report step by step, and says what is wrong."""
    resident.say("/repair")
    return resident.say(words)


def finish(desk: Office, resident: Person) -> str:
    """Goes on from the description to the filed request; its description as it is kept."""
    taps(desk, resident, "Done")
    return describe(desk, resident)


def describe(desk: Office, resident: Person) -> str:
    """Goes on from what is wrong; it is not what a neighbour has reported already."""
    taps(desk, resident, "Leak")
    if any("mine is different" in label for label in desk.said(resident)[-1].labels):
        taps(desk, resident, "mine is different")
    taps(desk, resident, "As soon as possible", "Yes, they may go in", "Send")
    [(problem,)] = desk.ask("SELECT problem FROM requests ORDER BY id DESC LIMIT 1")
    return str(problem)


def taps(desk: Office, resident: Person, *labels: str) -> None:
    """One button after the other, each once the one before is answered."""
    desk.stage.settle()
    for label in labels:
        resident.tap(label, chat=desk.stage.bot)
        desk.stage.settle()


def group_photos(desk: Office) -> int:
    """How many photos there are in the staff group."""
    return sum("photo" in one.kinds for one in desk.cast.owner.chat(desk.cast.group))


class TestCodes:
    """Links that do not open."""

    @pytest.mark.parametrize("code", ["NOSUCHCODE", "_" * 64, "-", "setup-", "0"])
    def test_nobody_ever_made(self, desk: Office, code: str) -> None:
        """The office can give a new one."""
        person = desk.sandbox.person("Qi", language_code="en")
        person.open(desk.stage.bot, code)
        assert answer(desk, person) == (
            "This code is unknown, used or expired. Please ask the office for a new one."
        )

    def test_used_by_another(self, desk: Office) -> None:
        """A code opens one door for one person."""
        code = desk.home_code()
        first, second = (desk.sandbox.person(name, language_code="en") for name in ("Qi", "Yu"))
        first.open(desk.stage.bot, code)
        desk.stage.settle()
        first.tap("English")
        desk.stage.settle()
        second.open(desk.stage.bot, code)
        assert "unknown, used or expired" in answer(desk, second)

    def test_used_by_oneself(self, desk: Office) -> None:
        """Whoever taps the same link again is greeted."""
        code = desk.home_code()
        person = desk.sandbox.person("Qi", language_code="en")
        person.open(desk.stage.bot, code)
        desk.stage.settle()
        person.tap("English")
        desk.stage.settle()
        person.open(desk.stage.bot, code)
        assert "Just write what is wrong" in answer(desk, person)


class TestDescriptions:
    """What is said where the bot asks what is wrong."""

    def test_a_sticker(self, desk: Office, resident: Person) -> None:
        """It cannot be used, and the words before it are kept."""
        reports(resident, "The tap is leaking")
        resident.send("sticker")
        assert "I cannot use this here. Words, photos, videos and voice notes help." in answer(desk, resident)
        assert finish(desk, resident) == "The tap is leaking"

    def test_five_thousand_characters(self, desk: Office, resident: Person) -> None:
        """Telegram's apps send them as two messages; all of them are kept."""
        reports(resident, TOO_MANY[:4096])
        resident.say(TOO_MANY[4096:])
        kept = finish(desk, resident)
        assert kept.replace("\n", "").replace(" ", "") == TOO_MANY.replace(" ", "")

    def test_four_thousand_nasty_characters(self, desk: Office, resident: Person) -> None:
        """They are kept as they went in, but for the marks that we set things apart with ourselves, and turn
        nothing round where they are shown."""
        words = ("Leak " + NASTY * 100)[:4096].strip()
        reports(resident, words)
        assert finish(desk, resident) == words.replace("\u2066", "")
        card = next(one for one in reversed(desk.cast.owner.chat(desk.cast.group)) if one.labels)
        assert "<b>&amp;</a> שלום" in card.text

    def test_nought(self, desk: Office, resident: Person) -> None:
        """PostgreSQL takes no such character as text: the rest is kept."""
        reports(resident, "Leak in \0 the kitchen")
        assert finish(desk, resident) == "Leak in \N{REPLACEMENT CHARACTER} the kitchen"

    def test_six_albums_of_ten(self, desk: Office, resident: Person) -> None:
        """Sixty photos are one answer, and reach the staff in albums."""
        before, albums = group_photos(desk), len(desk.sandbox.calls("sendMediaGroup"))
        reports(resident, "Leaking everywhere")
        for _ in range(6):
            resident.album(10)
        assert "📎 60 files" in answer(desk, resident)
        finish(desk, resident)
        assert group_photos(desk) == before + 60
        assert len(desk.sandbox.calls("sendMediaGroup")) == albums + 6

    def test_a_file_over_twenty_megabytes(self, desk: Office, resident: Person) -> None:
        """It is too large, and the words before it are kept."""
        reports(resident, "The tap is leaking")
        resident.send("video", size=20 * MB + 1)
        assert "larger than 20 MB" in answer(desk, resident)
        assert finish(desk, resident) == "The tap is leaking"


class TestStrangeMessages:
    """What is neither words nor a picture, what is not one's own, and what changes afterwards."""

    @pytest.mark.parametrize("kind", ["sticker", "poll", "dice"])
    def test_what_no_question_can_use(self, desk: Office, resident: Person, kind: str) -> None:
        """Said out of the blue it is answered, and the menu shows what can be done."""
        resident.send(kind)
        desk.stage.settle()
        assert "I cannot use this here" in desk.said(resident)[-2].text
        assert desk.said(resident)[-1].labels

    @pytest.mark.parametrize("kind", ["audio", "video_note"])
    def test_what_has_a_useful_relative(self, desk: Office, resident: Person, kind: str) -> None:
        """The words under it are kept, and the person is told what would work."""
        reports(resident, "The tap is leaking")
        resident.send(kind, caption="" if kind == "video_note" else "listen")
        assert "A voice note or an ordinary video works" in answer(desk, resident)
        kept = finish(desk, resident)
        assert kept == ("The tap is leaking" if kind == "video_note" else "The tap is leaking\nlisten")

    def test_a_gif_a_place_and_a_contact(self, desk: Office, resident: Person) -> None:
        """A GIF goes along as a file, a place as its numbers; a number is no description."""
        resident.say("/repair")
        resident.send("animation", caption="a leak")
        resident.location(31.25, 121.5)
        resident.contact()
        assert "Please describe it in words or pictures" in answer(desk, resident)
        assert finish(desk, resident) == "a leak\n📍 31.250000, 121.500000"
        (media,) = desk.ask("SELECT media FROM requests ORDER BY id DESC LIMIT 1")[0]
        assert str(media).count("file_id") == 1

    def test_the_words_under_a_video_that_is_too_large(self, desk: Office, resident: Person) -> None:
        """They begin a report, which is read back at once; only the video is missing."""
        resident.send("video", size=25 * MB, caption="The tap is leaking badly")
        desk.stage.settle()
        assert "larger than 20 MB" in desk.said(resident)[-2].text
        if any("mine is different" in label for label in desk.said(resident)[-1].labels):
            taps(desk, resident, "mine is different")
        assert "The tap is leaking badly" in answer(desk, resident)
        assert "Please check your request" in answer(desk, resident)

    @pytest.mark.parametrize("hidden", [False, True])
    def test_a_forwarded_message(self, desk: Office, resident: Person, hidden: bool) -> None:
        """Its words count, under the name of who wrote them."""
        resident.forward("The tap is leaking\n/cancel", desk.cast.owner, hidden=hidden)
        assert finish(desk, resident) == "↪️ Olga: The tap is leaking\n/cancel"

    def test_an_edit_before_it_is_sent(self, desk: Office, resident: Person) -> None:
        """It takes the place of what it changes, also once the description is done; other words stay."""
        first = reports(resident, "The tap is leaking")
        second = resident.say("in the kitchen")
        resident.edit(second, "in the bathroom")
        assert "Changed, as you edited it" in answer(desk, resident)
        taps(desk, resident, "Done")
        resident.edit(first, "The shower is leaking")
        desk.stage.settle()
        assert describe(desk, resident) == "The shower is leaking\nin the bathroom"

    def test_an_edit_after_it_was_sent(self, desk: Office, resident: Person) -> None:
        """It changes nothing behind anybody's back, and the person is told how to go on."""
        said = reports(resident, "The tap is leaking")
        finish(desk, resident)
        resident.edit(said, "The window is broken")
        assert "To change it, please send it anew" in answer(desk, resident)
        assert desk.ask("SELECT count(*) FROM requests WHERE problem LIKE '%window%'") == [(0,)]

    def test_an_edit_that_tells_of_danger(self, desk: Office, resident: Person) -> None:
        """Whoever writes it over what they wrote before is heard as if they said it anew."""
        said = reports(resident, "The tap is leaking")
        finish(desk, resident)
        resident.edit(said, "There is a smell of gas in the kitchen!")
        desk.stage.settle()
        assert desk.ask("SELECT problem FROM requests ORDER BY id DESC LIMIT 1") == [
            ("There is a smell of gas in the kitchen!",)
        ]


@pytest.mark.parametrize(
    "name, shown",
    [
        ("<b>Bo</b> & <i>", "<b>Bo</b> & <i>"),
        ("\u202eoB\u202c", "oB"),
        ("\u200b\u200d", "{id}"),
        ("Bo\u0301\u0301\u0301", "Bo\u0301\u0301\u0301"),
        ("‏بدر", "\u2068‏بدر\u2069"),
        ("</a>" * 15, "</a>" * 15),
        ("Bo\n✅ Closed", "Bo ✅ Closed"),
    ],
)
def test_names_are_shown_and_do_nothing_else(desk: Office, name: str, shown: str) -> None:
    """A worker's name stands in the card and in the resident's chat, whatever it holds; for one that cannot
    be seen stands the number of its account."""
    worker = desk.sandbox.person(name, language_code="en")
    worker.open(desk.stage.bot, desk.stage.command("invite", "--role", "worker", "--badge", "<&>"))
    desk.stage.settle()
    worker.tap("English")
    request = desk.filed(desk.cast.resident)
    message = desk.cast.owner.last(desk.cast.group, by_bot=True).id
    desk.cast.group.add(worker)
    worker.tap(data=f"r:{request}:claim", forged=True, message=message, chat=desk.cast.group).answer()
    assert f"{shown.format(id=worker.id)}, badge <&> takes care of" in answer(desk, desk.cast.resident)


class TestButtons:
    """Taps that nobody should be able to make."""

    def test_forged_data(self, desk: Office, resident: Person) -> None:
        """Each is answered, and changes nothing."""
        request = desk.filed(desk.cast.resident)
        reports(resident, "A leak")
        desk.stage.settle()
        message = next(one.id for one in resident.chat(desk.stage.bot) if one.by_bot and one.labels)
        before = kept(desk)
        for data in forgeries(request):
            resident.tap(data=data, forged=True, message=message, chat=desk.stage.bot).answer()
        assert kept(desk) == before
        assert not [one for one in desk.said(resident) if "Drip" in one.text], "another's words"

    def test_of_last_week(self, desk: Office, resident: Person) -> None:
        """The conversation is over; the tap is told so."""
        reports(resident, "A leak")
        desk.stage.settle()
        for _ in range(8):
            desk.stage.later(timedelta(days=1))
        told = resident.tap("Done").answer().text
        assert "/help" in told or "This is where we are" in told
        resident.say("Another leak")
        assert "Another leak" in answer(desk, resident)


class TestMoney:
    """Payments that nobody expects."""

    def test_an_invoice_that_is_none_of_ours(self, desk: Office, resident: Person) -> None:
        """Another program sent it with the same token: it is not paid, and the person reads why."""
        fields = {
            "chat_id": resident.id,
            "title": "Gift",
            "description": "For you",
            "payload": "gift:1",
            "provider_token": "1:TEST:x",
            "currency": "CNY",
            "prices": [{"label": "Gift", "amount": 1000}],
        }
        body = json.dumps(fields).encode()
        address = f"{desk.sandbox.base}/bot{TOKEN}/sendInvoice"
        urllib.request.urlopen(
            urllib.request.Request(address, body, {"Content-Type": "application/json"})
        ).close()
        outcome = resident.pay(chat=desk.stage.bot).outcome()
        assert (outcome["paid"], "nothing was charged" in outcome["error"]) == (False, True)


class TestStrangers:
    """People and groups that have nothing to do with the estate."""

    def test_a_group_of_their_own(self, desk: Office) -> None:
        """It does not become the staff group, hears nothing of the estate, and has no orders."""
        request = desk.filed(desk.cast.resident)
        eve = desk.sandbox.person("Eve", language_code="en")
        eve.open(desk.stage.bot)
        group = desk.sandbox.group("Trap", owner=eve, forum=True)
        group.add(desk.stage.bot, by=eve)
        group.promote(desk.stage.bot, by=eve, can_manage_topics=True)
        before = kept(desk)
        eve.say("/setup", chat=group)
        for words in ("A leak", "/requests", "/jobs", "/help@other_bot", "/start setup"):
            eve.say(words, chat=group)
        desk.stage.settle()
        message = eve.last(group, by_bot=True)
        eve.tap(data=f"r:{request}:claim", forged=True, message=message.id, chat=group).answer()
        desk.stage.settle()
        said = {one.text for one in eve.chat(group) if one.by_bot and not one.raw["service"]}
        assert said == {"Only an owner or a manager can set up the staff group."}
        assert kept(desk) == before
        assert desk.ask("SELECT staff_chat FROM estates") == [(desk.cast.group.id,)]

    def test_the_contact_of_somebody_else(self, desk: Office, resident: Person) -> None:
        """It proves nothing, and nothing of it is kept."""
        reports(resident, "A leak")
        resident.send("contact", phone="+8613800138000", user_id=desk.cast.owner.id)
        assert "Please describe it in words or pictures" in answer(desk, resident)
        assert desk.ask("SELECT count(*) FROM runs WHERE answers LIKE '%13800138000%'") == [(0,)]
        assert finish(desk, resident) == "A leak"


def forgeries(request: int) -> Iterator[str]:
    """Data of buttons that were never made: others' requests, no numbers, huge ones, and noise."""
    chance = random.Random(4)
    verbs = ("claim", "way", "start", "resume", "fixed", "cancel", "reviewed", "delete", "")
    yield from (f"r:{about}:{verb}" for about in (request, 0, -1, "x", 10**17, 10**40, "٣") for verb in verbs)
    yield from (f"s:{script}:{request}" for script in ("ask", "hold", "finish", "not_fixed", "join", "x"))
    yield from (f"v:{request}:{score}" for score in (1, 5, 6, 0, -1, "x", 10**30))
    yield from (f"p:{page}:{request}" for page in ("request", "reviews", "new", "late", "backlog", "x"))
    yield from (f"k:{run}:{how}" for run in ("0" * 8, "", "r") for how in ("continue", "over", "drop", "x"))
    yield from ("", ":", "::", ":::", "deadbeef:problem:done", "r:1", "\x00:\x00:\x00", "🛠" * 16)
    yield from ("".join(chr(chance.randrange(1, 0x250)) for _ in range(32)) for _ in range(40))


def kept(desk: Office) -> list[tuple[object, ...]]:
    """Requests, runs and events as they are."""
    requests = desk.ask("SELECT id, state, version FROM requests ORDER BY id")
    return [*requests, *desk.ask("SELECT count(*), max(id) FROM events"), *desk.ask("SELECT * FROM surveys")]


def test_a_resident_who_blocks_the_bot_and_returns(desk: Office, resident: Person) -> None:
    """What was said before is kept; what happened meanwhile can be looked up."""
    reports(resident, "The tap is leaking")
    desk.stage.settle()
    request = desk.filed(resident)
    resident.block(desk.stage.bot)
    worker = desk.cast.worker
    message = worker.last(desk.cast.group, by_bot=True).id
    worker.tap(data=f"r:{request}:claim", forged=True, message=message, chat=desk.cast.group).answer()
    desk.stage.settle()
    resident.open(desk.stage.bot)
    desk.stage.settle()
    assert "The tap is leaking" in answer(desk, resident)
    resident.say("/requests")
    desk.stage.settle()
    resident.tap(f"R-{request}")
    assert any("Wang" in one.text for one in desk.said(resident)[-2:])
    assert finish(desk, resident) == "The tap is leaking"
