"""Small made-up pictures: rooms drawn with flat rectangles, so that a test needs no image library."""

import struct
import zlib

WIDTH, HEIGHT = 320, 240

_WALLS = ((214, 226, 233), (236, 226, 208), (219, 232, 216), (230, 219, 230), (226, 226, 226))
_ACCENTS = ((74, 111, 165), (166, 93, 66), (88, 129, 87), (128, 90, 140), (97, 97, 97))
_WINDOW, _FRAME, _PIPE, _WATER = (190, 224, 246), (250, 250, 250), (150, 160, 168), (108, 166, 205)


def png(number: int = 0) -> bytes:
    """A room with a window, a pipe and a puddle; the number chooses colours and where things are."""
    wall, accent = _WALLS[number % len(_WALLS)], _ACCENTS[number // 2 % len(_ACCENTS)]
    palette = b"".join(bytes(colour) for colour in (wall, accent, _WINDOW, _FRAME, _PIPE, _WATER))
    rows = b"".join(b"\0" + bytes(row) for row in _scene(number))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; a plain guess for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else (WIDTH, HEIGHT)


def _scene(number: int) -> list[bytearray]:
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    left, pipe, puddle = 24 + number * 37 % 90, 190 + number * 23 % 90, 120 + number * 31 % 80
    for colour, x, y, width, height in (
        (1, 0, 180, WIDTH, 60),
        (3, left - 6, 34, 112, 92),
        (2, left, 40, 47, 80),
        (2, left + 53, 40, 47, 80),
        (4, pipe, 0, 14, 170),
        (4, pipe - 20, 158, 34, 14),
        (5, puddle, 196, 110, 14),
        (5, puddle + 14, 190, 80, 26),
    ):
        for row in rows[y : y + height]:
            end = min(x + width, WIDTH)
            row[x:end] = bytes([colour]) * (end - x)
    return rows


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walks a JPEG's segments to the frame header (SOF), which holds the size."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return WIDTH, HEIGHT
