"""Pictures that letters describe."""

import subprocess
import sys
import zlib
from struct import unpack

import segno

from bot.mail import qr
from bot.pictures import MARGIN, SQUARE, draw

LINK = "https://t.me/steward_bot?start=pass_8Xk2vQzW9pLmN4rT"


def pixels(png: bytes) -> list[str]:
    """The rows of a picture of one bit a pixel, as 0 for black and 1 for white."""
    chunks: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        (length,) = unpack(">I", png[at : at + 4])
        chunks[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + length]
        at += 12 + length
    width, height, depth, colour = unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (width, depth, colour) == (height, 1, 0)
    packed, row = zlib.decompress(chunks[b"IDAT"]), (width + 7) // 8 + 1
    lines, above = [], bytes(row - 1)
    for start in range(0, len(packed), row):
        kind, line = packed[start], packed[start + 1 : start + row]
        assert kind in (0, 2), "a filter that is not read here"
        above = bytes((byte + over) % 256 for byte, over in zip(line, above, strict=True)) if kind else line
        lines.append("".join(f"{byte:08b}" for byte in above)[:width])
    return lines


async def test_a_code_is_crisp_and_has_white_around_it():
    drawn = await draw(qr(LINK))
    rows = pixels(drawn or b"")
    squares = segno.make_qr(LINK, error="m").matrix
    inside = [row[MARGIN * SQUARE : -MARGIN * SQUARE] for row in rows[MARGIN * SQUARE : -MARGIN * SQUARE]]
    assert SQUARE >= 10
    assert {*rows[: MARGIN * SQUARE], *rows[-MARGIN * SQUARE :]} == {"1" * len(rows)}
    assert inside[SQUARE // 2 :: SQUARE] == [
        "".join("0" * SQUARE if square else "1" * SQUARE for square in row) for row in squares
    ]


def test_a_code_needs_no_charts():
    code = "import sys, bot.pictures as p; p.qr('x'); sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
