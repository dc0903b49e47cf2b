"""Pictures that letters describe, drawn when they go out. What draws is loaded with its first picture."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Final

import structlog

from desk.records import Json

log = structlog.get_logger()

#: pixels of one square: enough to survive Telegram's JPEG and to be read from a phone held at arm's length
SQUARE: Final = 12
#: squares of white around it, which readers need to find it
MARGIN: Final = 4


async def draw(picture: Mapping[str, Json]) -> bytes | None:
    """A PNG of `{"qr": {"data": …}}` or of a digest, drawn in a thread of its own. None where pictures of
    that kind were left out of the installation: then the words go alone."""
    code = picture.get("qr")
    if isinstance(code, dict):
        return await asyncio.to_thread(qr, str(code["data"]))
    return await _digest(picture)


def qr(data: str) -> bytes:
    """The QR code of a text or link, as a PNG of black and white."""
    import segno

    drawn = BytesIO()
    segno.make_qr(data, error="m").save(drawn, kind="png", scale=SQUARE, border=MARGIN)
    return drawn.getvalue()


async def _digest(picture: Mapping[str, Json]) -> bytes | None:
    from bot.digests import picture as drawing

    try:
        return await asyncio.to_thread(drawing.draw, picture)
    except drawing.NoCharts as error:
        log.warning("picture.left_out", next_step=str(error))
        return None
