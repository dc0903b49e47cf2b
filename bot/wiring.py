"""The composition root: the one place where implementations are put behind the ports."""

import asyncio
import gc
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot import flows
from bot.arrivals import Arrivals
from bot.clock import Clock, open_clock
from bot.clockwork import Clockwork, seed_timers
from bot.faces.base import Face, Me, NoAnswer
from bot.first_words import learn
from bot.health import Health
from bot.limits import Limits, NoLimits
from bot.measures import Measures
from bot.menus import command_menus
from bot.pause import pause, unless
from bot.pictures import draw
from bot.polling import poll
from bot.reception import Reception
from bot.retries import Retries
from bot.sender import Sender
from bot.settings import FaceName, LimitsOf, Mode, Settings
from bot.snapshot import Snapshot, look
from bot.watched import WatchedFace
from bot.web.pages import healthz, metrics
from bot.web.webhook import webhook
from bot.writer import Writer
from desk.ports import Unavailable
from storage.leads import Lead
from storage.migrate import migrate
from storage.work import Database

log = structlog.get_logger()
T = TypeVar("T")

#: seconds that work in hand gets when the process is told to stop
GRACE = 7.0
#: seconds after which it ends in any case, whatever it waits for: a database that is locked or far away.
#: What is not committed by then was not confirmed either, and comes again
LAST_RESORT = 9.5
#: seconds between tries to become the sender, or to reach Telegram
RETRY = 1.0
#: objects made and not yet gone, after which the youngest are looked through for circles
GARBAGE = 20_000


def open_face(settings: Settings) -> Face:
    """The Telegram library that is set; only that one is imported, since that takes seconds."""
    secret = settings.payment_token
    payment_token = secret.get_secret_value() if secret else ""
    if settings.face is FaceName.AIOGRAM:
        from bot.faces.aiogram import AiogramFace

        return AiogramFace(settings.token, settings.telegram_api, payment_token=payment_token)
    from bot.faces.ptb import PtbFace

    return PtbFace(settings.token, settings.telegram_api, payment_token=payment_token)


def quick_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's loop, which takes a third less time for a call; None is Python's own, where it is missing."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop


def rest_garbage() -> None:
    """What a start leaves behind stays for good: it is never looked through. What comes is swept in larger
    heaps. Nearly all of an update's records go by themselves."""
    gc.freeze()
    gc.set_threshold(GARBAGE)


def _learn() -> None:
    """Beside the work: whoever writes meanwhile is answered a little later."""
    learn()
    gc.freeze()
    log.info("words_read")


def run(settings: Settings) -> int:
    """Runs the bot until it is told to stop; the process's exit code.

    Raises what the command line explains: storage errors, `TelegramError`.
    """
    log.info("starting", face=str(settings.face), mode=str(settings.mode))
    with Database(settings.database, durable=settings.durable) as database:
        lead = database.try_lead(settings.bot_id)
        try:
            if database.is_sqlite:
                migrate(settings.database)
            database.require_migrated()
            with asyncio.Runner(loop_factory=quick_loop()) as runner:
                return runner.run(_main(settings, database, lead))
        finally:
            if lead is not None:
                lead.release()


async def _main(settings: Settings, database: Database, lead: Lead | None) -> int:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, _told_to_stop, stop)
    async with AsyncExitStack() as stack:
        clock, measures = open_clock(settings.clock), Measures()
        face = WatchedFace(open_face(settings), measures, clock)
        stack.push_async_callback(face.close)
        me = await _answered(stop, face.start)
        if me is None:
            return 0
        app = _assembled(settings, database, face, me, clock, measures)
        app.writer.start()
        stack.push_async_callback(app.writer.close)
        await app.writer.run(lambda session: seed_timers(session, app.clock.now()))
        await stack.enter_async_context(_pages(app))
        await _tell_telegram(app, stop)
        rest_garbage()
        learning = asyncio.get_running_loop().run_in_executor(None, _learn)
        stack.push_async_callback(asyncio.wait, [learning])
        log.info("started", bot=me.username, face=str(settings.face), mode=str(settings.mode))
        await _work(app, lead, stop)
        log.info("stopped")
    return 0


def _told_to_stop(stop: asyncio.Event) -> None:
    stop.set()
    last = threading.Timer(LAST_RESORT, os._exit, [0])
    last.daemon = True
    last.start()


