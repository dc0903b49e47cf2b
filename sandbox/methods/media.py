"""Sending files, alone or as an album."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import Refused, bad_request
from sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, Upload
from sandbox.methods.call import Call, read_caption
from sandbox.methods.sending import deliver, shown
from sandbox.records import Attachment, Json, Message

_ALBUM_KINDS = ("photo", "video", "document", "audio")


def sender(kind: str) -> Callable[[Call], Json]:
    """sendPhoto, sendVideo …: one file with a caption."""

    def send(call: Call) -> Json:
        call.place()
        text, entities = call.caption()
        attachment = pick_file(call, kind, call.params.values.get(kind))
        return shown(call, deliver(call, text=text, entities=entities, attachment=attachment))

    return send


def send_album(call: Call) -> list[Json]:
    """2 to 10 files as separate messages with one `media_group_id`."""
    call.place()
    listed = call.params.listed("media") or []
    if not 2 <= len(listed) <= 10:
        raise bad_request(f"too {'few' if len(listed) < 2 else 'many'} messages to send as an album")
    if {item.get("type") for item in listed} - set(_ALBUM_KINDS):
        raise bad_request("wrong InputMedia type: only photo, video, document and audio can be in an album")
    parts = [(read_caption(item), pick_input(call, item)) for item in listed]
    album = str(13_000_000_000_000_000 + call.home.world.number("album"))
    sent: list[Message] = []
    for (text, entities), attachment in parts:
        sent.append(deliver(call, text=text, entities=entities, attachment=attachment, album=album))
    return [shown(call, message) for message in sent]


def pick_input(call: Call, item: Json) -> Attachment:
    """The file of an InputMedia."""
    return pick_file(call, str(item.get("type")), item.get("media"))


def pick_file(call: Call, kind: str, given: Any) -> Attachment:
    """A file by id, an upload under the parameter's own name, or one named by `attach://`."""
    if kind in call.params.files:
        return _keep(call, kind, call.params.files[kind])
    name = str(given or "")
    if name.startswith("attach://"):
        upload = call.params.files.get(name.removeprefix("attach://"))
        if upload is None:
            raise bad_request(
                f"invalid file HTTP URL specified: there is no {name.removeprefix('attach://')}"
            )
        return _keep(call, kind, upload)
    if name.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if not name:
        raise bad_request(f"there is no {kind} in the request")
    return _stored(call, kind, name)


def _keep(call: Call, kind: str, upload: Upload) -> Attachment:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if upload.size > UPLOAD_LIMIT:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo" and upload.size > PHOTO_LIMIT:
        limit = f"the maximum size is {PHOTO_LIMIT} bytes"
        raise bad_request(f"file of size {upload.size} bytes is too big for a photo; {limit}")
    return call.home.world.files.attach(kind, upload)


def _stored(call: Call, kind: str, file_id: str) -> Attachment:
    """A file that Telegram has already; it must be of the kind that it was sent as. A GIF may go as a file,
    and is shown as a GIF all the same."""
    file = call.home.world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if (file.kind, kind) == ("animation", "document"):
        return call.home.world.files.again(file.kind, file)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return call.home.world.files.again(kind, file)


METHODS: Mapping[str, Callable[[Call], Any]] = {
    **{
        f"send{name}": sender(kind)
        for name, kind in (
            ("Photo", "photo"), ("Video", "video"), ("Document", "document"), ("Voice", "voice"),
            ("Audio", "audio"), ("Animation", "animation"), ("VideoNote", "video_note"),
            ("Sticker", "sticker"),
        )
    },
    "sendMediaGroup": send_album,
}  # fmt: skip
