"""The command line: `python -m bot COMMAND`. Each command loads only what it needs, when it is called."""

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.setup.database import Database
    from bot.setup.dead_letters import Letters

P = ParamSpec("P")
Post = Literal["owner", "manager", "dispatcher", "worker", "guard", "fees"]
Face = Literal["aiogram", "ptb"]
EstateName = Annotated[
    str, typer.Option("--estate", metavar="NAME", help="Which estate, where there are several.")
]

LetterName = Annotated[str, typer.Argument(metavar="NAME", help="Such as update/17 or mail/17.")]
LetterNames = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Such as update/17 or mail/17.")
]
EveryLetter = Annotated[bool, typer.Option("--all", help="All that are listed.")]

app = typer.Typer(
    name="python -m bot",
    help="Steward, the service desk of a housing estate inside Telegram.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
letters = typer.Typer(
    help="What went wrong for good: updates that were set aside, and mail that Telegram refused.",
    no_args_is_help=True,
)
app.add_typer(letters, name="dead-letters")


def explained(command: Callable[P, None]) -> Callable[P, None]:
    """What an operator can mend ends in a line on stderr and an exit code, not in a traceback."""

    @functools.wraps(command)
    def careful(*given: P.args, **named: P.kwargs) -> None:
        try:
            command(*given, **named)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        except Exception as error:
            if isinstance(error, typer.Exit) or (code := _tell(error)) is None:
                raise
            raise typer.Exit(code) from None

    return careful


@app.command()
@explained
def run() -> None:
    """Run the bot until it is stopped."""
    with _no_garbage():
        settings = _settings().with_face()
        _ = settings.token
        from bot.setup.database import prepare
        from bot.wiring import run as work

    prepare(settings)
    raise typer.Exit(work(settings))


@app.command()
@explained
def migrate() -> None:
    """Make the tables, or bring them up to date; a line for each step."""
    settings = _settings()
    from bot.setup.database import migrated

    _print(*migrated(settings))


@app.command("copy-database")
@explained
def copy_database(
    target: Annotated[str, typer.Argument(metavar="URL", help="An empty database, such as postgresql://…")],
) -> None:
    """Copy everything into another database, from SQLite to PostgreSQL; stop the bot first."""
    settings = _settings()
    from bot.setup.database import copy_to

    _print(*copy_to(settings, target))


@app.command("import-estate")
@explained
def import_estate(
    file: Annotated[Path, typer.Argument(help="A .toml or .xlsx file; docs/operations.md describes it.")],
) -> None:
    """Read an estate from a file: its homes, queues and hours; a line for each, with what changed."""
    from bot.setup.estate_file import read_estate_file
    from bot.setup.import_estate import import_estate

    estate = read_estate_file(file)
    with _database() as (database, now), database.write() as work:
        told = import_estate(work, estate, now)
    _print(*told)


@app.command("import-fees")
@explained
def import_fees(
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv file; docs/operations.md describes it.")],
    estate: EstateName = "",
    apply: Annotated[
        bool, typer.Option("--apply/--dry-run", help="Change it, or only say what would change.")
    ] = False,
) -> None:
    """Read tariffs, meter readings, charges or payments from a file; all of it, or nothing."""
    from bot.setup.import_fees import import_fees, read_fees

    rows = read_fees(file)
    with _database() as (database, now), database.write() as work:
        told = import_fees(work, estate, file.name, rows, now, apply=apply)
    _print(*told)


@app.command()
@explained
def invite(
    role: Annotated[Post, typer.Option(help="What the person will be.")],
    queue: Annotated[str, typer.Option(help="The queue whose work a worker may claim; else all.")] = "",
    badge: Annotated[str, typer.Option(help="What colleagues and residents see, such as a number.")] = "",
    estate: EstateName = "",
) -> None:
    """Print a single-use start parameter that makes somebody staff: t.me/BOT?start=…"""
    from bot.setup import codes
    from desk.records import Role

    with _database() as (database, now), database.write() as work:
        code = codes.invite(work, codes.find_estate(work, estate), Role(role), queue, badge, now)
    _print(code)


@app.command("home-code")
@explained
def home_code(
    home: Annotated[str, typer.Argument(help="The home's code, such as 1-1-101.")],
    role: Annotated[
        Literal["owner", "tenant", "family"], typer.Option(help="As what they belong to it.")
    ] = "owner",
    estate: EstateName = "",
) -> None:
    """Print a single-use start parameter that links a resident to a home: t.me/BOT?start=…"""
    from bot.setup import codes
    from desk.records import HomeRole

    with _database() as (database, now), database.write() as work:
        code = codes.home_code(work, codes.find_estate(work, estate), home, now, HomeRole(role))
    _print(code)


@app.command()
@explained
def digest(
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day, in the estate's time.")],
    to: Annotated[Path, typer.Option(help="A .png file for the picture, a .txt file for the words.")],
    language: Annotated[str, typer.Option(help="Such as zh_CN; else the estate's first.")] = "",
    estate: EstateName = "",
) -> None:
    """Write one day's digest to a file, as managers get it."""
    from bot.setup.codes import find_estate
    from bot.setup.digest import write_digest
    from desk.statistics import digest

    with _database() as (database, _now), database.read() as work:
        found = find_estate(work, estate)
        figures = digest(work, found, date.date())
    write_digest(figures, found, language, to)
    _print(f"digest {found.name} {date:%Y-%m-%d}: written to {to}")


@app.command()
@explained
def understand(
    now: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"], help="Local time; else now."),
    ] = None,
    labels: Annotated[
        Literal["kinds", "evaluation"], typer.Option(help="Our kinds, or the names of the evaluation data.")
    ] = "kinds",
) -> None:
    """Say what is understood of messages: {"text": …, "lang": …} a line in, a JSON object a line out."""
    import sys

    from bot.setup.understanding import answers

    for line in answers(sys.stdin.buffer, now or _local(), labels):
        _print(line)


