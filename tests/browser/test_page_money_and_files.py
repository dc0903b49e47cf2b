"""The sandbox's page: numbers that a tap copies, invoices, files."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser.conftest import PageAt
from tests.browser.estate import Estate

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

INVOICE = {
    "title": "May",
    "description": "Fees of 1-1-101",
    "payload": "fees:17",
    "provider_token": "1:TEST:x",
    "currency": "CNY",
    "prices": [{"label": "Area", "amount": 17000}],
}


async def resident_at(estate: Estate, page_at: PageAt) -> Page:
    estate.opened_by(estate.resident)
    return await page_at(estate.url, 1200)


async def test_a_tap_copies_a_number(estate: Estate, page_at: PageAt):
    page = await resident_at(estate, page_at)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button: dict[str, Any] = {"text": "📋 R-17", "copy_text": {"text": "R-17"}}
    estate.write(estate.resident, "Filed", button)
    await page.bring_to_front()
    await page.locator('[data-button="📋 R-17"]').click()
    await expect(page.locator('[data-toast="answer"]')).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "R-17"


async def test_an_invoice_is_paid(estate: Estate, page_at: PageAt):
    page = await resident_at(estate, page_at)
    estate.bot("sendInvoice", chat_id=estate.resident, **INVOICE)
    await expect(page.locator('[data-media="invoice"]')).to_contain_text("CN¥170.00")
    await page.locator('[data-button="Pay 170.00 CNY"]').click()
    [update] = await asyncio.to_thread(estate.updates, wait=5)
    query = update["pre_checkout_query"]["id"]
    estate.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)
    await expect(page.locator('[data-toast="answer"]')).to_have_text("Paid")
    await expect(page.locator('[data-button="Pay 170.00 CNY"]')).to_have_count(0)
    await expect(page.locator(f'[data-phone="{estate.resident}"] .service')).to_contain_text(
        "paid 170.00 CNY"
    )


async def test_a_file_is_chosen_sent_and_downloaded(estate: Estate, page_at: PageAt):
    page = await resident_at(estate, page_at)
    table: FilePayload = {"name": "fees.csv", "mimeType": "text/csv", "buffer": b"home,sum"}
    phone = page.locator(f'[data-phone="{estate.resident}"]')
    await phone.locator('[data-action="files"]').set_input_files(table)
    await phone.locator('[data-action="send"]').click()
    async with page.expect_download() as coming:
        await phone.locator('[data-media="document"]').click()
    download = await coming.value
    assert download.suggested_filename == "fees.csv"
