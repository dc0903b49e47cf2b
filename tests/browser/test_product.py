"""A repair in the browser: written and sent by a resident, claimed and done by a worker, confirmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from sandbox.client import Sandbox
from sandbox.running import running
from tests.browser.conftest import PageAt
from tests.story.repair import OPENING, Cast, import_estate
from tests.story.stage import Stage

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]

WIDE = 1700


@pytest.fixture(params=["aiogram", "ptb"])
def cast(request: pytest.FixtureRequest, tmp_path: Path, sqlite_url: str) -> Iterator[Cast]:
    """Everybody has come in, on a bot of their own, before the page is looked at."""
    with running(clock=tmp_path / "clock") as base:
        stage = Stage(Sandbox(base), tmp_path, request.param, sqlite_url)
        cast = Cast(stage)
        import_estate(cast)
        stage.start()
        for scene in OPENING:
            scene(cast)
            stage.settle()
        yield cast
        stage.kill()


async def tap(phone: Locator, label: str) -> None:
    """The newest button with this on it."""
    await phone.locator(f'[data-button*="{label}"]').last.click()


async def write(phone: Locator, words: str) -> None:
    await phone.locator('[data-action="text"]').fill(words)
    await phone.locator('[data-action="send"]').click()


def phone(page: Page, owner: int) -> Locator:
    return page.locator(f'[data-phone="{owner}"]')


async def test_a_repair_from_the_first_word_to_the_last(cast: Cast, page_at: PageAt):
    page = await page_at(cast.stage.sandbox.base, WIDE)
    resident, worker = phone(page, cast.resident.id), phone(page, cast.worker.id)
    group = phone(page, cast.group.id)

    await write(resident, "/repair")
    await expect(resident).to_contain_text("What is wrong?")
    await write(resident, "Kitchen tap is leaking under the sink")
    await expect(resident).to_contain_text("Send more, or tap Done.")
    for label in ("Done", "Leak", "As soon as possible", "Yes", "Send"):
        await tap(resident, label)
        if label == "Yes":
            await expect(resident).to_contain_text("If nobody is in: ")
    await expect(resident).to_contain_text("R-1")

    await group.locator(f'[data-topic="{cast.topic()}"]').click()
    await group.locator('[data-action="speaker"]').select_option(str(cast.worker.id))
    await tap(group, "Claim")
    await expect(group).to_contain_text("Wang, badge 07")

    await tap(worker, "Start")
    await expect(resident).to_contain_text("has started on R-1")
    await tap(worker, "Done")
    await expect(worker).to_contain_text("What was done?")
    await write(worker, "New seal fitted")
    await expect(worker).to_contain_text("Send more, or tap Done.")
    await tap(worker, "Done")

    await expect(resident).to_contain_text("Is it fixed?")
    await resident.locator('[data-button="👍 Fixed"]').click()
    await expect(resident).to_contain_text("R-1 is closed")
    await expect(group).to_contain_text("✅ Closed")
