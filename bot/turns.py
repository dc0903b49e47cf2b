"""One update, inside its transaction: who is it, what do they do, and what follows."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot import conversation, first_words, flows, groups, helping, pages, payments, taps
from bot.doings import Doing
from bot.faces.base import Me
from bot.flows import emergency
from bot.said import Chat, Command, Membership, Moved, Paid, PreCheckout, Refunded, Said, Stopped, Tap
from bot.scene import NOWHERE, Scene
from bot.session import Session
from desk.actions import joining
from desk.errors import BadCode
from desk.records import Estate, Person
from dialogs import commands
from dialogs.engine.heard import Contacted, Edited, Heard, Located, Pictured, Unheard, Words
from dialogs.engine.runs import Run
from locales.text import EMPTY, Value, _


@dataclass(frozen=True, slots=True)
class Toast:
    """What a tap is answered with, in the tapper's language; or why somebody who is about to pay may not."""

    text: str = ""


#: what an update comes to that was taken in before
SEEN = Toast()
#: what one comes to that was set aside
FAILED = Toast()


def handle(session: Session, bot: Me, said: Said, now: datetime) -> Toast:
    """Everything that one update causes, in the transaction of `session`; seen before, it causes nothing."""
    if not session.inbox.first_time(bot.id, said.update_id, now):
        return SEEN
    with Doing(update=said.update_id):
        person = _person(session, said)
        scene = Scene(session, bot, _estate(session, person, said, now), now)
        return Toast(scene.reader(person).plain(_react(scene, person, said)))


def apologise(session: Session, bot: Me, said: Said, now: datetime) -> None:
    """Tells the person that an update of theirs was set aside."""
    person = _person(session, said)
    scene = Scene(session, bot, _estate(session, person, said, now), now)
    scene.tell(
        person, _("Something went wrong on our side. It is noted; please try again or call the office.")
    )


def _person(session: Session, said: Said) -> Person:
    """Who speaks; met for the first time, they are noted with Telegram's name and language."""
    speaker = said.speaker
    known = session.people.by_telegram(speaker.id)
    if known is None:
        met = Person(telegram_id=speaker.id, name=speaker.name, telegram_language=speaker.language)
        return session.people.save(met)
    language = speaker.language or known.telegram_language
    blocked = known.blocked and not said.chat.private
    if (known.name, known.telegram_language, known.blocked) == (speaker.name, language, blocked):
        return known
    now_so = replace(known, name=speaker.name, telegram_language=language, blocked=blocked)
    return session.people.save(now_so)


def _estate(session: Session, person: Person, said: Said, now: datetime) -> Estate:
    """Whose desk it is: the group's, the person's home or post, else the first."""
    estates = session.estates
    if not said.chat.private:
        for estate in estates.all():
            if estate.staff_chat == said.chat.id:
                return estate
    places = (
        *(one.estate_id for one in session.people.occupancies(person.id, now)),
        *(one.estate_id for one in session.people.staff_of(person.id, now)),
    )
    if places:
        return estates.get(places[0])
    return next(iter(estates.all()), NOWHERE)


def _react(scene: Scene, person: Person, said: Said) -> Value:
    match said.act:
        case Stopped() | Membership() | Moved() as change:
            _changed(scene, person, said.chat, change)
            return EMPTY
        case Tap(data=data):
            return taps.tap(scene, person, data)
        case Command(name, argument):
            _command(scene, person, said, name, argument)
            return EMPTY
        case PreCheckout() | Paid() | Refunded() as payment:
            return payments.react(scene, person, payment)
        case Words() | Pictured() | Edited() | Located() | Contacted() | Unheard() as heard:
            if said.chat.private:
                _hear(scene, person, _numbered(heard, said.message_id or 0))
            return EMPTY
        case _:
            assert_never(said.act)


def _changed(scene: Scene, person: Person, chat: Chat, change: Stopped | Membership | Moved) -> None:
    """Something about the chat itself, or the bot's standing in it."""
    match change:
        case Stopped(stopped):
            scene.session.people.save(replace(person, blocked=stopped))
        case Membership():
            groups.came_in(scene, person, chat, change)
        case Moved():
            groups.moved(scene, chat, change)


def _command(scene: Scene, person: Person, said: Said, name: str, argument: str) -> None:
    if not said.chat.private:
        if name == "setup":
            groups.setup(scene, person, said.chat)
        elif (name, argument) == ("start", "setup"):
            groups.opened_by_link(scene, person, said.chat)
    elif name == "start" and argument and argument != "setup":
        _come_in(scene, person, argument)
    else:
        _obey(scene, person, commands.find(name))


