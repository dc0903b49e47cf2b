"""aiogram 3 with its FSM, in memory or in Redis: python -m benchmarks.peers.aiogram_fsm.

Stock: updates are answered before they are handled (`handle_in_background`), which is aiogram's default.
"""

from aiogram import Bot, Dispatcher, F, Router
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from benchmarks.peers import common
from benchmarks.peers.aiogram_server import make_bot, make_storage, serve

router = Router()


class Report(StatesGroup):
    """Where a conversation can be."""

    category = State()
    description = State()
    slot = State()
    confirm = State()


def keyboard(prefix: str, labels: tuple[str, ...], width: int = 2) -> InlineKeyboardMarkup:
    """Buttons whose data is `prefix:label`."""
    builder = InlineKeyboardBuilder()
    for label in labels:
        builder.button(text=label, callback_data=f"{prefix}:{label}")
    return builder.adjust(width).as_markup()


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """The first question."""
    await state.set_state(Report.category)
    buttons = keyboard("cat", common.CATEGORIES)
    await message.answer("Welcome! Choose a category of your request:", reply_markup=buttons)


@router.callback_query(Report.category, F.data.startswith("cat:"))
async def category(query: CallbackQuery, state: FSMContext) -> None:
    """A category was tapped."""
    chosen = query.data[4:]
    await state.update_data(category=chosen)
    await state.set_state(Report.description)
    await query.answer()
    await query.message.edit_text(f"Category: {chosen}. Describe the problem in one message.")


@router.message(Report.description, F.text)
async def description(message: Message, state: FSMContext) -> None:
    """The problem was described."""
    await state.update_data(description=message.text)
    await state.set_state(Report.slot)
    await message.answer("When should we come?", reply_markup=keyboard("slot", common.TIMES, 3))


@router.callback_query(Report.slot, F.data.startswith("slot:"))
async def slot(query: CallbackQuery, state: FSMContext) -> None:
    """A time was tapped."""
    data = await state.update_data(slot=query.data[5:])
    await state.set_state(Report.confirm)
    await query.answer()
    text = f"Please confirm your request:\n{common.summary(**data)}"
    await query.message.edit_text(text, reply_markup=keyboard("do", ("Confirm", "Cancel")))


@router.callback_query(Report.confirm, F.data == "do:Confirm")
async def confirm(query: CallbackQuery, state: FSMContext, bot: Bot, requests: common.Requests) -> None:
    """The request is filed, and posted to the staff."""
    data = await state.get_data()
    number = requests.insert(query.from_user.id, **data)
    await state.clear()
    await post(bot, number, query.from_user.full_name, data)
    await query.answer()
    await query.message.edit_text(f"Request #{number} accepted. We will write to you.")


async def post(bot: Bot, number: int, resident: str, data: dict[str, str]) -> None:
    """The staff's post, with its button."""
    builder = InlineKeyboardBuilder()
    builder.button(text="Claim", callback_data=f"claim:{number}")
    text = f"Request #{number} from {resident}\n{common.summary(**data)}"
    await bot.send_message(common.STAFF, text, reply_markup=builder.as_markup())


@router.callback_query(F.data == "do:Cancel")
async def cancel(query: CallbackQuery, state: FSMContext) -> None:
    """Changed their mind."""
    await state.clear()
    await query.answer()
    await query.message.edit_text("Cancelled.")


@router.callback_query(F.data.startswith("claim:"))
async def claim(query: CallbackQuery, requests: common.Requests) -> None:
    """One of the staff takes it."""
    if not requests.claim(int(query.data[6:]), query.from_user.id):
        await query.answer("Already claimed")
        return
    await query.answer("Yours")
    await query.message.edit_text(f"{query.message.text}\nClaimed by {query.from_user.full_name}")


if __name__ == "__main__":
    dispatcher = Dispatcher(storage=make_storage(), requests=common.Requests())
    dispatcher.include_router(router)
    common.run(serve(dispatcher, make_bot()))
