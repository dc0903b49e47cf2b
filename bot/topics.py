"""Where a queue's mail goes in the staff group: into its topic, made when it is first needed and again when
somebody deletes it, or into the group itself when that has no topics. Plain functions over a transaction."""

from dataclasses import dataclass, replace

import structlog

from desk.errors import NotFound
from desk.mail import Lane, Outgoing, Verb
from desk.ports import Work
from desk.records import Estate, Queue

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
    return NotYet(_title(queue, estate)) if queue.topic is None else Here(queue.topic)


def request(mail: Outgoing, title: str) -> Outgoing:
    """The mail that makes the topic which `mail` waits for; asked for twice, it is still one."""
    return Outgoing(
        bot_id=mail.bot_id,
        chat_id=mail.chat_id,
        queue_id=mail.queue_id,
        lane=Lane.CARD,
        verb=Verb.TOPIC,
        key=f"topic/{mail.queue_id}",
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


def _title(queue: Queue, estate: Estate) -> str:
    """In the language that the estate speaks first."""
    spoken = (queue.title[language] for language in estate.languages if language in queue.title)
    return next(spoken, next(iter(queue.title.values()), queue.code))
