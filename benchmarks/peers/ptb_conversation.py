"""python-telegram-bot with a ConversationHandler, in memory: python -m benchmarks.peers.ptb_conversation."""

import asyncio

import uvloop
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from benchmarks.peers import common

CATEGORY, DESCRIPTION, SLOT, CONFIRM = range(4)
Context = ContextTypes.DEFAULT_TYPE


def keyboard(prefix: str, labels: tuple[str, ...], width: int = 2) -> InlineKeyboardMarkup:
    """Buttons whose data is `prefix:label`."""
    buttons = [InlineKeyboardButton(label, callback_data=f"{prefix}:{label}") for label in labels]
    return InlineKeyboardMarkup([buttons[at : at + width] for at in range(0, len(buttons), width)])


async def start(update: Update, context: Context) -> int:
    """The first question."""
    buttons = keyboard("cat", common.CATEGORIES)
    await update.message.reply_text("Welcome! Choose a category of your request:", reply_markup=buttons)
    return CATEGORY


async def category(update: Update, context: Context) -> int:
    """A category was tapped."""
    query = update.callback_query
    context.user_data["category"] = chosen = query.data[4:]
    await query.answer()
    await query.edit_message_text(f"Category: {chosen}. Describe the problem in one message.")
    return DESCRIPTION


async def description(update: Update, context: Context) -> int:
    """The problem was described."""
    context.user_data["description"] = update.message.text
    await update.message.reply_text("When should we come?", reply_markup=keyboard("slot", common.TIMES, 3))
    return SLOT


async def slot(update: Update, context: Context) -> int:
    """A time was tapped."""
    query = update.callback_query
    context.user_data["slot"] = query.data[5:]
    await query.answer()
    text = f"Please confirm your request:\n{common.summary(**context.user_data)}"
    await query.edit_message_text(text, reply_markup=keyboard("do", ("Confirm", "Cancel")))
    return CONFIRM


async def confirm(update: Update, context: Context) -> int:
    """The request is filed, and posted to the staff."""
    query = update.callback_query
    number = context.bot_data["requests"].insert(query.from_user.id, **context.user_data)
    text = f"Request #{number} from {query.from_user.full_name}\n{common.summary(**context.user_data)}"
    button = InlineKeyboardButton("Claim", callback_data=f"claim:{number}")
    await context.bot.send_message(common.STAFF, text, reply_markup=InlineKeyboardMarkup([[button]]))
    await query.answer()
    await query.edit_message_text(f"Request #{number} accepted. We will write to you.")
    context.user_data.clear()
    return ConversationHandler.END


async def cancel(update: Update, context: Context) -> int:
    """Changed their mind."""
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("Cancelled.")
    context.user_data.clear()
    return ConversationHandler.END


async def claim(update: Update, context: Context) -> None:
    """One of the staff takes it."""
    query = update.callback_query
    if not context.bot_data["requests"].claim(int(query.data[6:]), query.from_user.id):
        await query.answer("Already claimed")
        return
    await query.answer("Yours")
    await query.edit_message_text(f"{query.message.text}\nClaimed by {query.from_user.full_name}")


def conversation() -> ConversationHandler[Context]:
    """The states, and what is understood in each."""
    return ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states={
            CATEGORY: [CallbackQueryHandler(category, pattern="^cat:")],
            DESCRIPTION: [MessageHandler(filters.TEXT & ~filters.COMMAND, description)],
            SLOT: [CallbackQueryHandler(slot, pattern="^slot:")],
            CONFIRM: [
                CallbackQueryHandler(confirm, pattern="^do:Confirm$"),
                CallbackQueryHandler(cancel, pattern="^do:Cancel$"),
            ],
        },
        fallbacks=[CommandHandler("start", start)],
        allow_reentry=True,
    )


def main() -> None:
    """Until the process is ended."""
    app = Application.builder().token(common.TOKEN).base_url(common.API + "/bot").build()
    app.bot_data["requests"] = common.Requests()
    app.add_handler(conversation())
    app.add_handler(CallbackQueryHandler(claim, pattern="^claim:"))
    asyncio.set_event_loop(uvloop.new_event_loop())
    if common.POLLING:
        app.run_polling(stop_signals=None)
    else:
        hook = common.HOOK
        app.run_webhook(
            hook.hostname, hook.port, hook.path, webhook_url=common.WEBHOOK_URL, stop_signals=None
        )


if __name__ == "__main__":
    main()
