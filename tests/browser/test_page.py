"""The sandbox's page in a real browser, with the Bot API as the bot's side."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.pictures import png
from tests.browser.cable import cable_to
from tests.browser.conftest import PageAt
from tests.browser.estate import Estate

# One browser serves them all, so they stay in one process and on one loop.
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

WIDE, NARROW = 1200, 390

EVIL = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'


def phone(page: Page, owner: int) -> Locator:
    return page.locator(f'[data-phone="{owner}"]')


def text(phone: Locator, message_id: int) -> Locator:
    return phone.locator(f'[data-message-id="{message_id}"] .text')


def action(within: Page | Locator, name: str) -> Locator:
    return within.locator(f'[data-action="{name}"]')


async def is_at_end(phone: Locator) -> bool:
    return bool(
        await phone.locator(".list").evaluate("l => l.scrollHeight - l.scrollTop - l.clientHeight < 2")
    )


async def test_everybody_has_a_phone_residents_first(estate: Estate, page_at: PageAt):
    page = await page_at(estate.url, WIDE)
    await expect(page.locator("[data-phone]")).to_have_count(3)
    owners = await page.locator("[data-phone]").evaluate_all(
        "all => all.map(one => Number(one.dataset.phone))"
    )
    assert owners == [estate.resident, estate.staff, estate.worker]


async def test_a_message_appears_live_and_its_edit_is_seen(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    page = await page_at(estate.url, WIDE)
    resident = phone(page, estate.resident)
    await expect(resident.locator("[data-message-id]")).to_have_count(1)

    sent = estate.write(estate.resident, "The plumber comes at <b>nine</b>.", parse_mode="HTML")
    await expect(text(resident, sent)).to_have_text("The plumber comes at nine.")
    await expect(text(resident, sent).locator("b")).to_have_text("nine")

    estate.bot("editMessageText", chat_id=estate.resident, message_id=sent, text="The plumber comes at ten.")
    await expect(text(resident, sent)).to_have_text("The plumber comes at ten.")
    await expect(resident.locator(f'[data-message-id="{sent}"] .edited')).to_be_visible()

    estate.bot("deleteMessage", chat_id=estate.resident, message_id=sent)
    await expect(text(resident, sent)).to_have_count(0)


async def test_what_is_typed_reaches_the_bot(estate: Estate, page_at: PageAt):
    page = await page_at(estate.url, WIDE)
    resident = phone(page, estate.resident)
    await action(resident, "start").click()
    await action(resident, "text").fill("The tap drips")
    await action(resident, "text").press("Enter")
    await expect(resident.locator(".own .text")).to_have_text(["/start", "The tap drips"])
    assert [update["message"]["text"] for update in estate.updates()] == ["/start", "The tap drips"]


async def tapped(estate: Estate, page: Page, label: str, **answer: Any) -> str:
    """Somebody taps a button and the bot answers; what the bot was told is given back."""
    await page.locator(f'[data-button="{label}"]').click()
    [update] = estate.updates(wait=5)
    query = update["callback_query"]
    estate.bot("answerCallbackQuery", callback_query_id=query["id"], **answer)
    return f"{query['from']['id']}: {query['data']}"


async def test_a_tap_goes_to_the_bot_and_its_answer_is_shown(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    estate.write(
        estate.resident,
        "Fixed?",
        {"text": "Yes", "callback_data": "fixed"},
        {"text": "No", "callback_data": "broken"},
    )
    page = await page_at(estate.url, WIDE)
    resident = phone(page, estate.resident)

    assert await tapped(estate, page, "Yes", text="Thank you") == f"{estate.resident}: fixed"
    await expect(resident.locator('[data-toast="answer"]')).to_have_text("Thank you")

    await tapped(estate, page, "No", text="We come again", show_alert=True)
    await expect(resident.locator('[data-toast="alert"]')).to_contain_text("We come again")
    await action(resident, "alert-ok").click()
    await expect(resident.locator('[data-toast="alert"]')).to_have_count(0)


async def test_a_link_to_the_bot_opens_the_chat_of_whoever_tapped_it(estate: Estate, page_at: PageAt):
    link = {"text": "Details", "url": "https://t.me/steward_bot?start=r12"}
    estate.write(estate.staff, "A leak", link, message_thread_id=estate.plumbing)
    page = await page_at(estate.url, WIDE)
    await phone(page, estate.staff).locator(f'[data-topic="{estate.plumbing}"]').click()
    await page.locator('[data-button="Details"]').click()
    await expect(phone(page, estate.worker).locator(".own .text")).to_have_text("/start r12")


async def test_the_reply_keyboard_shares_a_contact_and_goes_away(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    page = await page_at(estate.url, WIDE)
    keys = {"keyboard": [[{"text": "Share my number", "request_contact": True}, "Skip"]]}
    estate.bot("sendMessage", chat_id=estate.resident, text="Your number?", reply_markup=keys)
    await page.locator('[data-key="Share my number"]').click()
    [update] = estate.updates(wait=5)
    assert update["message"]["contact"]["user_id"] == estate.resident
    gone = {"remove_keyboard": True}
    estate.bot("sendMessage", chat_id=estate.resident, text="Thank you", reply_markup=gone)
    await expect(page.locator("[data-key]")).to_have_count(0)


async def test_several_pictures_are_one_album(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    page = await page_at(estate.url, WIDE)
    resident = phone(page, estate.resident)
    pictures: Any = [
        {"name": f"{number}.png", "mimeType": "image/png", "buffer": png(number)} for number in range(3)
    ]
    await action(resident, "files").set_input_files(pictures)
    await action(resident, "text").fill("Kitchen")
    await action(resident, "send").click()

    album = resident.locator("[data-album]")
    await expect(album.locator('[data-media="photo"]')).to_have_count(3)
    await expect(album.locator(".text")).to_have_text("Kitchen")
    assert len({update["message"]["media_group_id"] for update in estate.updates()}) == 1

    await album.locator('[data-media="photo"]').first.click()
    await expect(page.locator("dialog.lightbox .place")).to_have_text("1 / 3")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("dialog.lightbox .place")).to_have_text("2 / 3")
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.lightbox")).to_have_count(0)


async def test_the_clock_moves_in_the_estates_zone(estate: Estate, page_at: PageAt):
    page = await page_at(estate.url, WIDE)
    await action(page, "clock-morning").click()
    await expect(page.locator("[data-clock]")).to_contain_text("08:30")
    await action(page, "clock-hour").click()
    await expect(page.locator("[data-clock]")).to_contain_text("09:30")
    await action(page, "zone").select_option("UTC")
    await expect(page.locator("[data-clock]")).to_contain_text("01:30")


async def test_a_narrow_window_shows_one_phone_and_counts_the_others_news(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.worker)
    page = await page_at(estate.url, NARROW)
    await expect(phone(page, estate.resident)).to_be_in_viewport(ratio=0.9)
    await expect(phone(page, estate.worker)).not_to_be_in_viewport()

    estate.write(estate.worker, "A new job")
    chip = page.locator(f'[data-show="{estate.worker}"]')
    await expect(chip.locator(".unread")).to_have_text("1")
    await chip.click()
    await expect(phone(page, estate.worker)).to_be_in_viewport(ratio=0.9)
    await expect(phone(page, estate.resident)).not_to_be_in_viewport()
    await expect(chip.locator(".unread")).to_have_count(0)


async def test_what_was_missed_comes_after_a_break(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    async with cable_to(estate.url) as cable:
        page = await page_at(cable.url, WIDE)
        await expect(phone(page, estate.resident).locator(".own .text")).to_have_text("/start")
        await cable.pull()
        await expect(page.locator(".offline-notice")).to_be_visible()
        missed = estate.write(estate.resident, "While you were away")
        newcomer = estate.person(first_name="Olga")
        await cable.plug()
        await expect(text(phone(page, estate.resident), missed)).to_have_text("While you were away")
        await expect(phone(page, newcomer)).to_have_count(1)
        await expect(page.locator(".offline-notice")).to_be_hidden()


async def test_nothing_that_people_or_bots_write_becomes_code(estate: Estate, page_at: PageAt):
    evil = estate.person(first_name=EVIL, role=EVIL)
    estate.control(f"groups/{estate.staff}", title=EVIL)
    estate.bot("createForumTopic", chat_id=estate.staff, name=EVIL)
    estate.opened_by(evil)
    page = await page_at(estate.url, WIDE)
    sent = estate.write(evil, EVIL, {"text": EVIL, "callback_data": "x"})
    await expect(text(phone(page, evil), sent)).to_have_text(EVIL)
    assert await page.evaluate("window.hacked") is None
    assert await page.locator("main img, main script").count() == 0


async def test_html_passes_a_whitelist_even_if_the_server_forgot(estate: Estate, page_at: PageAt):
    given_and_kept = {
        "<b>bold</b> <i>it</i> <code>x&lt;y</code>": "<b>bold</b> <i>it</i> <code>x&lt;y</code>",
        '<b onclick="window.hacked=1" style="x">b</b>': "<b>b</b>",
        '<a href="javascript:window.hacked=1">a</a>': "<span>a</span>",
        '<img src=x onerror="window.hacked=1">after': "after",
        "<script>window.hacked=1</script><svg><script>1</script></svg>": "",
        "<form><input name=a>words</form>": "words",
    }
    page = await page_at(estate.url, WIDE)
    kept = await page.evaluate(
        """async (given) => {
            const { safeHtml } = await import("/page/safe.js");
            return given.map((html) => {
                const box = document.createElement("div");
                box.append(safeHtml(html));
                return box.innerHTML;
            });
        }""",
        list(given_and_kept),
    )
    assert kept == list(given_and_kept.values())
    assert await page.evaluate("window.hacked") is None


async def test_right_to_left_words_read_from_the_right(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    page = await page_at(estate.url, WIDE)
    arabic = estate.write(
        estate.resident, "المصعد لا يعمل في المبنى B", {"text": "شكوى", "callback_data": "x"}
    )
    english = estate.write(estate.resident, "The lift does not work")
    direction = "node => getComputedStyle(node.parentElement).direction"
    resident = phone(page, estate.resident)
    assert await text(resident, arabic).evaluate(direction) == "rtl"
    assert await text(resident, english).evaluate(direction) == "ltr"


async def test_reading_the_past_is_not_disturbed(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    for number in range(40):
        estate.write(estate.resident, f"Notice {number}")
    page = await page_at(estate.url, WIDE)
    resident = phone(page, estate.resident)
    await expect(resident.locator(".text").last).to_have_text("Notice 39")
    assert await is_at_end(resident)

    await resident.locator(".list").evaluate("list => list.scrollTo(0, 0)")
    await expect(resident.locator(".jump")).to_be_hidden()
    estate.write(estate.resident, "One more")
    await expect(resident.locator(".jump")).to_be_visible()
    assert await resident.locator(".list").evaluate("list => list.scrollTop") == 0
    await resident.locator(".jump").click()
    assert await is_at_end(resident)

    await resident.locator(".list").evaluate("list => list.scrollTo(0, 0)")
    await action(resident, "text").fill("Whoever writes looks at the end")
    await action(resident, "text").press("Enter")
    await expect(resident.locator(".text").last).to_be_in_viewport()
    assert await is_at_end(resident)


async def test_blocking_the_bot_and_opening_it_again(estate: Estate, page_at: PageAt):
    estate.opened_by(estate.resident)
    page = await page_at(estate.url, WIDE)
    resident = phone(page, estate.resident)
    await action(resident, "more").click()
    await action(resident, "block").click()
    await expect(action(resident, "text")).to_be_hidden()
    assert estate.updates(wait=5)[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await action(resident, "unblock").click()
    await expect(action(resident, "text")).to_be_visible()


async def test_a_newcomer_gets_a_phone_in_their_language(estate: Estate, page_at: PageAt):
    page = await page_at(estate.url, WIDE)
    await action(page, "add-person").click()
    await page.locator("[name=first_name]").fill("Ольга")
    await page.locator("[name=language_code]").select_option("ru")
    await action(page, "add").click()
    newcomer = page.locator("[data-phone]", has_text="Ольга")
    await action(newcomer, "start").click()
    assert estate.updates(wait=5)[0]["message"]["from"]["language_code"] == "ru"
    await action(newcomer, "person-language").select_option("ar")
    await action(newcomer, "text").fill("hi")
    await action(newcomer, "send").click()
    assert estate.updates(wait=5)[0]["message"]["from"]["language_code"] == "ar"


async def test_the_page_speaks_chinese_and_remembers_it(estate: Estate, page_at: PageAt):
    page = await page_at(estate.url, WIDE)
    await action(page, "language-zh").click()
    await expect(action(page, "clock-morning")).to_have_text("次日早晨")
    await action(page, "theme").click()
    await page.reload()
    await expect(action(page, "clock-morning")).to_have_text("次日早晨")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
