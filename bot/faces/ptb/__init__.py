"""Telegram through python-telegram-bot: what this face takes from it is uploads, rights, and the handlers for
mounting.

Nothing else imports it, and this package does so only when one of these is wanted.
"""

from typing import TYPE_CHECKING

from bot.faces.base import Receive
from bot.faces.line.face import Library, LineFace

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import BaseHandler

    from bot.faces.ptb.mounted import Context


class PtbFace(LineFace):
    """One bot on one kept-alive HTTP session; python-telegram-bot has one of its own for what it does."""

    def _import(self) -> None:
        import bot.faces.ptb.library  # noqa: F401

    def _open(self) -> Library:
        from bot.faces.ptb.library import PtbLibrary

        return PtbLibrary(self._token, self._api_base, self._patience)


def handlers(receive: Receive) -> "list[BaseHandler[Update, Context, None]]":
    """Mounts Steward in somebody's application: `application.add_handlers(handlers(receive))`.

    A handler returns once the update is committed. But the application's own polling and webhook confirm an
    update before it is handled, so a kill can lose what was in hand.
    """
    from bot.faces.ptb.mounted import mounted

    return mounted(receive)