@app.command()
@explained
def doctor() -> None:
    """Check settings, database, token, clock and groups; a line for each, with what to do."""
    from bot.setup.doctor import examine

    well = True
    for finding in examine():
        _print(str(finding))
        well = well and finding.well
    raise typer.Exit(0 if well else 1)


@letters.command("list")
@explained
def list_letters() -> None:
    """A line for each update that was set aside, and for mail that Telegram refused for good."""
    with _letters() as found:
        _print(*found.all())


@letters.command("show")
@explained
def show_letter(
    name: LetterName,
    whole: Annotated[bool, typer.Option("--whole", help="Also what people wrote.")] = False,
) -> None:
    """All that is known of one."""
    with _letters() as found:
        _print(*found.show(name, whole=whole))


@letters.command("retry")
@explained
def retry_letters(names: LetterNames = None, every: EveryLetter = False) -> None:
    """Try some again: an update is played once more, mail goes into the outbox. The bot need not stop."""
    with _letters() as found:
        _print(*found.each(_named(names, every), found.retry))


@letters.command("drop")
@explained
def drop_letters(names: LetterNames = None, every: EveryLetter = False) -> None:
    """Forget some."""
    with _letters() as found:
        _print(*found.each(_named(names, every), found.drop))


@app.command()
@explained
def demo(
    face: Annotated[Face, typer.Option(help="The library that speaks with the local Telegram.")] = "aiogram",
    port: Annotated[int, typer.Option(help="Where the page is; another one if it is taken.")] = 8081,
) -> None:
    """Try the product in a browser: a local Telegram, an example estate, no account needed."""
    from bot.setup.demo import demo

    try:
        demo(face, port, say=_print, hint=lambda words: typer.echo(words, err=True))
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)


@contextmanager
def _database() -> "Iterator[tuple[Database, datetime]]":
    """The database, and what time it is there. Transactions are short: a running bot hardly notices."""
    settings = _settings()
    from bot.clock import open_clock
    from bot.setup.database import ready

    with ready(settings) as database:
        yield database, open_clock(settings.clock).now()


@contextmanager
def _letters() -> "Iterator[Letters]":
    """The dead letters of the bot whose token is set."""
    bot_id = _settings().bot_id
    from bot.setup.dead_letters import Letters

    with _database() as (database, now), database.write() as work:
        yield Letters(work, bot_id, now)


def _named(names: list[str] | None, every: bool) -> list[str]:
    """Which letters are meant; none named are all, for whoever says so."""
    if bool(names) == every:
        raise typer.BadParameter("name some letters, or say --all")
    return names or []


@contextmanager
def _no_garbage() -> Iterator[None]:
    """For imports: nothing that they make goes away, and looking for it takes a sixth of their time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settings() -> "Settings":
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logs(settings.log, settings.secrets())
    return settings


def _tell(error: Exception) -> int | None:
    from bot.setup.errors import tell

    return tell(error)


def _local() -> datetime:
    """Now, as this machine's clocks show it."""
    from bot.clock import SystemClock

    return SystemClock().now().astimezone().replace(tzinfo=None)


def _print(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


if __name__ == "__main__":
    app()