def _obey(scene: Scene, person: Person, command: commands.Command | None) -> None:
    """A command outranks a question: a script sets the open one aside, a page lets it wait below."""
    if command is not None and command.target in {**flows.BEGINS, **flows.PAGES}:
        return taps.command(scene, person, command)
    if command is None:
        scene.tell(person, _("I do not know this command. /help shows what I can do."))
    elif command.begins is commands.Begins.SCRIPT:
        return taps.begin(scene, person, command.target)
    elif command.target == "cancel":
        return _cancel(scene, person)
    elif command.target == "help":
        _help(scene, person)
    else:
        PAGES[command.target](scene, person)
    return conversation.show_again(scene, person)


PAGES = {**pages.PAGES, "setup": groups.explain_setup}


def _help(scene: Scene, person: Person) -> None:
    """What can be done now: at the open question, else at all."""
    run = scene.session.runs.open(person.id)
    screen = conversation.screen_of(scene, person, run) if run is not None else None
    if run is None or screen is None:
        return pages.show_menu(scene, person)
    return scene.tell(person, helping.here(run.script, screen))


def _come_in(scene: Scene, person: Person, code: str) -> None:
    """Somebody opened a link with a code. Good or not, who guesses gets no answer from which to learn."""
    if not joining.may_try(scene.session, person):
        return scene.tell(person, _("Too many wrong codes. Please wait an hour, or ask the office."))
    found = scene.view(person).code(code)
    if found is None:
        return _linked(scene, person, code)
    estate = scene.session.estates.get(found.estate_id)
    conversation.begin(scene.at(estate), person, "join", {"code": code})
    return None


def _linked(scene: Scene, person: Person, code: str) -> None:
    """A flow's link; asked after the codes, which may begin with anything."""
    for beginning, act in flows.LINKS.items():
        if code.startswith(beginning):
            return taps.link(scene, person, act, code.removeprefix(beginning))
    return _code_refused(scene, person, code)


def _code_refused(scene: Scene, person: Person, code: str) -> None:
    """A code that is no good; whoever used it themselves is simply greeted."""
    if scene.view(person).used_by_me(code):
        return pages.show_menu(scene, person)
    joining.guessed(scene.session, code, person, scene.now)
    return scene.tell(person, conversation.refusal(BadCode()))


def _cancel(scene: Scene, person: Person) -> None:
    run = scene.session.runs.open(person.id)
    if run is None:
        return scene.tell(person, _("There is nothing to cancel. /help shows what I can do."))
    return conversation.cancel(scene, person, run)


def _numbered(heard: Heard, message: int) -> Heard:
    """With the number that a later edit would name."""
    return replace(heard, message=message) if isinstance(heard, Words | Pictured) else heard


def _hear(scene: Scene, person: Person, heard: Heard) -> None:
    """Something said in private: to the open conversation, or the beginning of a new one."""
    run = scene.session.runs.open(person.id)
    loud = Words(heard.text) if isinstance(heard, Edited) else heard
    danger = emergency.rings(scene, person, run, loud)
    if danger is not None:
        return _ring(scene, person, danger, loud)
    typed = commands.typed(heard.text) if isinstance(heard, Words) and not heard.author else None
    if typed is not None and _outranks(typed, talking=run is not None):
        return _obey(scene, person, typed.command)
    if run is not None and run.script == emergency.SCRIPT:
        return _of_alarm(scene, person, run, heard, loud)
    if run is not None:
        conversation.hear(scene, person, run, heard)
        return None
    if flows.hears(scene, person, heard):
        return None
    return first_words.begin_with(scene, person, heard)


def _ring(scene: Scene, person: Person, danger: str, heard: Heard) -> None:
    """Somebody may come to harm, so whatever they were doing waits."""
    begun = emergency.ring(scene, person, danger, heard)
    if begun is not None:
        conversation.begin(scene, person, begun.script, begun.subject)


def _of_alarm(scene: Scene, person: Person, run: Run, heard: Heard, loud: Heard) -> None:
    """Said after an alarm: it goes to the staff. Long after, or once it is over, it is a new matter."""
    if emergency.listens(scene, run):
        emergency.add(scene, person, run, loud)
        return conversation.hear_of(scene, person, run)
    conversation.leave(scene, run)
    return _hear(scene, person, heard)


def _outranks(typed: commands.Typed, *, talking: bool) -> bool:
    """Whether words are taken as a command. In a conversation a word may be an answer, and a slash a number
    or a date, so there only what asks for help or the way out goes without a slash."""
    if not talking:
        return True
    return typed.command is not None and (typed.slash or typed.command.name in commands.ALWAYS)
