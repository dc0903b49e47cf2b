"""The files that Telegram keeps, and the attachments made of them."""

import mimetypes
from dataclasses import dataclass

from sandbox import pictures
from sandbox.records import Attachment, Json

#: A bot may download up to 20 MB, upload up to 50 MB, and a photo up to 10 MB.
DOWNLOAD_LIMIT, UPLOAD_LIMIT, PHOTO_LIMIT = 20 * 2**20, 50 * 2**20, 10 * 2**20

_NAMES = {
    "photo": ("picture.png", "image/png"),
    "video": ("video.mp4", "video/mp4"),
    "document": ("document.pdf", "application/pdf"),
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "animation": ("animation.mp4", "video/mp4"),
    "video_note": ("round.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}
_SAMPLES = {
    "video": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "document": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "voice": b"OggS\0\x02" + bytes(42),
}


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file on Telegram's side. `size` is what Telegram says, even where the bytes were never made."""

    id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime: str
    data: bytes
    size: int

    def stub(self) -> Json:
        """The three fields that every file has in the Bot API."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class Files:
    """All files of the world; ids count up, so that a transcript is the same every time."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file behind a `file_path` of getFile."""
        return self._by_path.get(path)

    def keep(self, kind: str, upload: Upload, size: int | None = None) -> StoredFile:
        """Store bytes under a fresh id."""
        number = len(self._by_id) + 1
        suffix = upload.name.rpartition(".")[2] or "bin"
        file = StoredFile(
            id=f"{kind}-{number:05}", unique_id=f"u{number:05}", kind=kind,
            path=f"{kind}s/file_{number}.{suffix}", name=upload.name, mime=upload.mime,
            data=upload.data, size=upload.size if size is None else size,
        )  # fmt: skip
        self._by_id[file.id] = self._by_path[file.path] = file
        return file

    def attach(self, kind: str, upload: Upload, size: int | None = None) -> Attachment:
        """Store a file and describe it as a message of that kind carries it."""
        if kind == "photo":
            return self._photo(upload, size)
        return describe(self.keep(kind, upload, size))

    def again(self, kind: str, file: StoredFile) -> Attachment:
        """Send a stored file once more: it keeps its id."""
        if kind == "photo":
            return Attachment(kind=kind, value=[_photo_size(file, 1)], files=(file.id,))
        return describe(file)

    def _photo(self, upload: Upload, size: int | None) -> Attachment:
        """Telegram keeps a photo in several sizes, the largest last."""
        small, large = self.keep("photo", upload, size), self.keep("photo", upload, size)
        sizes = [_photo_size(small, 4), _photo_size(large, 1)]
        return Attachment(kind="photo", value=sizes, files=(small.id, large.id))


def sample(kind: str, number: int, size: int | None = None) -> Upload:
    """A made-up file of that kind, filled up to the size where a bot could download it."""
    name, mime = _NAMES.get(kind, ("file.bin", "application/octet-stream"))
    drawn = kind in ("photo", "sticker")
    data = pictures.png(number) if drawn else _SAMPLES.get(kind, kind.encode())
    if size is not None and len(data) < size <= DOWNLOAD_LIMIT:
        data = data.ljust(size, b"\0")
    return Upload(name, mime, data)


def named(name: str, mime: str | None, data: bytes) -> Upload:
    """A file with its type guessed where the sender did not say."""
    guess = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Upload(name, mime if mime and mime != "application/octet-stream" else guess, data)


def describe(file: StoredFile) -> Attachment:
    """The Bot API object of a file, with the fields that its kind must have."""
    details: dict[str, Json] = {
        "video": {"width": 320, "height": 240, "duration": 3},
        "animation": {"width": 320, "height": 240, "duration": 3},
        "video_note": {"length": 240, "duration": 3},
        "voice": {"duration": 3},
        "audio": {"duration": 3},
        "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False,
                    "is_video": False, "emoji": "👍"},
    }  # fmt: skip
    value = {**file.stub(), **details.get(file.kind, {})}
    if file.kind in ("video", "document", "voice", "audio", "animation"):
        value["mime_type"] = file.mime
    if file.kind in ("video", "document", "audio", "animation"):
        value["file_name"] = file.name
    return Attachment(kind=file.kind, value=value, files=(file.id,))


def _photo_size(file: StoredFile, part: int) -> Json:
    width, height = pictures.size(file.data)
    return {**file.stub(), "width": max(width // part, 1), "height": max(height // part, 1)}
