"""One day's digest as a file: the words, or the picture that managers get."""

from pathlib import Path

from bot.digests.picture import NoCharts, draw
from bot.digests.words import digest_text
from bot.setup.errors import CannotDraw, CannotWrite, NotThere
from bot.setup.estate_values import guess
from desk.figures import Digest
from desk.records import Estate
from locales.words import languages, words


def write_digest(figures: Digest, estate: Estate, language: str, file: Path) -> None:
    """Words into a .txt file, a picture into a .png; in the estate's first language if none is named."""
    spoken = language or estate.languages[0]
    if spoken not in languages():
        raise NotThere("language", spoken, guess(spoken, languages()))
    content = _content(figures, estate, spoken, file)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CannotWrite(str(file), f"({error.strerror})") from None


def _content(figures: Digest, estate: Estate, language: str, file: Path) -> bytes:
    match file.suffix.lower():
        case ".txt":
            return f"{words(language, estate.time_zone).plain(digest_text(figures))}\n".encode()
        case ".png":
            return _picture(figures, estate, language)
        case _:
            raise CannotWrite(str(file), "It must end in .png or .txt.")


def _picture(figures: Digest, estate: Estate, language: str) -> bytes:
    try:
        return draw({"digest": figures.to_json(), "language": language, "zone": estate.time_zone})
    except NoCharts as error:
        raise CannotDraw(next_step=str(error)) from None
