"""The payload of outgoing mail: what is written into the outbox, and read back by the sender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from bot.faces.base import Button, Invoice, Rows
from desk.records import Json, Media

#: what Telegram takes in one album
ALBUM: Final = 10


@dataclass(frozen=True, slots=True)
class File:
    """A small file of text that was made for somebody; it goes out as UTF-8."""

    name: str
    content: str


def qr(data: str) -> Mapping[str, Json]:
    """The picture of a QR code, as a letter describes it."""
    return {"qr": {"data": data}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A written message: HTML, buttons, media by id, a picture that the sender draws when it goes out, or a
    file. The words become the caption of what goes along."""

    html: str = ""
    rows: Rows = ()
    media: tuple[Media, ...] = ()
    #: what to draw, such as {"digest": {…figures…}, "language": "en"} or {"qr": {"data": "https://…"}}
    picture: Mapping[str, Json] | None = None
    file: File | None = None
    #: goes alone, without words or buttons
    invoice: Invoice | None = None

    def payload(self) -> dict[str, Json]:
        """The JSON that is kept; empty parts are left out."""
        kept: dict[str, Json] = {"html": self.html}
        if self.rows:
            kept["rows"] = [[_button_json(button) for button in row] for row in self.rows]
        if self.media:
            kept["media"] = Media.all_to(self.media)
        if self.picture is not None:
            kept["picture"] = dict(self.picture)
        if self.file is not None:
            kept["file"] = {"name": self.file.name, "content": self.file.content}
        if self.invoice is not None:
            kept["invoice"] = _invoice_json(self.invoice)
        return kept


def _invoice_json(invoice: Invoice) -> Json:
    prices: list[Json] = [[label, amount] for label, amount in invoice.prices]
    return {
        "title": invoice.title,
        "description": invoice.description,
        "payload": invoice.payload,
        "currency": invoice.currency,
        "prices": prices,
    }


def _invoice(kept: Mapping[str, Any]) -> Invoice:
    prices = tuple((str(label), int(amount)) for label, amount in kept["prices"])
    return Invoice(**{**kept, "prices": prices})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file that is to be downloaded: whose, for what, and what else has to be known then."""

    file_id: str
    purpose: str
    #: ids of the person and of the estate that they acted in
    person: int
    estate: int
    subject: Mapping[str, Json]

    def payload(self) -> dict[str, Json]:
        """The JSON that is kept."""
        return {
            "file_id": self.file_id,
            "purpose": self.purpose,
            "person": self.person,
            "estate": self.estate,
            "subject": dict(self.subject),
        }


def wanted_from(payload: Mapping[str, Any]) -> Wanted:
    """Reads it back."""
    return Wanted(**payload)


def _button_json(button: Button) -> Json:
    does = {"data": button.data, "url": button.url, "copy": button.copy}
    return {"label": button.label, **{what: value for what, value in does.items() if value}}


def letter(payload: Mapping[str, Any]) -> Letter:
    """Reads a kept payload back."""
    return Letter(
        html=payload.get("html", ""),
        rows=_rows(payload.get("rows", ())),
        media=Media.all_from(payload.get("media")),
        picture=payload.get("picture"),
        file=File(**payload["file"]) if "file" in payload else None,
        invoice=_invoice(payload["invoice"]) if "invoice" in payload else None,
    )


def _rows(kept: Sequence[Sequence[Mapping[str, str]]]) -> Rows:
    return tuple(tuple(Button(**button) for button in row) for row in kept)


def albums(media: Sequence[Media]) -> tuple[tuple[Media, ...], ...]:
    """The pieces as Telegram takes them together: photos with videos, files with files, voice notes alone."""
    rank = {"photo": 0, "video": 0, "document": 1, "voice": 2}
    ordered = sorted(media, key=lambda item: rank[item.kind])
    found: list[tuple[Media, ...]] = []
    for together, items in groupby(ordered, key=lambda item: rank[item.kind]):
        kept = tuple(items)
        size = 1 if together == rank["voice"] else ALBUM
        found += [kept[start : start + size] for start in range(0, len(kept), size)]
    return tuple(found)
