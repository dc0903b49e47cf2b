"""Imports aiogram in a third of its time: each of its models is built when it is first used, not all at once.

aiogram ends its import by building each of some 700 types: four seconds of processor, where a bot uses a
few dozen. Here that is put off: a model that is not built yet is built by pydantic when it is asked for, with
aiogram's types for its names. Nothing is left out, so a bot that mounts our router may use all of aiogram.
"""

import sys
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from pydantic import BaseModel

#: what every aiogram module imports from typing, as `aiogram.types` gives it to `model_rebuild`
FROM_TYPING: Final = {name: getattr(typing, name) for name in ("List", "Literal", "Optional", "Union")}


@contextmanager
def _putting_off() -> Iterator[Callable[..., bool | None]]:
    rebuild = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]
    BaseModel.model_rebuild = classmethod(lambda _cls, **_how: None)  # type: ignore[assignment, method-assign]
    try:
        yield rebuild
    finally:
        BaseModel.model_rebuild = classmethod(rebuild)  # type: ignore[assignment, method-assign]


def import_aiogram() -> None:
    """Imports aiogram, unless somebody has; its models are then built by themselves."""
    if "aiogram" in sys.modules:
        return
    with _putting_off() as rebuild:
        from aiogram import types
        from aiogram.methods.base import Response, TelegramMethod
        from aiogram.types.base import TelegramObject

    names = {**vars(types), **FROM_TYPING}

    def when_needed(cls: type[BaseModel], /, **how: Any) -> bool | None:
        how.pop("_parent_namespace_depth", None)
        given = how.pop("_types_namespace", None) or {}
        return rebuild(cls, **how, _types_namespace={**names, **given})

    for base in (TelegramObject, TelegramMethod, Response):
        base.model_rebuild = classmethod(when_needed)  # type: ignore[assignment, method-assign]


import_aiogram()
