"""Where a queue's mail goes in the staff group: into its topic, made when it is first needed and again when
somebody deletes it, or into the group itself when that has no topics. Plain functions over a transaction."""

from dataclasses import dataclass, replace

import structlog

from desk.errors import NotFound
from desk.mail import Lane, Outgoing, Verb
from desk.ports import Work
from desk.records import Estate, Queue
from locales.text import Titles
from locales.words import words

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Here:
    """It can go out, into this thread."""

    thread: int | None = None


@dataclass(frozen=True, slots=True)
class NotYet:
    """The topic has to be made first."""

    title: str


def place(work: Work, queue_id: int | None) -> Here | NotYet:
    """Where mail of this queue goes now."""
    found = None if queue_id is None else _find(work, queue_id)
    if found is None:
        return Here()
    queue, estate = found
    if not estate.staff_forum:
        return Here()
    return NotYet(name(queue, estate)) if queue.topic is None else Here(queue.topic)


def request(bot_id: int, chat_id: int, queue_id: int, title: str, lane: Lane = Lane.CARD) -> Outgoing:
    """The mail that makes a queue's topic; asked for twice, it is still one."""
    return Outgoing(
        bot_id=bot_id,
        chat_id=chat_id,
        queue_id=queue_id,
        lane=lane,
        verb=Verb.TOPIC,
        key=f"topic/{queue_id}",
        payload={"title": title},
    )


def keep(work: Work, *, mail: Outgoing, thread: int) -> None:
    """The topic is made."""
    if mail.queue_id is not None and (found := _find(work, mail.queue_id)):
        work.estates.save_queue(replace(found[0], topic=thread))


def lose(work: Work, *, queue_id: int, thread: int) -> None:
    """Somebody deleted this topic of the queue. A newer one is kept."""
    if (found := _find(work, queue_id)) and found[0].topic == thread:
        log.info("topic.gone", queue=queue_id)
        work.estates.save_queue(replace(found[0], topic=None))


def do_without(work: Work, *, mail: Outgoing, why: str) -> None:
    """Telegram lets the bot make no topics: the group is used as it is, until /setup finds it may."""
    found = None if mail.queue_id is None else _find(work, mail.queue_id)
    if found is None or not found[1].staff_forum:
        return
    work.estates.save(replace(found[1], staff_forum=False))
    log.warning(
        "topic.denied",
        chat=mail.chat_id,
        why=why,
        next_step="give the bot the right to manage topics, then send /setup in the group",
    )


def _find(work: Work, queue_id: int) -> tuple[Queue, Estate] | None:
    try:
        queue = work.estates.queue(queue_id)
        return queue, work.estates.get(queue.estate_id)
    except NotFound:
        return None


def name(queue: Queue, estate: Estate) -> str:
    """What a queue's topic is called: in the language that the estate speaks first, or the nearest given."""
    return words(estate.languages[0], estate.time_zone).plain(Titles(queue.title)) or queue.code
