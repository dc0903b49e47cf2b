"""The payload of outgoing mail: what is written into the outbox, and read back by the sender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.faces.base import Button, Rows
from desk.records import Json, Media


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A written message: HTML, buttons, media by id, or a picture that the sender draws when it goes out."""

    html: str = ""
    rows: Rows = ()
    media: tuple[Media, ...] = ()
    #: what to draw, such as {"digest": {…figures…}, "language": "en"}; the words become its caption
    picture: Mapping[str, Json] | None = None

    def payload(self) -> dict[str, Json]:
        """The JSON that is kept; empty parts are left out."""
        kept: dict[str, Json] = {"html": self.html}
        if self.rows:
            kept["rows"] = [[_button_json(button) for button in row] for row in self.rows]
        if self.media:
            kept["media"] = [item.to_json() for item in self.media]
        if self.picture is not None:
            kept["picture"] = dict(self.picture)
        return kept


def _button_json(button: Button) -> Json:
    link = {"url": button.url} if button.url else {"data": button.data}
    return {"label": button.label, **link}


def letter(payload: Mapping[str, Any]) -> Letter:
    """Reads a kept payload back."""
    return Letter(
        html=payload.get("html", ""),
        rows=_rows(payload.get("rows", ())),
        media=Media.all_from(payload.get("media")),
        picture=payload.get("picture"),
    )


def _rows(kept: Sequence[Sequence[Mapping[str, str]]]) -> Rows:
    return tuple(tuple(Button(**button) for button in row) for row in kept)