async def _answered(stop: asyncio.Event, ask: Callable[[], Awaitable[T]]) -> T | None:
    """What Telegram answers; while it cannot be reached it is asked again. None if told to stop before."""
    told = False
    while not stop.is_set():
        try:
            return await unless(stop, ask())
        except NoAnswer as error:
            if not told:
                log.error(
                    "telegram.unreachable", why=str(error), next_step="check network and STEWARD_TELEGRAM_API"
                )
                told = True
            await pause(stop, RETRY)
    return None


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs in one process for one bot."""

    settings: Settings
    database: Database
    face: WatchedFace
    me: Me
    clock: Clock
    writer: Writer
    sender: Sender
    reception: Reception
    clockwork: Clockwork
    retries: Retries
    measures: Measures

    def look(self) -> Snapshot:
        """What the database tells an operator."""
        with self.database.read() as work:
            return look(work, self.me.id, self.clock.now())


def _assembled(
    settings: Settings, database: Database, face: WatchedFace, me: Me, clock: Clock, measures: Measures
) -> App:
    writer = Writer(database)
    measures.describe(face=settings.face, database="sqlite" if database.is_sqlite else "postgresql")
    limits = NoLimits() if settings.limits is LimitsOf.NONE else Limits()
    alone = database.is_sqlite
    sender = Sender(
        face,
        me.id,
        writer.run_first,
        clock,
        draw,
        arrive=Arrivals(me, writer, clock, flows.FILES),
        limits=limits,
        measures=measures,
        alone=alone,
    )
    writer.collect = sender.collect
    return App(
        settings=settings,
        database=database,
        face=face,
        me=me,
        clock=clock,
        writer=writer,
        sender=sender,
        reception=Reception(me, writer, sender, clock, measures),
        clockwork=Clockwork(me, writer, sender, clock, measures),
        retries=Retries(me, face, writer, sender, clock),
        measures=measures,
    )


@asynccontextmanager
async def _pages(app: App) -> AsyncIterator[None]:
    """The process's own web server: the webhook if there is one, health and metrics."""
    address = app.settings.listen
    if address is None:
        yield
        return
    pages = web.Application()
    health = Health(app.look, lambda: app.face.silent, app.measures)
    pages.router.add_get("/healthz", healthz(health))
    pages.router.add_get("/metrics", metrics(health))
    if app.settings.mode is Mode.WEBHOOK:
        url, secret = _webhook(app.settings)
        pages.router.add_post(urlsplit(url).path or "/", webhook(app.face, secret, app.reception.taken))
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, address.host, address.port, shutdown_timeout=GRACE).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _webhook(settings: Settings) -> tuple[str, str]:
    """Address and secret; the settings see to it that webhook mode has both."""
    secret = settings.webhook_secret
    return settings.webhook_url or "", secret.get_secret_value() if secret else ""


async def _tell_telegram(app: App, stop: asyncio.Event) -> None:
    """Where updates are to be delivered, and which commands the menu shows."""
    url, secret = _webhook(app.settings) if app.settings.mode is Mode.WEBHOOK else ("", "")
    await _answered(stop, partial(app.face.set_webhook, url, secret))
    for call in command_menus():
        await unless(stop, app.face.call(call))


async def _work(app: App, lead: Lead | None, stop: asyncio.Event) -> None:
    """Works until told to stop, or until a part fails for good; work in hand is finished."""
    parts = [asyncio.create_task(_lead(app, lead, stop)), asyncio.create_task(app.clockwork.run(stop))]
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait((*parts, stopped), return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    _done, late = await asyncio.wait(parts, timeout=GRACE)
    for task in late:
        task.cancel()
    stopped.cancel()
    for task in parts:
        if task.done() and not task.cancelled():
            task.result()


async def _lead(app: App, lead: Lead | None, stop: asyncio.Event) -> None:
    """Sends, and polls, while this process is the one that does so for the bot; else waits to become it."""
    troubles: set[str] = set()
    while not stop.is_set():
        lead = lead or await _try_lead(app, troubles)
        if lead is None:
            await pause(stop, RETRY)
            continue
        log.info("sender.leading")
        app.measures.leading = True
        with app.database.listening(app.me.id, app.sender.wake_from_thread):
            await _send(app, lead, stop)
        app.measures.leading = False
        await asyncio.to_thread(lead.release)
        lead = None


async def _try_lead(app: App, troubles: set[str]) -> Lead | None:
    """The lead, if it is free; None also while the database is away, for it comes back. Each trouble is told
    once."""
    try:
        lead = await asyncio.to_thread(app.database.try_lead, app.me.id)
    except Unavailable as error:
        if (kind := type(error).__name__) not in troubles:
            log.warning("sender.no_lead", error=kind, why=str(error))
        troubles.add(kind)
        return None
    troubles.clear()
    return lead


async def _send(app: App, lead: Lead, stop: asyncio.Event) -> None:
    """Sends until told to stop, or until the lead is lost. When one part fails, the other still finishes, so
    that what was sent is also written down."""
    over = asyncio.Event()
    tasks = [asyncio.create_task(app.sender.run(over)), asyncio.create_task(app.retries.run(over))]
    if app.settings.mode is Mode.POLLING:
        tasks.append(asyncio.create_task(poll(app.face, app.reception.take_all, over)))
    while not stop.is_set() and not any(task.done() for task in tasks):
        if not await asyncio.to_thread(lead.held):
            log.warning("sender.lead_lost")
            break
        await _wait_for_any(stop, tasks)
    over.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        task.result()


async def _wait_for_any(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> None:
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait((*tasks, waiting), timeout=RETRY, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
