"""One Chromium for all browser tests of a session, and pages of it that must not complain.

Playwright's asynchronous side is used: its synchronous one keeps a loop running in the main thread, and every
asynchronous test that comes after it in the same process would fail.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from sandbox.running import running
from tests.browser.estate import Estate

PageAt = Callable[..., Awaitable[Page]]

#: Milliseconds. Nothing takes a second, unless the machine is busy with other tests.
_PATIENCE = 15_000

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    """One sandbox for all browser tests: a page that was fetched once comes out of the browser's cache."""
    with running() as url:
        yield url


@pytest.fixture
def estate(sandbox_url: str) -> Estate:
    """A new estate in the sandbox; only the clock goes on from test to test."""
    return Estate(sandbox_url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """The browser; whoever has none is told by the `chromium` fixture which package it is in."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """One for all pages, because they share its cache."""
    context = await browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page_at(context: BrowserContext) -> AsyncIterator[PageAt]:
    """`await page_at(url, width)` opens a page; what it complains of fails the test at the end."""
    complaints: list[str] = []
    opened: list[Page] = []

    async def open_page(url: str, width: int = 1200, height: int = 700) -> Page:
        page = await context.new_page()
        opened.append(page)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.set_viewport_size({"width": width, "height": height})
        await page.goto(url)
        return page

    yield open_page
    for page in opened:
        await page.evaluate("localStorage.clear()")
        await page.close()
    assert complaints == []
