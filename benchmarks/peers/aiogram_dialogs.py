"""aiogram_dialog 2, in memory or in Redis: python -m benchmarks.peers.aiogram_dialogs.

It shows a window before it saves the state, so updates are answered after they are handled: else a quick tap
finds the state of the window before.
"""

from aiogram import Bot, Dispatcher, F, Router
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Row, Select
from aiogram_dialog.widgets.text import Const, Format

from benchmarks.peers import common
from benchmarks.peers.aiogram_fsm import claim, post
from benchmarks.peers.aiogram_server import make_bot, make_storage, serve


class Report(StatesGroup):
    """One state a window."""

    category = State()
    description = State()
    slot = State()
    confirm = State()
    done = State()


async def on_category(query: CallbackQuery, widget: Select, manager: DialogManager, item: str) -> None:
    """A category was tapped."""
    manager.dialog_data["category"] = item
    await manager.switch_to(Report.description)


async def on_text(message: Message, widget: MessageInput, manager: DialogManager) -> None:
    """The problem was described."""
    manager.dialog_data["description"] = message.text
    await manager.switch_to(Report.slot)


async def on_slot(query: CallbackQuery, widget: Select, manager: DialogManager, item: str) -> None:
    """A time was tapped."""
    manager.dialog_data["slot"] = item
    await manager.switch_to(Report.confirm)


async def on_confirm(query: CallbackQuery, widget: Button, manager: DialogManager) -> None:
    """The request is filed, and posted to the staff."""
    data = dict(manager.dialog_data)
    requests: common.Requests = manager.middleware_data["requests"]
    number = requests.insert(query.from_user.id, **data)
    manager.dialog_data["number"] = number
    bot: Bot = manager.middleware_data["bot"]
    await post(bot, number, query.from_user.full_name, data)
    await manager.switch_to(Report.done)


async def on_cancel(query: CallbackQuery, widget: Button, manager: DialogManager) -> None:
    """Changed their mind."""
    await manager.done()


async def choices(**_context: object) -> dict[str, tuple[str, ...]]:
    """What the windows offer."""
    return {"categories": common.CATEGORIES, "times": common.TIMES}


SUMMARY = "{dialog_data[category]}: {dialog_data[description]}\nTime: {dialog_data[slot]}"
dialog = Dialog(
    Window(
        Const("Welcome! Choose a category of your request:"),
        Group(Select(Format("{item}"), "cat", str, "categories", on_click=on_category), width=2),
        state=Report.category,
        getter=choices,
    ),
    Window(
        Format("Category: {dialog_data[category]}. Describe the problem in one message."),
        MessageInput(on_text),
        state=Report.description,
    ),
    Window(
        Const("When should we come?"),
        Group(Select(Format("{item}"), "slot", str, "times", on_click=on_slot), width=3),
        state=Report.slot,
        getter=choices,
    ),
    Window(
        Format("Please confirm your request:\n" + SUMMARY),
        Row(
            Button(Const("Confirm"), "ok", on_click=on_confirm),
            Button(Const("Cancel"), "no", on_click=on_cancel),
        ),
        state=Report.confirm,
    ),
    Window(
        Format("Request #{dialog_data[number]} accepted. We will write to you."),
        state=Report.done,
    ),
)
router = Router()
router.callback_query.register(claim, F.data.startswith("claim:"))


@router.message(CommandStart())
async def start(message: Message, dialog_manager: DialogManager) -> None:
    """The first window."""
    await dialog_manager.start(Report.category, mode=StartMode.RESET_STACK)


if __name__ == "__main__":
    dispatcher = Dispatcher(storage=make_storage(with_destiny=True), requests=common.Requests())
    dispatcher.include_routers(router, dialog)
    setup_dialogs(dispatcher)
    common.run(serve(dispatcher, make_bot(), in_background=False))
