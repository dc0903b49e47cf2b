"""The doctor: one line for each thing that has to be right before the product runs, and what to do if not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from bot.clock import Clock, SystemClock
from bot.faces.base import TelegramError
from bot.logs import Redact
from bot.settings import Mode, Settings, WrongSettings, read_settings
from bot.setup.bot_api import BotApi
from bot.setup.checkup import Checkup
from bot.setup.database import existing, prepare
from bot.setup.errors import Ill, NoEstate, SetupError
from desk.records import Estate
from storage.errors import StorageError
from storage.work import Database

#: so far may clocks be apart before promises are told wrongly
SKEW: Final = timedelta(seconds=30)
INSIDE: Final = frozenset({"creator", "administrator"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found."""

    well: bool
    what: str
    words: str

    def __str__(self) -> str:
        return f"{'ok' if self.well else 'FAIL':<4} {self.what}: {' '.join(self.words.split())}"


def examine(clock: Clock | None = None) -> Iterator[Finding]:
    """Looks at everything, in the order in which one thing needs the other."""
    try:
        settings = read_settings().with_face()
        _ = settings.token
    except WrongSettings as wrong:
        hide = Redact()
        yield from (Finding(False, "settings", hide.text(line)) for line in wrong.lines)
        return
    yield Finding(True, "settings", f"{settings.face}, {settings.mode}")
    hide = Redact(settings.secrets())
    for finding in _Examination(settings, clock or SystemClock()).findings():
        yield Finding(finding.well, finding.what, hide.text(finding.words))


class _Examination:
    """Looks at what the settings name; what is found on the way is needed further on."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._api = BotApi(settings.telegram_api, settings.token)
        self._estates: tuple[Estate, ...] = ()
        self._me: dict[str, Any] = {}

    def findings(self) -> Iterator[Finding]:
        folder = _look("data folder", self._folder)
        yield folder
        if folder.well:
            yield from self._kept()
        token = _look("token", self._token)
        yield token
        if token.well:
            yield _look("clock", self._skew)
            yield _look("updates", self._updates)
            yield from (_look("group", partial(self._group, estate)) for estate in self._estates)

    def _kept(self) -> Iterator[Finding]:
        """The database, and once it has tables, what goes on in it."""
        well = True
        for finding in _until_ill(("database", self._database), ("migrations", self._migrations)):
            well = finding.well
            yield finding
        if well:
            yield from (_look(what, look) for what, look in Checkup(self._settings).looks())
            yield _look("estate", self._estate)

    def _folder(self) -> str:
        prepare(self._settings)
        return str(self._settings.data_dir.resolve())

    def _database(self) -> str:
        with existing(self._settings) as database:
            database.ping()
            return database.shown

    def _migrations(self) -> str:
        with existing(self._settings) as database:
            database.require_migrated()
            return f"at {database.revision()}"

    def _estate(self) -> str:
        with existing(self._settings) as database:
            self._estates, told = _estates(database)
        if not told:
            raise NoEstate
        return "; ".join(told)

    def _token(self) -> str:
        self._me = self._api.ask("getMe").result
        return f"@{self._me['username']}"

    def _skew(self) -> str:
        there = self._api.ask("getMe").at
        if there is None:
            return "Telegram told no time"
        ahead = self._clock.now() - there
        if abs(ahead) > SKEW:
            way = "ahead of" if ahead > timedelta() else "behind"
            raise Ill(
                f"{abs(ahead).total_seconds():.0f} s {way} Telegram's. Have this machine keep time by NTP"
            )
        return "as Telegram's"

    def _updates(self) -> str:
        hook = self._api.ask("getWebhookInfo").result
        waiting = f"{hook.get('pending_update_count', 0)} waiting"
        if self._settings.mode is Mode.POLLING:
            note = ", delivered elsewhere until `run` takes them" if hook.get("url") else ""
            return f"{waiting}, to be polled{note}"
        if hook.get("url") != self._settings.webhook_url:
            return f"{waiting}, to be delivered once `run` has said where"
        if said := hook.get("last_error_message"):
            raise Ill(f"{waiting}. Telegram cannot deliver: {said}. Check the proxy before STEWARD_LISTEN")
        return f"{waiting}, to be delivered to {hook['url']}"

    def _group(self, estate: Estate) -> str:
        if estate.staff_chat is None:
            raise Ill(f"{estate.name} has none. Add the bot to the staff's group and write /setup there")
        try:
            chat = self._api.ask("getChat", chat_id=estate.staff_chat).result
            member = self._api.ask("getChatMember", chat_id=estate.staff_chat, user_id=self._me["id"]).result
        except TelegramError as error:
            raise Ill(f"{estate.name}: {error}. Add the bot to the group and write /setup there") from None
        return f"{estate.name}, {chat.get('title', '')}: {_standing(chat, member, estate)}"


def _standing(chat: dict[str, Any], member: dict[str, Any], estate: Estate) -> str:
    """What the bot may do there; raises `Ill` if that is too little."""
    topics = bool(chat.get("is_forum"))
    if member["status"] in {"left", "kicked"}:
        raise Ill(f"{estate.name}: the bot is not in the group. Add it and write /setup there")
    if topics and not (member["status"] in INSIDE and member.get("can_manage_topics")):
        raise Ill(f"{estate.name}: make the bot an administrator who may manage topics, then write /setup")
    if topics != estate.staff_forum:
        raise Ill(
            f"{estate.name}: topics were switched {'on' if topics else 'off'}. Write /setup there again"
        )
    return f"{member['status']}, {'with' if topics else 'without'} topics"


def _estates(database: Database) -> tuple[tuple[Estate, ...], list[str]]:
    with database.read() as work:
        estates = work.estates.all()
        return estates, [
            f"{one.name}, {len(work.estates.homes(one.id))} homes, {len(work.estates.queues(one.id))} queues"
            for one in estates
        ]


def _until_ill(*looks: tuple[str, Callable[[], str]]) -> Iterator[Finding]:
    """Each look needs the one before it."""
    for what, look in looks:
        finding = _look(what, look)
        yield finding
        if not finding.well:
            return


def _look(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(True, what, look())
    except (Ill, SetupError, StorageError, TelegramError) as error:
        return Finding(False, what, str(error))
