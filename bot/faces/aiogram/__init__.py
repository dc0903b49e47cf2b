"""Telegram through aiogram: what this face takes from it is uploads, rights, and the router for mounting.

Nothing else imports aiogram, and this package does so only when one of these is wanted.
"""

from typing import TYPE_CHECKING

from bot.faces.base import Receive
from bot.faces.line.face import Library, LineFace

if TYPE_CHECKING:
    from aiogram import Router


class AiogramFace(LineFace):
    """One bot on one kept-alive HTTP session; aiogram has one of its own for what it does."""

    def _import(self) -> None:
        import bot.faces.aiogram.library  # noqa: F401

    def _open(self) -> Library:
        from bot.faces.aiogram.library import AiogramLibrary

        return AiogramLibrary(self._token, self._api_base, self._patience)


def router(receive: Receive) -> "Router":
    """Mounts Steward in somebody's dispatcher: `dispatcher.include_router(router(receive))`.

    A handler returns once the update is committed. Start polling with `handle_as_tasks=False`, or a webhook
    with `handle_in_background=False`: by default aiogram confirms an update before it is handled, so a kill
    can lose what was in hand.
    """
    from bot.faces.aiogram.mounted import mounted

    return mounted(receive)
