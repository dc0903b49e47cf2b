"""Posted forms, read into memory: a caller killed amid a file leaves no temporary file open."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from sandbox.files import Upload, named

MULTIPART = "multipart/form-data"
PLAIN = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Form:
    """The fields of a form; several files may have one name."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[tuple[str, Upload]] = ()


async def read_form(request: web.Request) -> Form:
    """All fields of a form of either kind; empty for any other body.

    Raises web.HTTPRequestEntityTooLarge above the application's limit, ValueError for what is no form.
    """
    if request.content_type == PLAIN:
        return Form({name: str(value) for name, value in (await request.post()).items()})
    if request.content_type != MULTIPART:
        return Form()
    texts: dict[str, str] = {}
    files: list[tuple[str, Upload]] = []
    async for part, data in _parts(request):
        if part.filename:
            files.append((part.name or "", named(part.filename, part.headers.get("Content-Type"), data)))
        else:
            texts[part.name or ""] = data.decode(part.get_charset("utf-8"), "replace")
    return Form(texts, files)


async def _parts(request: web.Request) -> AsyncIterator[tuple[BodyPartReader, bytes]]:
    left = request.client_max_size
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError("a form within a form")
        data = bytearray()
        while chunk := await part.read_chunk():
            left -= len(chunk)
            if left < 0:
                raise web.HTTPRequestEntityTooLarge(request.client_max_size)
            data += chunk
        yield part, bytes(part.decode(data))
